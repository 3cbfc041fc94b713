import { createHash } from 'node:crypto'
import type { FaultPlan } from '../core/fault-plan.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import type { Run } from '../core/run.ts'

/** Digest of the keys that decide what is measured: runs of different ones must not be compared. */
function workloadOf({ run, format, output, env, ...rest }: BenchmarkPlan): string {
  const { load, services, sweep, faults, polls } = rest
  const told = { load, services, sweep, faults: faults?.map(disturbing), polls }
  const more = Object.values(told).every((one) => one === undefined) ? [] : [told]
  const keys = JSON.stringify([run, format, output ?? null, Object.entries(env).sort(), ...more])
  return createHash('sha256').update(keys).digest('hex').slice(0, 16)
}

/** Without what only judges: another limit is no other workload. */
function disturbing({ recoverWithin: _, ...fault }: FaultPlan): unknown {
  return fault
}

/** The run with what each of its benchmarks was measured with. */
export function withWorkloads(run: Run, benchmarks: readonly BenchmarkPlan[]): Run {
  const digests = new Map(benchmarks.map((benchmark) => [benchmark.name, workloadOf(benchmark)]))
  return {
    ...run,
    benchmarks: run.benchmarks.map((benchmark) => {
      const workload = digests.get(benchmark.declared)
      return workload === undefined ? benchmark : { ...benchmark, workload }
    }),
  }
}
