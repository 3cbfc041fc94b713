import { countOf, statisticOf } from './distribution.ts'
import { isHollowTail, statisticsAsked } from './gating.ts'
import type { Question } from './question.ts'
import type { Rules } from './rules.ts'
import type { Series } from './run.ts'
import type { Statistic } from './statistic.ts'
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
}

/** What has to be told of one metric, a question a statistic. `unasked` tells why there is none. */
export function questionsOf(compared: Compared, rules: Rules): { questions: Question[]; unasked?: string } {
  const { base, head } = compared
  const better = head.better ?? base.better
  if (better === undefined)
    return { questions: [], unasked: `nothing tells whether more or less ${head.metric} is better` }
  const asked = statisticsAsked(base, head, {
    configured: rules.statistics(head.benchmark),
    named: rules.names(head.benchmark, head.metric),
    only: compared.only,
  })
  if (asked.length === 0) return { questions: [], unasked: 'base and head tell no statistic in common' }
  const questions = asked.map(({ statistic, gating }) => {
    const refused = compared.refused ?? refusal(compared, statistic)
    return {
      benchmark: head.benchmark,
      metric: head.metric,
      statistic,
      unit: head.unit,
      better,
      threshold: rules.threshold(head.benchmark, head.metric, statistic, head.unit),
      gating,
      paired: compared.paired,
      base: valuesOf(base, statistic),
      head: valuesOf(head, statistic),
      exact: isExactUnit(head.unit),
      ...(compared.spreadFloor === undefined ? {} : { spreadFloor: compared.spreadFloor }),
      ...(compared.mayRegress === undefined ? {} : { mayRegress: compared.mayRegress }),
      ...(refused === undefined ? {} : { refused }),
    } satisfies Question
  })
  return { questions }
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

/** Operations behind all rounds together; undefined if a round does not tell. */
export function pooledCount(series: Series): number | undefined {
  let sum = 0
  for (const round of series.rounds) {
    const count = round === null ? undefined : countOf(round)
    if (count === undefined) return undefined
    sum += count
  }
  return sum
}
