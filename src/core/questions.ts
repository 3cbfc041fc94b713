import type { Measurement } from './distribution.ts'
import { countOf, statisticOf } from './distribution.ts'
import { isHollowTail, statisticsAsked } from './gating.ts'
import type { Question } from './question.ts'
import type { Rules } from './rules.ts'
import type { Series } from './run.ts'
import type { Statistic } from './statistic.ts'
import { supportOf } from './statistics/companions.ts'
import { resolutionRefusal } from './statistics/resolution.ts'
import { tailRefusal } from './statistics/tail.ts'
import type { Threshold } from './threshold.ts'
import { isExactUnit } from './unit.ts'

/** Two series of the same metric, and how their rounds belong together. */
export interface Compared {
  readonly base: Series
  readonly head: Series
  readonly paired: boolean
  /** The benchmark has no other metric. */
  readonly only: boolean
  /** History: see Question. */
  readonly spreadFloor?: number
  readonly mayRegress?: boolean
  /** Why nothing of it may be judged (another workload). */
  readonly refused?: string
  /** The rounds that there can still be: a tail that is too thin now may not be then. */
  readonly mostRounds?: number
}

export interface Questions {
  readonly questions: readonly Question[]
  /** Statistics that more rounds may make judgeable. */
  readonly waiting: ReadonlySet<Statistic>
  /** Why there is no question. */
  readonly unasked?: string
}

/** What has to be told of one metric, a question a statistic. */
export function questionsOf(compared: Compared, rules: Rules): Questions {
  const { base, head } = compared
  const better = head.better ?? base.better
  if (better === undefined)
    return {
      questions: [],
      waiting: new Set(),
      unasked: `nothing tells whether more or less ${head.metric} is better`,
    }
  const asked = statisticsAsked(base, head, {
    configured: rules.statistics(head.benchmark),
    named: rules.names(head.benchmark, head.metric),
    only: compared.only,
  })
  if (asked.length === 0)
    return { questions: [], waiting: new Set(), unasked: 'base and head tell no statistic in common' }
  const waiting = new Set<Statistic>()
  const questions = asked.map(({ statistic, gating }) => {
    const threshold = rules.threshold(head.benchmark, head.metric, statistic, head.unit)
    const thin = tooThin(compared, statistic)
    if (thin.waiting) waiting.add(statistic)
    const refused =
      compared.refused ??
      refusal(compared, statistic) ??
      thin.reason ??
      tooCoarse(compared, statistic, threshold)
    return {
      benchmark: head.benchmark,
      metric: head.metric,
      statistic,
      unit: head.unit,
      better,
      threshold,
      gating,
      paired: compared.paired,
      base: valuesOf(base, statistic),
      head: valuesOf(head, statistic),
      exact: isExactUnit(head.unit),
      ...witnesses(compared, statistic),
      ...(compared.paired && head.first?.length === head.rounds.length ? { first: head.first } : {}),
      ...(compared.spreadFloor === undefined ? {} : { spreadFloor: compared.spreadFloor }),
      ...(compared.mayRegress === undefined ? {} : { mayRegress: compared.mayRegress }),
      ...(refused === undefined ? {} : { refused }),
    } satisfies Question
  })
  return { questions, waiting }
}

/** What other percentiles of the same pairs say of the same claim; nothing where a round is missing. */
function witnesses({ base, head, paired }: Compared, statistic: Statistic): Pick<Question, 'support'> {
  if (!paired || base.rounds.includes(null) || head.rounds.includes(null)) return {}
  const support = supportOf(statistic, base.rounds as Measurement[], head.rounds as Measurement[])
  return support === undefined ? {} : { support }
}

/** Rounds that do not tell the statistic are left out here; `refusal` sees to it that nothing is then judged on pairs. */
function valuesOf(series: Series, statistic: Statistic): number[] {
  return seriesValues(series, statistic).filter((value) => value !== null)
}

/** The statistic in every round, null where the round does not tell it. */
export function seriesValues(series: Series, statistic: Statistic): (number | null)[] {
  return series.rounds.map((round) => (round === null ? null : (statisticOf(round, statistic) ?? null)))
}

function refusal({ base, head }: Compared, statistic: Statistic): string | undefined {
  for (const series of [base, head])
    if (seriesValues(series, statistic).includes(null)) return `not every round tells ${statistic}`
  if (isHollowTail(base, head, statistic))
    return `a round is one operation: ${statistic} has no tail to judge`
  return undefined
}

/** A percentile that too few operations lie beyond, and whether the rounds to come may bring enough. */
function tooThin(
  { base, head, mostRounds }: Compared,
  statistic: Statistic,
): { reason?: string; waiting: boolean } {
  const counts = [pooledCount(base), pooledCount(head)] as const
  const reason = tailRefusal(statistic, ...counts)
  if (reason === undefined) return { waiting: false }
  const grown = (mostRounds ?? 0) / Math.max(1, head.rounds.length)
  const then = counts.map((count) => (count === undefined ? undefined : count * grown))
  return { reason, waiting: grown > 1 && tailRefusal(statistic, then[0], then[1]) === undefined }
}

/** A threshold finer than the steps in which the tool tells its figures. */
function tooCoarse({ base, head }: Compared, statistic: Statistic, threshold: Threshold): string | undefined {
  const typical = valuesOf(base, statistic)[0] ?? 0
  return resolutionRefusal(head.resolution ?? base.resolution, threshold, typical)
}

/** Operations behind all rounds together; undefined if a round does not tell. */
function pooledCount(series: Series): number | undefined {
  let sum = 0
  for (const round of series.rounds) {
    const count = round === null ? undefined : countOf(round)
    if (count === undefined) return undefined
    sum += count
  }
  return sum
}
