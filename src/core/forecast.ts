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

/** Milliseconds that one execution takes at least, as far as it is known; what services take to start comes to it. */
export function knownTime({ load, sweep }: BenchmarkPlan): number {
  return load === undefined ? 0 : (load.warmup + load.duration) * (sweep?.values.length ?? 1)
}

/** `sides`: 2 where base is measured beside head. What services take to start is not known and left out. */
export function forecast(plan: Plan, sides: 1 | 2): readonly Forecast[] {
  const { min, max, warmup } = plan.rounds
  return plan.benchmarks.map((benchmark) => {
    const { load, sweep, timeout } = benchmark
    const parts = sweep?.values.length ?? 1
    const known = load !== undefined
    const each = known ? knownTime(benchmark) : timeout * parts
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
