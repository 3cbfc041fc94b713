/** The report of a validation suite as it comes out of measuring: a load with two faults, an alert, a poll, budgets, a score. */
import { assemble } from '../../src/core/assemble.ts'
import { parseBudget } from '../../src/core/budget-expression.ts'
import { sampled } from '../../src/core/distribution.ts'
import type { Execution } from '../../src/core/execution.ts'
import type { Report } from '../../src/core/report.ts'
import { reportTimelines } from '../../src/core/report-timelines.ts'
import type { MetricResult } from '../../src/core/result.ts'
import { rulesOf } from '../../src/core/rules.ts'
import type { Run, Series } from '../../src/core/run.ts'
import type { Timeline } from '../../src/core/timeline.ts'
import type { Better } from '../../src/core/unit.ts'
import { generator } from '../statistics/generator.ts'
import { MACHINE } from './made-report.ts'

type Side = 'base' | 'head'

export interface Suite {
  /** Head alone, as `compare: none` measures it. */
  readonly alone?: boolean
  /** The second fault is not recovered from, and records are lost. */
  readonly broken?: boolean
}

const RESTART = { name: 'database restart', injected: 10_000, healed: 12_000 }
const SLOW = { name: 'slow network', injected: 24_000, healed: 29_000 }
const SLOT = 500
const DURATION = 40_000

const BUDGETS: Readonly<Record<string, readonly string[]>> = {
  checkout: [
    'p(95) < 60ms',
    'p(99) < 500ms',
    'error_rate < 5%',
    'throughput > 100/s',
    'memory.growth < 50MB',
  ],
  'checkout/database restart': ['recovered == 100%', 'recovery < 5s', 'data_loss == 0'],
  'checkout/slow network': ['recovered == 100%', 'recovery < 8s'],
  'checkout/health': ['response: p(95) < 200ms', 'availability >= 90%'],
  'checkout/high error rate': ['alert.fired == 100%', 'alert.delay < 10s'],
  search: ['slowdown(p95) < 3'],
  'search[users=20]': ['mean < 50ms'],
}

