import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'
import { parseBudget } from '../../src/core/budget-expression.ts'
import { budgetsFor, isNamed, namesMetric, statisticsFor, thresholdFor } from '../../src/core/settings.ts'
import type { Statistic } from '../../src/core/statistic.ts'
import type { Threshold } from '../../src/core/threshold.ts'

const plan = loadPlan(
  `
threshold: 5%
statistics: [p50, p99]
overrides:
  - { match: "json/*", threshold: 20%, budgets: ["p95 < 9ms"] }
  - { match: "json/hash*", threshold: { p99: 30%, memory.peak: 5MB }, statistics: [mean] }
benchmarks:
  - name: json
    run: x
    threshold: { "*": 8%, p99: 10%, latency: 9%, throughput: 3%, error_rate: 0.5% }
    budgets: ["p95 < 5ms", "error_rate < 1%"]
  - name: plain
    run: x
  - name: bytes
    run: x
    threshold: 5MB
`,
  'tailgate.yml',
)
const [json, plain, bytes] = plan.benchmarks

const percent = (value: number): Threshold => ({ kind: 'relative', value })
const points = (value: number): Threshold => ({ kind: 'absolute', value, unit: 'ratio' })
const amount = (value: number, unit: string): Threshold => ({ kind: 'absolute', value, unit })

const THRESHOLDS: readonly (readonly [
  name: string,
  metric: string,
  statistic: Statistic,
  unit: string,
  expected: Threshold,
])[] = [
  ['plain', 'latency', 'p50', 'ns', percent(0.05)],
  ['plain', 'error_rate', 'value', 'ratio', points(0.001)],
  ['plain', 'cpu.mean', 'value', 'ratio', points(0.001)],
  ['json', 'latency', 'p99', 'ns', percent(0.1)],
  ['json', 'latency', 'p50', 'ns', percent(0.09)],
  ['json', 'throughput', 'value', '1/s', percent(0.03)],
  ['json', 'memory.peak', 'value', 'B', percent(0.08)],
  ['json', 'recovery', 'p99', 'ns', percent(0.1)],
  ['json', 'error_rate', 'value', 'ratio', points(0.005)],
  ['json', 'cache-hit', 'value', 'ratio', points(0.001)],
  ['json/parse', 'latency', 'p99', 'ns', percent(0.2)],
  ['json/parse', 'error_rate', 'value', 'ratio', points(0.005)],
  ['json/hash-1', 'latency', 'p99', 'ns', percent(0.3)],
  ['json/hash-1', 'latency', 'p50', 'ns', percent(0.2)],
  ['json/hash/deep', 'memory.peak', 'value', 'B', amount(5e6, 'B')],
  ['bytes', 'memory.peak', 'value', 'B', amount(5e6, 'B')],
  ['bytes', 'latency', 'p50', 'ns', percent(0.05)],
  ['json', 'constructor', 'value', 'count', percent(0.08)],
]

test.each(THRESHOLDS)('threshold of %s %s %s in %s', (benchmark, metric, statistic, unit, expected) => {
  const declared = [json, plain, bytes].find((b) => b!.name === benchmark.split('/')[0])
  expect(thresholdFor(plan, declared, { benchmark, metric, statistic, unit })).toEqual(expected)
})

test.each([
  [{ p99: percent(0.1) }, 'latency', true],
  [{ latency: percent(0.1) }, 'latency', true],
  [{ '*': percent(0.1) }, 'latency', false],
  [{ p99: percent(0.1) }, 'throughput', false],
  [{ 'memory.peak': percent(0.1) }, 'memory.peak', true],
  [{}, 'toString', false],
] as const)('%j names %s: %s', (thresholds, metric, expected) => {
  expect(namesMetric(thresholds, metric)).toBe(expected)
})

test('a metric is named by any layer that applies to the result', () => {
  const asked = (benchmark: string) => isNamed(plan, json, { benchmark, metric: 'memory.peak' })
  expect(asked('json/parse')).toBe(false)
  expect(asked('json/hash')).toBe(true)
})

test('statistics: the last override, the benchmark, the config; and what thresholds name', () => {
  expect(statisticsFor(plan, plain, 'plain')).toEqual(['p50', 'p99'])
  expect(statisticsFor(plan, json, 'json/hash')).toEqual(['mean', 'p99'])
  const named = loadPlan(
    'threshold: { p99.9: 10% }\nbenchmarks: [{ name: a, run: x, statistics: [mean] }]',
    'f',
  )
  expect(statisticsFor(named, named.benchmarks[0], 'a')).toEqual(['mean', 'p99.9'])
})

test('a budget of an override replaces the one on the same figure only', () => {
  const expressions = (name: string) => budgetsFor(plan, json, name).map(({ expression }) => expression)
  expect(expressions('json')).toEqual(['p95 < 5ms', 'error_rate < 1%'])
  expect(expressions('json/parse')).toEqual(['error_rate < 1%', 'p95 < 9ms'])
  expect(budgetsFor(plan, undefined, 'json/parse')).toEqual([parseBudget('p95 < 9ms')])
})
