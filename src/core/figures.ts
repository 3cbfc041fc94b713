/** What was measured of a run, statistic by statistic, for where nothing is compared. */
import { middle } from './comparisons.ts'
import type { Measurement } from './distribution.ts'
import { isHollowTail } from './gating.ts'
import { seriesValues } from './questions.ts'
import type { Run, Series } from './run.ts'
import type { Statistic } from './statistic.ts'
import { isStatistic } from './statistic.ts'
import type { Better } from './unit.ts'

export interface Figure {
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  readonly unit: string
  readonly better: Better | 'unknown'
  /** Of the typical round, in `unit`. */
  readonly value: number | null
  /** Of every round, in order; null where a round has none. */
  readonly series: readonly (number | null)[]
}

/** What is shown of whole distributions, and how many operations that takes: one has to lie beyond. */
const SHOWN = [
  ['p50', 1],
  ['p95', 20],
  ['p99', 100],
] as const

export function figuresOf(run: Run): Figure[] {
  return run.series.flatMap((series) =>
    statisticsOf(series).map((statistic): Figure => {
      const values = seriesValues(series, statistic)
      const { benchmark, metric, unit, better = 'unknown' } = series
      return { benchmark, metric, statistic, unit, better, value: middle(values), series: values }
    }),
  )
}

/** Of what a tool told, all of it; nothing is made up. */
function statisticsOf(series: Series): Statistic[] {
  const told = series.rounds.filter((round): round is Measurement => round !== null)
  const [first] = told
  if (first === undefined) return []
  if (first.kind === 'scalar') return ['value']
  if (first.kind === 'sampled') {
    const operations = told.reduce((sum, round) => sum + (round.kind === 'sampled' ? round.count : 0), 0)
    return SHOWN.filter(
      ([statistic, needed]) => operations >= needed && !isHollowTail(series, series, statistic),
    ).map(([statistic]) => statistic)
  }
  const quantiles = Object.keys(first.quantiles).filter(isStatistic)
  return [...quantiles, ...(['mean', 'max'] as const).filter((name) => first[name] !== undefined)]
}
