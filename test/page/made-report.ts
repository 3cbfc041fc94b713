/** Reports of any size whose rounds look measured, from a seed. */
import { assemble } from '../../src/core/assemble.ts'
import { sampled } from '../../src/core/distribution.ts'
import type { Report } from '../../src/core/report.ts'
import { rulesOf } from '../../src/core/rules.ts'
import type { Run, Series } from '../../src/core/run.ts'
import { generator } from '../statistics/generator.ts'

export const MACHINE = {
  cpu: 'AMD EPYC 7763',
  cores: 4,
  memory: 16_768_348_160,
  os: 'linux 6.8 x64',
  runtime: 'node v24.1.0',
}

export interface Made {
  readonly names: readonly string[]
  readonly rounds: number
  readonly operations: number
  readonly seed?: number
  /** Head ÷ base by name. */
  readonly factors?: Readonly<Record<string, number>>
  /** Relative spread between pairs of rounds, by name; 1 % where none is given. */
  readonly noise?: Readonly<Record<string, number>>
}

/** Latencies with a long tail; a round's level is shared by both sides, for it is the machine's. */
export function madeRuns({ names, rounds, operations, seed = 1, factors = {}, noise = {} }: Made): {
  base: Run
  head: Run
} {
  const { normal, uniform } = generator(seed)
  const sides = { base: [] as Series[], head: [] as Series[] }
  for (const [at, benchmark] of names.entries()) {
    const level = 200_000 * (1 + (at % 37)) ** 1.5
    const shared = Array.from({ length: rounds }, () => level * Math.exp(0.03 * normal()))
    for (const side of ['base', 'head'] as const) {
      const factor = side === 'head' ? (factors[benchmark] ?? 1) : 1
      const rest = noise[benchmark] ?? 0.01
      const measured = shared.map((typical) => {
        const mine = typical * factor * Math.exp(rest * normal())
        const one = () => mine * (1 + 0.12 * Math.abs(normal()) + (uniform() < 0.02 ? 2 * uniform() : 0))
        return sampled(Array.from({ length: operations }, one))
      })
      sides[side].push({ benchmark, metric: 'latency', unit: 'ns', better: 'lower', rounds: measured })
    }
  }
  const run = (side: 'base' | 'head'): Run => ({
    tool: '0.1.0',
    commit:
      side === 'base'
        ? '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d'
        : '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c',
    time: '2026-11-20T14:03:22Z',
    machine: MACHINE,
    benchmarks: names.map((name) => ({ name, declared: name, status: 'measured' as const })),
    series: sides[side],
  })
  return { base: run('base'), head: run('head') }
}

/** Judged as the gate judges what it has measured in turn. */
export function madeReport(made: Made, told: Partial<Report> = {}): Report {
  const { base, head } = madeRuns(made)
  const judging = {
    benchmarks: [],
    statistics: ['p50', 'p95', 'p99'] as const,
    thresholds: { '*': { kind: 'relative' as const, value: 0.05 } },
    overrides: [],
  }
  const report = assemble({
    base,
    head,
    basis: { paired: true },
    rules: rulesOf(judging, [base, head]),
    options: { falseAlarms: 0.01 },
    failOn: ['regression', 'budget', 'missing', 'error'],
    declared: [],
    failures: [],
    warnings: [],
    noBaseline: false,
    mostRounds: made.rounds,
    environment: {
      tool: '0.1.0',
      compare: 'base',
      base: { commit: base.commit!, ref: 'main', machine: MACHINE, source: 'merge base, measured here' },
      head: { commit: head.commit!, machine: MACHINE, source: 'working tree' },
      seed: '4f2a91c07be3d518',
      falseAlarms: 0.01,
      rounds: made.rounds,
      seconds: 412.6,
      reproduce: 'npx tailgate run --base 1a2b3c4 --config tailgate.yml',
    },
  })
  return { ...report, ...told }
}

/** A dozen benchmarks of which two are worse, one is better and one is noisy. */
export function ordinary(): Report {
  const names = [
    ...['json/parse', 'json/stringify', 'json/revive', 'checkout', 'checkout/pay', 'startup', 'recall'],
    ...['search[connections=1]', 'search[connections=10]', 'search[connections=50]', 'render', 'hash/sha256'],
  ]
  return madeReport({
    names,
    rounds: 20,
    operations: 400,
    factors: { 'json/revive': 1.087, 'search[connections=50]': 1.16, startup: 0.82 },
    noise: { recall: 0.09 },
  })
}
