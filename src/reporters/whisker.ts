/** An interval drawn against its threshold, in thresholds, the bad side to the right. */
import type { Comparison } from '../core/report.ts'

/** From two thresholds better to three thresholds worse, a cell a quarter of a threshold. */
const FROM = -2
const TO = 3
const CELLS = 21

/** Stands above the whiskers: 0 and the threshold are where the cells of 0 and 1 are. */
export const WHISKER_HEAD = 'better  0   ┊   worse'

export function whisker(c: Comparison): string | undefined {
  const seen = c.judgedBy === 'difference' ? c.difference : c.change
  if (c.interval === null || seen === null || !(c.threshold > 0)) return undefined
  const worse = (value: number) => (c.better === 'higher' ? -value : value) / c.threshold
  const ends = c.interval.map((end) => (end === null ? null : worse(end)))
  const [low, high] = c.better === 'higher' ? [ends[1]!, ends[0]!] : [ends[0]!, ends[1]!]
  const from = low ?? Number.NEGATIVE_INFINITY
  const to = high ?? Number.POSITIVE_INFINITY
  const line = [...' '.repeat(CELLS)]
  for (let at = cell(from); at <= cell(to); at++) line[at] = '─'
  line[cell(0)] = line[cell(0)] === '─' ? '┴' : '·'
  line[cell(1)] = line[cell(1)] === '─' ? '┼' : '┊'
  line[cell(from)] = from < FROM ? '◂' : '├'
  line[cell(to)] = to > TO ? '▸' : '┤'
  line[cell(worse(seen))] = '●'
  return line.join('')
}

function cell(thresholds: number): number {
  const share = (Math.min(TO, Math.max(FROM, thresholds)) - FROM) / (TO - FROM)
  return Math.round(share * (CELLS - 1))
}