export function madeSuite({ alone = false, broken = false }: Suite = {}): Report {
  const { normal, uniform } = generator(7)
  const executions: Execution[] = []
  const rounds = alone ? 1 : 14
  for (let round = 0; round < rounds; round++)
    for (const side of alone ? (['head'] as const) : (['base', 'head'] as const))
      executions.push(one(side, round))
  const [base, head] = [runOf('base'), runOf('head')]
  const judging = {
    benchmarks: [],
    statistics: ['p50', 'p95', 'p99'] as const,
    thresholds: { '*': { kind: 'relative' as const, value: 0.1 } },
    overrides: Object.entries(BUDGETS).map(([match, of]) => ({
      match,
      thresholds: {},
      budgets: of.map(parseBudget),
    })),
  }
  return assemble({
    ...(alone ? {} : { base }),
    head,
    basis: { paired: true },
    rules: rulesOf(judging, alone ? [head] : [base, head]),
    options: { falseAlarms: 0.01 },
    failOn: ['regression', 'budget', 'missing', 'error'],
    declared: Object.keys(BUDGETS),
    failures: [],
    warnings: [
      {
        code: 'load-errors',
        message: 'checkout: some requests failed: ECONNREFUSED, a timeout',
        benchmark: 'checkout',
      },
    ],
    noBaseline: false,
    mostRounds: 30,
    readiness: { weights: {}, least: 90 },
    timelines: reportTimelines(executions),
    environment: {
      tool: '0.1.0',
      compare: alone ? 'none' : 'base',
      ...(alone
        ? {}
        : { base: { commit: base.commit!, machine: MACHINE, source: 'merge base, measured here' } }),
      head: { commit: head.commit!, machine: MACHINE, source: 'working tree' },
      seed: '4f2a91c07be3d518',
      falseAlarms: 0.01,
      rounds,
      seconds: 912,
      suite: 'full',
      reproduce: 'npx tailgate run --config tailgate.yml --suite full',
    },
  })

  function one(side: Side, round: number): Execution {
    const results = [...checkout(side), ...search(side)]
    return {
      benchmark: 'checkout',
      side,
      round,
      order: side === 'base' ? 0 : 1,
      outcome: {
        kind: 'measured',
        parsed: { format: 'load', results, warnings: [] },
        seconds: 40,
        timelines: [timelineOf(side)],
      },
    }
  }

  /** Head is back sooner after the restart; nothing else differs. */
  function checkout(side: Side): MetricResult[] {
    const restart = side === 'base' ? 3.9e9 : 2.6e9
    const stuck = broken && side === 'head'
    const scalar = (
      benchmark: string,
      metric: string,
      unit: string,
      better: Better,
      value: number,
    ): MetricResult => ({
      benchmark,
      metric,
      unit,
      better,
      data: { kind: 'scalar', value },
    })
    const of = (name: string) => `checkout/${name}`
    return [
      {
        benchmark: 'checkout',
        metric: 'latency',
        unit: 'ns',
        better: 'lower',
        data: latencies(12e6 * (1 + 0.01 * normal()), 600),
      },
      scalar('checkout', 'throughput', '1/s', 'higher', 188 + normal()),
      scalar('checkout', 'error_rate', 'ratio', 'lower', 0.021 + 0.001 * uniform()),
      scalar('checkout', 'memory.peak', 'B', 'lower', 84e6 + 1e5 * normal()),
      scalar('checkout', 'memory.growth', 'B', 'lower', 3e6 + 1e5 * normal()),
      scalar(of(RESTART.name), 'recovery', 'ns', 'lower', restart * (1 + 0.02 * normal())),
      scalar(of(RESTART.name), 'recovered', 'ratio', 'higher', 1),
      scalar(of(RESTART.name), 'detect', 'ns', 'lower', 5e8),
      scalar(of(RESTART.name), 'fault_errors', 'count', 'lower', Math.round((restart / 1e9) * 160)),
      scalar(of(RESTART.name), 'data_loss', 'count', 'lower', stuck ? 3 : 0),
      scalar(of(SLOW.name), 'recovery', 'ns', 'lower', stuck ? 16e9 : 5.5e9 * (1 + 0.02 * normal())),
      scalar(of(SLOW.name), 'recovered', 'ratio', 'higher', stuck ? 0 : 1),
      scalar(of(SLOW.name), 'detect', 'ns', 'lower', 1e9),
      scalar(of(SLOW.name), 'fault_errors', 'count', 'lower', 0),
      {
        benchmark: of('health'),
        metric: 'response',
        unit: 'ns',
        better: 'lower',
        data: latencies(1.4e6, 80),
      },
      scalar(of('health'), 'availability', 'ratio', 'higher', 0.95),
      scalar(of('high error rate'), 'alert.fired', 'ratio', 'higher', 1),
      scalar(of('high error rate'), 'alert.delay', 'ns', 'lower', 1.9e9 + 1e8 * uniform()),
    ]
  }

  function search(side: Side): MetricResult[] {
    const places = [1, 5, 10, 20].flatMap((users): MetricResult[] => [
      {
        benchmark: `search[users=${users}]`,
        metric: 'latency',
        unit: 'ns',
        better: 'lower',
        data: latencies(8e6 * (1 + 0.03 * users), 200),
      },
      {
        benchmark: `search[users=${users}]`,
        metric: 'throughput',
        unit: '1/s',
        better: 'higher',
        data: { kind: 'scalar', value: ((110 + normal()) * users) / (1 + 0.03 * users) },
      },
    ])
    const slower = side === 'base' ? 1.62 : 1.58
    return [
      ...places,
      {
        benchmark: 'search',
        metric: 'slowdown(p95)',
        unit: 'ratio',
        better: 'lower',
        data: { kind: 'scalar', value: slower + 0.01 * normal() },
      },
    ]
  }

  function latencies(typical: number, operations: number) {
    return sampled(
      Array.from(
        { length: operations },
        () => typical * (1 + 0.2 * Math.abs(normal()) + (uniform() < 0.02 ? uniform() : 0)),
      ),
    )
  }

  function timelineOf(side: Side): Timeline {
    const back = RESTART.injected + (side === 'base' ? 3900 : 2600)
    const stuck = broken && side === 'head'
    return {
      benchmark: 'checkout',
      faults: [RESTART, SLOW],
      load: Array.from({ length: DURATION / SLOT }, (_, i) => {
        const at = i * SLOT
        const down = at >= RESTART.injected && at < back
        const slow = at >= SLOW.injected && (stuck || at < SLOW.healed + SLOT)
        return {
          at,
          width: SLOT,
          answered: down ? 0 : Math.round((slow ? 80 : 100) + 3 * normal()),
          failed: down ? 80 : 0,
          ...(down ? {} : { p99: (slow ? 420e6 : 18e6) * (1 + 0.1 * Math.abs(normal())) }),
        }
      }),
      resources: Array.from({ length: DURATION / SLOT }, (_, i) => {
        const at = i * SLOT
        const down = at >= RESTART.injected && at < RESTART.healed
        return {
          at,
          cpu: down ? 0.04 : 0.35 + 0.02 * normal(),
          memory: down ? 22e6 : 74e6 + 1e5 * i + 5e5 * uniform(),
          processes: 2,
        }
      }),
    }
  }

  function runOf(side: Side): Run {
    const series = new Map<string, Series>()
    for (const { side: of, round, outcome } of executions) {
      if (of !== side || outcome.kind !== 'measured') continue
      for (const result of outcome.parsed.results as readonly MetricResult[]) {
        const { benchmark, metric, unit, better, data } = result
        const key = `${benchmark}\0${metric}`
        const known = series.get(key)?.rounds ?? Array(round).fill(null)
        series.set(key, { benchmark, metric, unit, ...(better && { better }), rounds: [...known, data] })
      }
    }
    const names = [...new Set([...series.values()].map(({ benchmark }) => benchmark))]
    return {
      tool: '0.1.0',
      commit:
        side === 'base'
          ? '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d'
          : '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c',
      machine: MACHINE,
      benchmarks: names.map((name) => ({ name, declared: name, status: 'measured' as const })),
      series: [...series.values()],
    }
  }
}
