import type { Progress } from '../gate.ts'
import { plain } from '../reporters/escape.ts'
import { changeOf, intervalOf, quantity } from '../reporters/quantities.ts'
import type { Lane } from './live.ts'
import { liveLines } from './live.ts'

export interface Loudness {
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** What of a stream is written to. */
export type Terminal = Pick<NodeJS.WriteStream, 'write'> &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>

/** On a terminal live lines; else plain lines, a few a benchmark. Warnings are always said. */
export function progressOn(
  stream: Terminal,
  { quiet, verbose }: Loudness,
  now: () => number = () => performance.now(),
): Progress {
  if (quiet === true) return { say: () => {}, round: () => {}, warn: (text) => stream.write(warning(text)) }
  const live = stream.isTTY === true && process.env.TERM !== 'dumb' && verbose !== true
  return live ? liveOn(stream, now) : linesOn(stream, verbose === true)
}

/** Rounds at which a plain log says where it is. */
const TOLD = new Set([1, 2, 6, 10, 14, 20, 30])

function linesOn(stream: Terminal, verbose: boolean): Progress {
  const line = (text: string) => stream.write(`${text}\n`)
  const settled = new Set<string>()
  return {
    say: line,
    warn: (text) => stream.write(warning(text)),
    round: ({ benchmark, round, of, note, passing }) => {
      if (passing === true || !(verbose || TOLD.has(round))) return
      line(
        `${plain(benchmark)}: round ${round} of at most ${of}${note === undefined ? '' : `, ${plain(note, 300)}`}`,
      )
    },
    told: ({ benchmark, worst, settled: isSettled }) => {
      // Of what has settled it is said once.
      if (worst === undefined || settled.has(benchmark) || !(isSettled || verbose)) return
      if (isSettled) settled.add(benchmark)
      const range = intervalOf(worst)
      line(
        `${plain(benchmark)}: ${isSettled ? 'settled' : 'so far'}, ${plain(quantity(worst))} ${plain(changeOf(worst))}${range === undefined ? '' : ` (${plain(range)})`}`,
      )
    },
  }
}

/** Milliseconds between two drawings: faster is not seen. */
const PAUSE = 80

/**
 * Lines that are drawn over themselves, each time in one write and without wiping what is there first: a terminal never
 * shows a moment without them.
 */
function liveOn(stream: Terminal, now: () => number): Progress {
  const lanes = new Map<string, Lane>()
  let drawn = 0
  let last = Number.NEGATIVE_INFINITY
  let finished: number | undefined
  let waiting: NodeJS.Timeout | undefined

  /** `above` becomes ordinary lines, over the live ones. */
  const draw = (above: readonly string[] = []) => {
    clearTimeout(waiting)
    waiting = undefined
    last = now()
    const size = { columns: stream.columns ?? 80, rows: stream.rows ?? 24 }
    const lines = [...above, ...liveLines([...lanes.values()], size)]
    const up = drawn > 0 ? `\u001b[${drawn}A` : ''
    const text = lines.map((line) => `\r${line}\u001b[K\n`).join('')
    // What is left below of longer lines before.
    const rest = lines.length < drawn + above.length ? '\u001b[J' : ''
    if (up + text + rest !== '') stream.write(up + text + rest)
    drawn = lines.length - above.length
  }
  const soon = () => {
    if (now() - last >= PAUSE) draw()
    else waiting ??= setTimeout(draw, PAUSE).unref()
  }
  return {
    say: (text) => draw([text]),
    warn: (text) => draw([warning(text).trimEnd()]),
    round: ({ benchmark, round, of, note, passing }) => {
      const { note: _, ...known } = lanes.get(benchmark) ?? { benchmark, round: 0, of }
      const at = now()
      const took = passing === true || finished === undefined ? undefined : at - finished
      if (passing !== true) finished = at
      lanes.set(benchmark, {
        ...known,
        of,
        round: passing === true ? known.round : round,
        ...(note === undefined ? {} : { note }),
        // Rounds follow one another: from the end of the one before to the end of this.
        ...(took === undefined
          ? {}
          : { pace: known.pace === undefined ? took : (2 * known.pace + took) / 3 }),
      })
      soon()
    },
    told: (told) => {
      const known = lanes.get(told.benchmark)
      if (known !== undefined) lanes.set(told.benchmark, { ...known, told })
      soon()
    },
    rest: () => {
      lanes.clear()
      draw()
    },
  }
}

function warning(text: string): string {
  return `warning: ${text}\n`
}
