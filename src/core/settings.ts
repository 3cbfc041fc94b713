/** Which threshold, statistics and budgets of a plan apply to a name that a tool's output brought. */
import type { Budget } from './budget.ts'
import { matchesName } from './glob.ts'
import { impliedBudgets } from './implied-budgets.ts'
import type { BenchmarkPlan, Override, Plan, Thresholds } from './plan.ts'
import type { Statistic } from './statistic.ts'
import { isStatistic } from './statistic.ts'
import type { Threshold } from './threshold.ts'
import { DEFAULT_SHARE_TOLERANCE, DEFAULT_THRESHOLD } from './threshold.ts'

/** As much of a plan as settings are in. */
export type Judging = Pick<Plan, 'benchmarks' | 'statistics' | 'thresholds' | 'overrides'>

/** What settings are asked for; the fields of a comparison. */
export interface Asked {
  /** Full name of the result: `json`, `json/parse`. */
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  /** Base unit, where known. */
  readonly unit?: string
}

/** The overrides that match, the last one first: the order in which they are asked. */
export function overridesFor(plan: Judging, name: string): readonly Override[] {
  return plan.overrides.filter((override) => matchesName(override.match, name)).reverse()
}

/** From the most specific set of thresholds to the least. */
function layersFor(plan: Judging, benchmark: BenchmarkPlan | undefined, name: string): readonly Thresholds[] {
  const layers = overridesFor(plan, name).map((override) => override.thresholds)
  if (benchmark !== undefined) layers.push(benchmark.thresholds)
  return [...layers, plan.thresholds]
}

function isShare(metric: string, unit: string | undefined): boolean {
  return unit === 'ratio' || metric === 'error_rate'
}

/** A threshold that is not named for this metric counts only if it can be said of its unit. */
function fits(threshold: Threshold, unit: string | undefined): boolean {
  return threshold.kind === 'relative' || unit === undefined || threshold.unit === unit
}

/**
 * What is tolerated for one statistic of one result: the last matching override, else the benchmark's own, else the
 * plan's; within each, for latency by statistic before by metric before `*`, for other metrics by metric first.
 *
 * Shares are judged by difference, so a percentage named for them (`error_rate: 0.5%`) means percentage points, and one
 * that is not (`threshold: 5%`) is not for them: they have a default of their own.
 */
export function thresholdFor(plan: Judging, benchmark: BenchmarkPlan | undefined, asked: Asked): Threshold {
  const { metric, statistic, unit } = asked
  const share = isShare(metric, unit)
  const keys = metric === 'latency' ? [statistic, metric] : [metric, statistic]
  for (const layer of layersFor(plan, benchmark, asked.benchmark)) {
    for (const key of share ? [metric] : keys) {
      const threshold = Object.hasOwn(layer, key) ? layer[key] : undefined
      if (threshold === undefined) continue
      if (share && threshold.kind === 'relative')
        return { kind: 'absolute', value: threshold.value, unit: 'ratio' }
      if (key === metric || fits(threshold, unit)) return threshold
    }
    const all = Object.hasOwn(layer, '*') ? layer['*'] : undefined
    if (all === undefined) continue
    if (share ? all.kind === 'absolute' && all.unit === 'ratio' : fits(all, unit)) return all
  }
  return share ? DEFAULT_SHARE_TOLERANCE : DEFAULT_THRESHOLD
}

/** Whether a set of thresholds names the metric, itself or by a statistic of latency: what is named gates. */
export function namesMetric(thresholds: Thresholds, metric: string): boolean {
  return (
    Object.hasOwn(thresholds, metric) || (metric === 'latency' && Object.keys(thresholds).some(isStatistic))
  )
}

/** Whether any threshold that applies to the result names its metric. */
export function isNamed(
  plan: Judging,
  benchmark: BenchmarkPlan | undefined,
  asked: Pick<Asked, 'benchmark' | 'metric'>,
): boolean {
  return layersFor(plan, benchmark, asked.benchmark).some((layer) => namesMetric(layer, asked.metric))
}

/** The statistics of a result that are to be judged: those configured, and those that a threshold names. */
export function statisticsFor(
  plan: Judging,
  benchmark: BenchmarkPlan | undefined,
  name: string,
): readonly Statistic[] {
  const told = overridesFor(plan, name).find((override) => override.statistics !== undefined)?.statistics
  const configured = told ?? benchmark?.statistics ?? plan.statistics
  const named = layersFor(plan, benchmark, name).flatMap((layer) => Object.keys(layer).filter(isStatistic))
  return [...new Set([...configured, ...named.filter((statistic) => statistic !== 'value')])]
}

/** Two budgets of one figure from the same side are two opinions on one thing. */
function figureOf(budget: Budget): string {
  return `${budget.metric}\0${budget.statistic}\0${budget.operator.charAt(0)}`
}

/** The budgets of a result: the benchmark's, of which a matching override replaces those on the same figure. */
export function budgetsFor(
  plan: Judging,
  benchmark: BenchmarkPlan | undefined,
  name: string,
): readonly Budget[] {
  let budgets: readonly Budget[] = [...(benchmark?.budgets ?? []), ...impliedBudgets(benchmark, name)]
  for (const override of [...overridesFor(plan, name)].reverse()) {
    const replaced = new Set(override.budgets.map(figureOf))
    budgets = [...budgets.filter((budget) => !replaced.has(figureOf(budget))), ...override.budgets]
  }
  return budgets
}
