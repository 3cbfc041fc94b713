import { statisticOf } from './distribution.ts'
import type { Series } from './run.ts'
import type { Statistic } from './statistic.ts'
import { shareOf } from './statistic.ts'

/** Tried in this order where a tool tells none of the configured statistics, and for distributions that are no latency. */
const SUBSTITUTES: readonly Statistic[] = ['p50', 'mean', 'max', 'min']

/** What is asked of one metric, and whether the answer can fail the job. */
export interface Asked {
  readonly statistic: Statistic
  readonly gating: boolean
}

export interface GatingContext {
  readonly configured: readonly Statistic[]
  /** A threshold names this metric. */
  readonly named: boolean
  /** The benchmark has no other metric (that is not told beside). */
  readonly only: boolean
}

/**
 * The configured statistics of latency gate; of throughput and error_rate the one that there is; so does what a threshold
 * names and a benchmark's only metric. The rest is shown. Only what some round of both sides tells is asked.
 */
export function statisticsAsked(
  base: Series,
  head: Series,
  { configured, named, only }: GatingContext,
): Asked[] {
  const beside = head.primary === false
  const gating = named || (!beside && (only || GATING_METRICS.has(head.metric)))
  const first = head.rounds.find((round) => round !== null)
  if (first === undefined || first.kind === 'scalar') return [{ statistic: 'value', gating }]
  const told = (statistic: Statistic) => tells(base, statistic) && tells(head, statistic)
  const wanted = head.metric === 'latency' ? configured.filter(told) : []
  if (wanted.length > 0)
    return wanted.map((statistic) => ({ statistic, gating: gating && !isHollowTail(base, head, statistic) }))
  const substitute = SUBSTITUTES.find(told)
  return substitute === undefined ? [] : [{ statistic: substitute, gating }]
}

const GATING_METRICS: ReadonlySet<string> = new Set(['latency', 'throughput', 'error_rate'])

function tells(series: Series, statistic: Statistic): boolean {
  return series.rounds.some((round) => round !== null && statisticOf(round, statistic) !== undefined)
}

/**
 * A round of a single operation (a hyperfine run, a `-count` line) has the same figure for its p50 and its p99: its tail
 * is shown as unjudged and does not stand in the way of what can be judged.
 */
export function isHollowTail(base: Series, head: Series, statistic: Statistic): boolean {
  const share = shareOf(statistic)
  return share !== undefined && share > 0.5 && (isSingle(base) || isSingle(head))
}

function isSingle({ rounds }: Series): boolean {
  return rounds.every((round) => round === null || (round.kind === 'sampled' && round.count === 1))
}
