import { statisticOf } from './distribution.ts'
import { statisticsAsked } from './gating.ts'
import { historyOf } from './history.ts'
import type { Rules } from './rules.ts'
import type { Run } from './run.ts'
import type { Statistic } from './statistic.ts'
import { median } from './statistics/centre.ts'
import { changePoints } from './statistics/change-point.ts'
import type { Better } from './unit.ts'
import type { Warning } from './warning.ts'

/** Chance of a trend that is none, a benchmark. Advisory: a trend never fails a job. */
const LEVEL = 0.01

/** One statistic over the stored runs of this kind of machine and then head, oldest first. */
export interface Trend {
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  readonly unit: string
  readonly better: Better | 'unknown'
  /** One value a run. */
  readonly values: readonly number[]
  /** Commit of each value, where known. */
  readonly commits: readonly (string | null)[]
  /** Where the level changed, oldest first: index of the first value of the new level. */
  readonly changes: readonly { readonly at: number; readonly p: number; readonly commit?: string }[]
  /** Median of the last level ÷ median of the first − 1; 0 without a change. */
  readonly drift: number
}

/** The trend of everything that gates. `stored` newest first. */
export function trendsOf(stored: readonly Run[], head: Run, rules: Rules): Trend[] {
  if (stored.length === 0) return []
  const runs = [...stored.toReversed(), head]
  const { run: all, sameClass } = historyOf([head, ...stored], head)
  if (sameClass < 2) return []
  return all.series.flatMap((series) =>
    statisticsAsked(series, series, {
      configured: rules.statistics(series.benchmark),
      named: rules.names(series.benchmark, series.metric),
      only: false,
    })
      .filter((asked) => asked.gating)
      .flatMap(({ statistic }): Trend[] => {
        const values = series.rounds.flatMap((round) =>
          round === null ? [] : (statisticOf(round, statistic) ?? []),
        )
        // A run that lacks the benchmark would shift the commits against the values.
        const commits =
          values.length === runs.length ? runs.map((run) => run.commit ?? null) : values.map(() => null)
        const changes = changePoints(values, LEVEL).map((change) => {
          const commit = commits[change.at]
          return { ...change, ...(commit == null ? {} : { commit }) }
        })
        return [
          {
            benchmark: series.benchmark,
            metric: series.metric,
            statistic,
            unit: series.unit,
            better: series.better ?? 'unknown',
            values,
            commits,
            changes,
            drift: driftOf(values, changes),
          },
        ]
      }),
  )
}

function driftOf(values: readonly number[], changes: readonly { readonly at: number }[]): number {
  const firstEnd = changes[0]?.at
  const lastStart = changes.at(-1)?.at
  if (firstEnd === undefined || lastStart === undefined) return 0
  const before = median(values.slice(0, firstEnd))
  return before > 0 ? median(values.slice(lastStart)) / before - 1 : 0
}

/** What has crept for the worse, a line each. */
export function trendWarnings(trends: readonly Trend[]): Warning[] {
  return trends.filter(isWorse).map((trend) => {
    const since = trend.changes.at(-1)?.commit
    const where = since === undefined ? '' : `, last at ${since.slice(0, 12)}`
    return {
      code: 'trend',
      benchmark: trend.benchmark,
      message: `${trend.benchmark} ${trend.statistic} has gone from level to level over ${trend.values.length} runs: ${percent(trend.drift)} in all${where}`,
    }
  })
}

function isWorse({ better, drift }: Trend): boolean {
  return better === 'higher' ? drift < 0 : better === 'lower' && drift > 0
}

function percent(share: number): string {
  return `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)} %`
}
