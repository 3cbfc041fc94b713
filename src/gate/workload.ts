import { createHash } from 'node:crypto'
import type { BenchmarkPlan } from '../core/plan.ts'
import type { Run } from '../core/run.ts'

/** Digest of the keys that decide what is measured: runs of different ones must not be compared. */
function workloadOf({ run, format, output, env, load, services, sweep }: BenchmarkPlan): string {
  const more =
    load === undefined && services === undefined && sweep === undefined ? [] : [{ load, services, sweep }]
  const keys = JSON.stringify([run, format, output ?? null, Object.entries(env).sort(), ...more])
  return createHash('sha256').update(keys).digest('hex').slice(0, 16)
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
