/** How long a plan takes, as far as it can be told before. */
import type { BenchmarkPlan, Plan } from './plan.ts'

export interface Forecast {
  readonly benchmark: BenchmarkPlan
  /** Executions of the script or the load a side in one round: one for each value of a sweep. */
  readonly parts: number
  /** Milliseconds of one execution on one side; of a script the most that it may take. */
  readonly each: number
  /** Whether `each` is known, not only bounded. */
  readonly known: boolean
  /** Milliseconds for the fewest and the most rounds on all sides, warm-up rounds with them. */
  readonly least: number
  readonly most: number
}

/** `sides`: 2 where base is measured beside head. What services take to start is not known and left out. */
export function forecast(plan: Plan, sides: 1 | 2): readonly Forecast[] {
  const { min, max, warmup } = plan.rounds
  return plan.benchmarks.map((benchmark) => {
    const { load, sweep, timeout } = benchmark
    const parts = sweep?.values.length ?? 1
    const each = (load === undefined ? timeout : load.warmup + load.duration) * parts
    const known = load !== undefined
    return {
      benchmark,
      parts,
      each,
      known,
      least: known ? each * sides * (min + warmup) : 0,
      most: each * sides * (max + warmup),
    }
  })
}
