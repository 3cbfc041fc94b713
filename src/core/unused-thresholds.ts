import type { Run } from './run.ts'
import type { Judging } from './settings.ts'
import { isStatistic } from './statistic.ts'
import type { Threshold } from './threshold.ts'
import type { Warning } from './warning.ts'

/** Thresholds that nothing is held to: of a metric that nothing has, or in a unit that what they are for has not. */
export function unusedThresholds(plan: Judging, runs: readonly Run[]): Warning[] {
  const series = runs.flatMap((run) => run.series)
  if (series.length === 0) return []
  const measured = new Set(series.map(({ metric }) => metric))
  const layers = [
    plan.thresholds,
    ...plan.benchmarks.map((b) => b.thresholds),
    ...plan.overrides.map((o) => o.thresholds),
  ]
  const messages = layers.flatMap(Object.entries<Threshold>).flatMap(([key, threshold]) => {
    const metric = isStatistic(key) ? 'latency' : key
    if (key !== '*' && !measured.has(metric))
      return `a threshold names "${key}", which nothing measured: known are ${[...measured].sort().join(', ')}`
    if (threshold.kind === 'relative') return []
    const fits = series.some((one) => one.unit === threshold.unit && (key === '*' || one.metric === metric))
    return fits
      ? []
      : `the threshold of "${key}" is in ${threshold.unit}, which nothing that it is for is measured in`
  })
  return [...new Set(messages)].map((message) => ({ code: 'unused-threshold', message }))
}
