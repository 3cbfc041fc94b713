import type { Machine, Run } from '../../src/core/run.ts'
import type { BaselineQuery } from '../../src/gate.ts'

export const MACHINE: Machine = {
  cpu: 'Fake 9000',
  cores: 4,
  memory: 8e9,
  os: 'linux 6.1 x64',
  runtime: 'node v24.1.0',
}

export function commitOf(n: number): string {
  return n.toString(16).padStart(2, '0').repeat(20)
}

/** A push to main, the nth of its day. */
export function runOf(n: number, change: Partial<Run> = {}): Run {
  return {
    tool: '0.0.0',
    commit: commitOf(n),
    ref: 'refs/heads/main',
    time: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString(),
    machine: MACHINE,
    provenance: {
      id: 'tailgate.yml',
      branch: 'main',
      event: 'push',
      run: `${n}.1`,
      repository: 'acme/widget',
    },
    benchmarks: [{ name: 'parse', declared: 'parse', status: 'measured' }],
    series: [
      {
        benchmark: 'parse',
        metric: 'latency',
        unit: 'ns',
        rounds: [{ kind: 'sampled', values: Float64Array.of(100, 200, 300 + n), count: 3 }],
      },
    ],
    ...change,
  }
}

export const QUERY: BaselineQuery = { id: 'tailgate.yml', branch: 'main', machine: MACHINE, commits: [] }
