import type { Run } from './run.ts'
import type { Judging } from './settings.ts'
import { isStatistic } from './statistic.ts'
import type { Warning } from './warning.ts'

/** Thresholds that name a metric which nothing has: a slip of the pen would else be a threshold that nobody keeps. */
export function unusedThresholds(
  { benchmarks, thresholds, overrides }: Judging,
  runs: readonly Run[],
): Warning[] {
  const measured = new Set(runs.flatMap((run) => run.series.map((series) => series.metric)))
  if (measured.size === 0) return []
  const named = [thresholds, ...benchmarks.map((b) => b.thresholds), ...overrides.map((o) => o.thresholds)]
  const unused = new Set(
    named.flatMap(Object.keys).filter((key) => key !== '*' && !isStatistic(key) && !measured.has(key)),
  )
  return [...unused].map((key) => ({
    code: 'unused-threshold',
    message: `a threshold names "${key}", which nothing measured: known are ${[...measured].sort().join(', ')}`,
  }))
}
