import type { Budget } from './budget.ts'
import type { Statistic } from './statistic.ts'
import type { Threshold } from './threshold.ts'

/** How the results of one benchmark are to be judged: a config with its overrides, applied to a name. */
export interface Rules {
  statistics(benchmark: string): readonly Statistic[]
  threshold(benchmark: string, metric: string, statistic: Statistic, unit: string): Threshold
  /** Whether a threshold names this metric: it then gates whatever it is. */
  names(benchmark: string, metric: string): boolean
  budgets(benchmark: string): readonly Budget[]
}
