import type { Measurement } from './distribution.ts'
import { merge, statisticOf } from './distribution.ts'
import type { BudgetVerdict } from './report.ts'
import type { Statistic } from './statistic.ts'
import { shareOf } from './statistic.ts'

export type Operator = '<' | '<=' | '>' | '>=' | '==' | '!='

/** An absolute limit on head: `p(99) < 500ms`, `error_rate < 0.1%`, `memory.growth < 100MB`. */
export interface Budget {
  /** As written. */
  readonly expression: string
  readonly metric: string
  readonly statistic: Statistic
  readonly operator: Operator
  /** In `unit`. */
  readonly limit: number
  /** A base unit. */
  readonly unit: string
  /** The limit as written, where no unit was and the metric does not tell: milliseconds if it is a time, else plain. */
  readonly bare?: number
}

export interface BudgetJudgement {
  /** In `unit`; null when unknown. */
  readonly actual: number | null
  readonly verdict: BudgetVerdict
  /** Why it is unknown, or what a reader must know of `actual`. */
  readonly reason?: string
  /** What `actual` was held against, in `unit`: of the budget, or of what was measured where the budget has none. */
  readonly limit: number
  readonly unit: string
}

/**
 * Holds the rounds of head against a limit. Distributions are pooled, operation by operation; scalars count by their
 * median, `error_rate` as all failed by all operations, `memory.growth`, `data_loss` and `recovered` by their worst round, `alert.fired` by the round that is furthest from the limit. What cannot be told is
 * `unknown`, never `met`.
 */
export function judgeBudget(budget: Budget, rounds: readonly Measurement[], unit: string): BudgetJudgement {
  const limit = budget.bare === undefined ? budget.limit : unit === 'ns' ? budget.bare * 1e6 : budget.bare
  const held = budget.bare === undefined ? { limit, unit: budget.unit } : { limit, unit }
  const unknown = (reason: string): BudgetJudgement => ({ actual: null, verdict: 'unknown', reason, ...held })
  if (rounds.length === 0) return unknown(`no round has a figure of ${budget.metric}`)
  if (held.unit !== unit)
    return unknown(`the limit is in ${held.unit}, ${budget.metric} in ${unit || 'no unit'}`)
  const figure = figureOf(budget, rounds)
  if ('problem' in figure) return unknown(figure.problem)
  const { actual, reason } = figure
  if (!Number.isFinite(actual)) return unknown(`${budget.metric} is not a finite number`)
  return {
    actual,
    verdict: holds(actual, budget.operator, limit) ? 'met' : 'breached',
    ...(reason === undefined ? {} : { reason }),
    ...held,
  }
}

/** One bad round is one too many: a leak, a record lost, a service that did not come back, an alert that kept silent. */
const WORST: Readonly<Record<string, (...values: number[]) => number>> = {
  'memory.growth': Math.max,
  data_loss: Math.max,
  recovered: Math.min,
}

type Figure = { readonly actual: number; readonly reason?: string } | { readonly problem: string }

function figureOf(budget: Budget, rounds: readonly Measurement[]): Figure {
  return budget.statistic === 'value' ? scalarFigure(budget, rounds) : pooledFigure(budget, rounds)
}

function scalarFigure({ metric, operator, limit }: Budget, rounds: readonly Measurement[]): Figure {
  const scalars = rounds.filter((round) => round.kind === 'scalar')
  if (scalars.length < rounds.length)
    return { problem: `${metric} has many values a round: name one of p50, p95, p99, mean, max` }
  const values = scalars.map((scalar) => scalar.value)
  const worst = Object.hasOwn(WORST, metric) ? WORST[metric] : undefined
  if (metric === 'alert.fired' && operator === '==')
    return { actual: values.find((value) => value !== limit) ?? limit }
  if (worst !== undefined) return { actual: worst(...values) }
  if (metric === 'error_rate' && scalars.every((scalar) => scalar.total !== undefined)) {
    const total = scalars.reduce((sum, scalar) => sum + scalar.total!, 0)
    if (total === 0) return { problem: 'no operation was made' }
    const failed = scalars.reduce((sum, scalar) => sum + Math.round(scalar.value * scalar.total!), 0)
    return { actual: failed / total }
  }
  return { actual: median(values) }
}

function pooledFigure({ metric, statistic }: Budget, rounds: readonly Measurement[]): Figure {
  if (rounds.some((round) => round.kind === 'scalar'))
    return { problem: `${metric} is one figure a round and has no ${statistic}` }
  const thin = tooThin(statistic, rounds)
  if (thin !== undefined) return { problem: thin }
  const sampled = rounds.filter((round) => round.kind === 'sampled')
  if (sampled.length === rounds.length) {
    const actual = statisticOf(merge(sampled), statistic)
    return actual === undefined ? { problem: `${metric} has no ${statistic}` } : { actual }
  }
  const told = rounds.flatMap((round) => statisticOf(round, statistic) ?? [])
  if (told.length < rounds.length)
    return {
      problem:
        told.length === 0 ? `the tool does not tell ${statistic}` : `not every round tells ${statistic}`,
    }
  // The extremes of all are the extremes of the parts; any other figure of a part says too little of the whole.
  if (statistic === 'max') return { actual: Math.max(...told) }
  if (statistic === 'min') return { actual: Math.min(...told) }
  if (told.length === 1) return { actual: told[0]! }
  return {
    actual: median(told),
    reason: `median of ${told.length} rounds: the tool tells ${statistic} only, which cannot be pooled`,
  }
}

/** From where on a percentile is a tail, on either end: 10 operations have one beyond their p90. */
const TAIL = 0.1

/** A tail needs at least one operation beyond it: the p99 of 50 operations is a guess. */
function tooThin(statistic: Statistic, rounds: readonly Measurement[]): string | undefined {
  const share = shareOf(statistic)
  if (share === undefined) return undefined
  const beyond = Math.min(share, 1 - share)
  if (beyond > TAIL + 1e-9 || beyond <= 0) return undefined
  let count = 0
  for (const round of rounds) {
    if (round.kind === 'scalar' || round.count === undefined) return undefined
    count += round.count
  }
  const needed = Math.ceil(1 / beyond - 1e-6)
  return count < needed ? `${statistic} of ${count} operations is a guess: it needs ${needed}` : undefined
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const HOLDS: Readonly<Record<Operator, (actual: number, limit: number) => boolean>> = {
  '<': (actual, limit) => actual < limit,
  '<=': (actual, limit) => actual <= limit,
  '>': (actual, limit) => actual > limit,
  '>=': (actual, limit) => actual >= limit,
  '==': (actual, limit) => actual === limit,
  '!=': (actual, limit) => actual !== limit,
}

function holds(actual: number, operator: Operator, limit: number): boolean {
  return HOLDS[operator](actual, limit)
}
