/** The quantities of one comparison in words: the same everywhere, whoever prints them. */
import type { BudgetResult, Comparison } from '../core/report.ts'
import {
  change,
  difference,
  differenceInterval,
  figure,
  interval,
  pair,
  share,
  tolerance,
  up,
} from './scale.ts'

/** What a judgement is told in: on which scale, in which unit. */
type Judged = Pick<Comparison, 'judgedBy' | 'unit'>

/** What is compared: `p99` of latency, `throughput` of a scalar, else both: `recovery p95`. */
export function quantity(c: Pick<Comparison, 'metric' | 'statistic'>): string {
  if (c.statistic === 'value') return c.metric
  return c.metric === 'latency' ? c.statistic : `${c.metric} ${c.statistic}`
}

/** `+8.7 %`; where the threshold is absolute, the difference: `+0.4 pp`. */
export function changeOf(c: Judged & Pick<Comparison, 'change' | 'difference'>): string {
  if (c.judgedBy === 'difference') return difference(c.difference, c.unit)
  return c.change === null && c.difference !== null ? difference(c.difference, c.unit) : change(c.change)
}

/** `+6.1 … +11.4 %`; undefined where there is none, or none that says anything. */
export function intervalOf(c: Judged & Pick<Comparison, 'interval'>): string | undefined {
  if (c.interval === null) return undefined
  const [low, high] = c.interval
  if (low === null && high === null) return undefined
  return c.judgedBy === 'difference' ? differenceInterval(low, high, c.unit) : interval(low, high)
}

/** `5 %`, `0.1 pp`, `5 MB`. */
export function thresholdOf(c: Judged & Pick<Comparison, 'threshold'>): string {
  return c.judgedBy === 'difference' ? tolerance(c.threshold, c.unit) : share(c.threshold)
}

/** What would have been seen, rounded up; undefined: no change of any size would have been called. */
export function detectableOf(c: Comparison): string | undefined {
  if (c.detectable === null || !Number.isFinite(c.detectable)) return undefined
  return c.judgedBy === 'difference' ? tolerance(up(c.detectable), c.unit) : share(up(c.detectable))
}

/** `1.83 → 1.99 ms`; `1.83 ms → gone`; `new: 1.83 ms`. */
export function sidesOf(c: Comparison): string {
  if (c.verdict === 'missing') return `${figure(c.base, c.unit)} → gone`
  if (c.verdict === 'new') return figure(c.head, c.unit)
  return pair(c.base, c.head, c.unit)
}

/** How far beyond its limit a breached budget is: `22 % over`; undefined where a share of the limit says nothing. */
export function beyond(b: BudgetResult): string | undefined {
  if (b.actual === null || b.limit <= 0 || b.actual === b.limit) return undefined
  const off = b.actual / b.limit - 1
  return off > 0 ? `${share(off)} over` : `${share(-off)} under`
}

/** How many, with the noun in the right number: `1 comparison`, `24 comparisons`. */
export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
