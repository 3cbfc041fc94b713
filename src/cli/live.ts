/** What is being measured as a few lines of a terminal: a line a benchmark, and one for all of them together. */
import type { Told } from '../gate.ts'
import { cells, padEnd, padStart, squeeze } from '../reporters/cells.ts'
import { plain } from '../reporters/escape.ts'
import { changeOf, intervalOf, quantity } from '../reporters/quantities.ts'
import { duration } from '../reporters/scale.ts'
import { whisker } from '../reporters/whisker.ts'

/** One benchmark on its way. */
export interface Lane {
  readonly benchmark: string
  readonly round: number
  readonly of: number
  /** What it is doing in the middle of a round. */
  readonly note?: string
  readonly told?: Told
  /** Milliseconds of one of its rounds; absent until one has been timed. */
  readonly pace?: number
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Names longer than this leave no room for what is known. */
const WIDEST_NAME = 40

/** At most as many lines as leave the prompt in sight, none wider than the terminal. */
export function liveLines(lanes: readonly Lane[], { columns, rows }: Size): string[] {
  if (lanes.length === 0) return []
  const width = Math.max(20, columns - 1)
  const room = Math.max(1, rows - 3)
  const open = lanes.filter((lane) => lane.told?.settled !== true)
  // What still moves comes first where not all have room; the order stays that of the config.
  const chosen = new Set([...open, ...lanes.filter((lane) => lane.told?.settled === true)].slice(0, room))
  const shown = lanes.filter((lane) => chosen.has(lane))
  const name = Math.min(WIDEST_NAME, Math.max(...shown.map((lane) => cells(plain(lane.benchmark)))))
  const lines = shown.map((lane) => squeeze(lineOf(lane, name, width), width).trimEnd())
  return [...lines, squeeze(footer(lanes, open, lanes.length - shown.length), width)]
}

function lineOf(lane: Lane, name: number, width: number): string {
  const sign = lane.told?.settled === true ? '✓' : '·'
  const start = `${sign} ${padEnd(squeeze(plain(lane.benchmark), name), name)}  ${padStart(String(lane.round), 3)}/${lane.of}`
  const worst = lane.told?.worst
  if (worst === undefined) return lane.note === undefined ? start : `${start}  ${plain(lane.note)}`
  const range = intervalOf(worst)
  const known = `${plain(quantity(worst), 20)} ${plain(changeOf(worst))}${range === undefined ? '' : ` (${plain(range)})`}`
  const text = `${start}  ${known}`
  const drawing = whisker(worst)
  const note = lane.note === undefined ? '' : `  ${plain(lane.note)}`
  // The drawing is an extra: it never costs a figure.
  const drawn = drawing === undefined ? text : `${padEnd(text, start.length + 42)}  ${drawing}`
  return cells(drawn) <= width && note === '' ? drawn : text + note
}

function footer(lanes: readonly Lane[], open: readonly Lane[], hidden: number): string {
  const settled = lanes.length - open.length
  const left = timeLeft(open)
  return [
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
    `${settled} of ${lanes.length} settled`,
    ...(left === undefined ? [] : [`at most ${duration(left / 1000)} left`]),
  ].join(' · ')
}

/** Milliseconds if all that is open takes all of its rounds; a benchmark without a pace goes at that of the others. */
function timeLeft(open: readonly Lane[]): number | undefined {
  const paces = open.flatMap((lane) => lane.pace ?? [])
  if (paces.length === 0) return undefined
  const usual = paces.reduce((sum, pace) => sum + pace, 0) / paces.length
  return open.reduce((sum, lane) => sum + (lane.of - lane.round) * (lane.pace ?? usual), 0)
}
