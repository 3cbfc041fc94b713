import type { Budget } from './budget.ts'
import type { BenchmarkPlan } from './plan.ts'
import type { Run } from './run.ts'
import type { Judging } from './settings.ts'
import { budgetsFor, isNamed, statisticsFor, thresholdFor } from './settings.ts'
import type { Statistic } from './statistic.ts'
import type { Threshold } from './threshold.ts'

/** How the results of a benchmark are to be judged: a config with its overrides, applied to a result's name. */
export interface Rules {
  statistics(benchmark: string): readonly Statistic[]
  threshold(benchmark: string, metric: string, statistic: Statistic, unit: string): Threshold
  /** Whether a threshold names this metric: it then gates whatever it is. */
  names(benchmark: string, metric: string): boolean
  budgets(benchmark: string): readonly Budget[]
}

/** The rules of a plan for the names that are in these runs. */
export function rulesOf(plan: Judging, runs: readonly Run[]): Rules {
  const declaredBy = new Map(
    runs.flatMap((run) => run.benchmarks.map(({ name, declared }) => [name, declared] as const)),
  )
  const plans = new Map(plan.benchmarks.map((benchmark) => [benchmark.name, benchmark]))
  const planFor = (name: string): BenchmarkPlan | undefined => plans.get(declaredBy.get(name) ?? name)
  return {
    statistics: (benchmark) => statisticsFor(plan, planFor(benchmark), benchmark),
    threshold: (benchmark, metric, statistic, unit) =>
      thresholdFor(plan, planFor(benchmark), { benchmark, metric, statistic, unit }),
    names: (benchmark, metric) => isNamed(plan, planFor(benchmark), { benchmark, metric }),
    budgets: (benchmark) => budgetsFor(plan, planFor(benchmark), benchmark),
  }
}
