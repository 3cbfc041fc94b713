/** An interval against its threshold as one row of a forest plot, in thresholds, the bad side to the right. */
import type { Comparison } from '../../core/report.ts'
import { severity } from '../digest.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** Thresholds at the left and the right end, times the reach; the style sheet draws 0 and 1 where these put them. */
const FROM = -2
const TO = 3

/** How many times further than usual the plot reaches, so that what is told stays in it: one for the whole page. */
export type Reach = 1 | 2 | 4

export function reachOf(comparisons: readonly Comparison[]): Reach {
  const far = comparisons.filter((c) => c.gating && c.verdict !== 'inconclusive').map(severity)
  const isWithin = (reach: number) => far.every((at) => at >= FROM * reach && at <= TO * reach)
  return isWithin(1) ? 1 : isWithin(2) ? 2 : 4
}

/** Nothing where there is no interval, or no threshold to hold it against. */
export function forestRow(c: Comparison, reach: Reach): Markup | undefined {
  const seen = c.judgedBy === 'difference' ? c.difference : c.change
  if (c.interval === null || seen === null || !(c.threshold > 0)) return undefined
  const worse = (end: number | null, unbounded: number) =>
    end === null ? unbounded : (c.better === 'higher' ? -end : end) / c.threshold
  const turned = c.better === 'higher' ? ([c.interval[1], c.interval[0]] as const) : c.interval
  const low = worse(turned[0], Number.NEGATIVE_INFINITY)
  const high = worse(turned[1], Number.POSITIVE_INFINITY)
  const [from, to] = [percent(low / reach), percent(high / reach)]
  const dot = percent(worse(seen, 0) / reach)
  return markup`<svg class="i" aria-hidden="true"><rect x="${from}%" width="${brief(to - from)}%" y="30%" height="40%" rx="3"/>${low < FROM * reach ? LESS : undefined}${high > TO * reach ? MORE : undefined}<circle cx="${dot}%" cy="50%" r="4"/></svg>`
}

/** The interval goes on beyond the edge. */
const LESS = markup`<text x="1" y="70%">◂</text>`
const MORE = markup`<text x="100%" y="70%" text-anchor="end">▸</text>`

function percent(thresholds: number): number {
  const share = (Math.min(TO, Math.max(FROM, thresholds)) - FROM) / (TO - FROM)
  return brief(share * 100)
}

function brief(value: number): number {
  return Number(value.toFixed(1))
}
