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
type Judged = Pick<Comparison, 'judgedBy' | 'unit' | 'metric'>

/** What is compared: `p99` of latency, `throughput` of a scalar, else both: `recovery p95`. */
export function quantity(c: Pick<Comparison, 'metric' | 'statistic'>): string {
  if (c.statistic === 'value') return c.metric
  return c.metric === 'latency' ? c.statistic : `${c.metric} ${c.statistic}`
}

/** `+8.7 %`; where the threshold is absolute, the difference: `+0.4 pp`. */
export function changeOf(c: Judged & Pick<Comparison, 'change' | 'difference'>): string {
  if (c.judgedBy === 'difference') return difference(c.difference, unitOf(c))
  return c.change === null && c.difference !== null ? difference(c.difference, unitOf(c)) : change(c.change)
}

/** `+6.1 … +11.4 %`; undefined where there is none, or none that says anything. */
export function intervalOf(c: Judged & Pick<Comparison, 'interval'>): string | undefined {
  if (c.interval === null) return undefined
  const [low, high] = c.interval
  if (low === null && high === null) return undefined
  return c.judgedBy === 'difference' ? differenceInterval(low, high, unitOf(c)) : interval(low, high)
}

/** `5 %`, `0.1 pp`, `5 MB`. */
export function thresholdOf(c: Judged & Pick<Comparison, 'threshold'>): string {
  return c.judgedBy === 'difference' ? tolerance(c.threshold, unitOf(c)) : share(c.threshold)
}

/** What would have been seen, rounded up; undefined: no change of any size would have been called. */
export function detectableOf(c: Comparison): string | undefined {
  if (c.detectable === null || !Number.isFinite(c.detectable)) return undefined
  return c.judgedBy === 'difference' ? tolerance(up(c.detectable), unitOf(c)) : share(up(c.detectable))
}

/** `1.83 → 1.99 ms`; `1.83 ms → gone`; `new: 1.83 ms`. */
export function sidesOf(c: Comparison): string {
  if (c.verdict === 'missing') return `${figure(c.base, unitOf(c))} → gone`
  if (c.verdict === 'new') return figure(c.head, unitOf(c))
  return pair(c.base, c.head, unitOf(c))
}

/** How far beyond its limit a breached budget is: `22 % over`; undefined where a share of the limit says nothing. */
export function beyond(b: BudgetResult): string | undefined {
  if (b.actual === null || b.limit <= 0 || b.actual === b.limit) return undefined
  const off = b.actual / b.limit - 1
  return off > 0 ? `${share(off)} over` : `${share(-off)} under`
}

/** A factor is a share of nothing: `1.27×`, not 127 %. */
export function unitOf({ metric, unit }: { readonly metric: string; readonly unit: string }): string {
  return unit === 'ratio' && FACTOR.test(metric) ? '×' : unit
}

const FACTOR = /^(?:slowdown|speedup)\b/

const SCORE = /^readiness\b/

/** What head needs of a budget. */
export function actualOf({ expression, actual, unit }: BudgetResult): string {
  return figure(actual, unitOf({ metric: expression, unit }))
}

export function limitOf({ expression, limit, unit }: BudgetResult): string {
  return figure(limit, unitOf({ metric: expression, unit }))
}

/** How much of its limit a budget needs: `62 % of the limit`, `325 × the limit`; undefined where that says nothing. */
export function ofLimit({ actual, limit, unit, expression }: BudgetResult): string | undefined {
  if (actual === null || limit <= 0 || actual <= 0 || actual === limit) return undefined
  // A share cannot be more than all, nor a score.
  const bounded = unitOf({ metric: expression, unit }) === 'ratio' || SCORE.test(expression)
  if (bounded && actual > limit) return undefined
  const times = actual / limit
  if (times < 0.001) return 'below 0.1 % of the limit'
  return times < 10 ? `${share(times)} of the limit` : `${Math.round(times)} × the limit`
}

/** How many, with the noun in the right number: `1 comparison`, `24 comparisons`. */
export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
