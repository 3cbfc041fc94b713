import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'
import { loosened } from '../../src/config/loosened.ts'
import { thresholdText } from '../../src/config/looser.ts'

const plan = (json: string, rest = '') =>
  loadPlan(
    `benchmarks:\n  - { name: json, run: x${json === '' ? '' : `, ${json}`} }\n  - { name: xml, run: x }\n${rest}\n`,
    'f',
  )

interface Case {
  readonly of: string
  readonly base: readonly [json: string, rest?: string]
  readonly head: readonly [json: string, rest?: string]
  readonly told: readonly string[]
}

const CASES: readonly Case[] = [
  { of: 'nothing', base: [''], head: [''], told: [] },
  {
    of: 'the general threshold, said once',
    base: [''],
    head: ['', 'threshold: 10%'],
    told: ['the threshold went from 5 % to 10 %'],
  },
  { of: 'a stricter threshold', base: ['', 'threshold: 10%'], head: [''], told: [] },
  {
    of: "a benchmark's threshold",
    base: [''],
    head: ['threshold: 12.5%'],
    told: ['json: the threshold went from 5 % to 12.5 %'],
  },
  {
    of: 'a statistic',
    base: ['threshold: { p99: 5% }'],
    head: ['threshold: { p99: 50% }'],
    told: ['json: the threshold of p99 went from 5 % to 50 %'],
  },
  {
    of: 'a stricter exception removed',
    base: ['threshold: { throughput: 1% }'],
    head: [''],
    told: ['json: the threshold of throughput went from 1 % to 5 %'],
  },
  { of: 'a looser exception removed', base: ['threshold: { throughput: 10% }'], head: [''], told: [] },
  {
    of: 'errors, tolerated by points',
    base: [''],
    head: ['threshold: { error_rate: 2% }'],
    told: ['json: the threshold of error_rate went from 0.1 percentage points to 2 percentage points'],
  },
  { of: 'a metric that is now judged', base: [''], head: ['threshold: { memory.peak: 50MB }'], told: [] },
  {
    of: 'a metric that no longer is',
    base: ['threshold: { memory.peak: 50MB }'],
    head: [''],
    told: ['json: memory.peak is no longer judged'],
  },
  {
    of: 'an amount',
    base: ['threshold: { memory.peak: 5MB }'],
    head: ['threshold: { memory.peak: 1.5GB }'],
    told: ['json: the threshold of memory.peak went from 5 MB to 1.5 GB'],
  },
  {
    of: 'a share that became an amount',
    base: [''],
    head: ['threshold: 10ms'],
    told: ['json: the threshold went from 5 % to 10 ms'],
  },
  {
    of: 'a new override',
    base: [''],
    head: ['', 'overrides: [{ match: "json/h*", threshold: 40% }]'],
    told: ['json/h*: the threshold went from 5 % to 40 %'],
  },
  {
    of: 'a stricter override removed',
    base: ['', 'overrides: [{ match: "json/h*", threshold: 1% }]'],
    head: [''],
    told: ['json/h*: the threshold went from 1 % to 5 %'],
  },
  {
    of: 'a budget removed',
    base: ['budgets: ["p95 < 5ms"]'],
    head: [''],
    told: ['json: the budget "p95 < 5ms" was removed'],
  },
  {
    of: 'a budget loosened',
    base: ['budgets: ["p95 < 5ms"]'],
    head: ['budgets: ["p(95) < 6ms"]'],
    told: ['json: the budget "p95 < 5ms" became "p(95) < 6ms"'],
  },
  {
    of: 'a budget that now allows the limit',
    base: ['budgets: ["p95 < 5ms"]'],
    head: ['budgets: ["p95 <= 5ms"]'],
    told: ['json: the budget "p95 < 5ms" became "p95 <= 5ms"'],
  },
  {
    of: 'a budget tightened',
    base: ['budgets: ["p95 <= 5ms", "throughput > 10/s"]'],
    head: ['budgets: ["p95 < 5ms", "throughput >= 11/s"]'],
    told: [],
  },
  {
    of: 'a floor lowered',
    base: ['budgets: ["throughput > 10k/s"]'],
    head: ['budgets: ["throughput > 9k/s"]'],
    told: ['json: the budget "throughput > 10k/s" became "throughput > 9k/s"'],
  },
  {
    of: 'a budget written otherwise',
    base: ['budgets: ["p95 < 5ms"]'],
    head: ['budgets: ["p(95) < 5000us"]'],
    told: [],
  },
  {
    of: 'a ceiling that became a floor',
    base: ['budgets: ["p95 < 5ms"]'],
    head: ['budgets: ["p95 > 5ms"]'],
    told: ['json: the budget "p95 < 5ms" was removed'],
  },
  {
    of: 'fail-on',
    base: [''],
    head: ['', 'fail-on: [regression, error]'],
    told: ['fail-on no longer has budget', 'fail-on no longer has missing'],
  },
  {
    of: 'statistics, said once',
    base: [''],
    head: ['', 'statistics: [p50, p95]'],
    told: ['p99 is no longer judged'],
  },
  {
    of: "a benchmark's statistics",
    base: [''],
    head: ['statistics: [mean]'],
    told: ['json: p50 is no longer judged', 'json: p95 is no longer judged', 'json: p99 is no longer judged'],
  },
  {
    of: 'no comparison any more',
    base: [''],
    head: ['', 'compare: none'],
    told: ['nothing is compared any more (compare: none)'],
  },
]

test.each(CASES)('$of', ({ base, head, told }) => {
  const warnings = loosened(plan(...base), plan(...head))
  expect(warnings.map(({ message }) => message)).toEqual(told)
  for (const { code, message, benchmark } of warnings) {
    expect(code).toBe('loosened')
    expect(benchmark).toBe(message.startsWith('json: ') ? 'json' : undefined)
  }
})

test('a benchmark that is gone is not told here, nor is a new one', () => {
  const other = loadPlan('benchmarks: [{ name: new, run: x, threshold: 90% }, { name: xml, run: x }]', 'f')
  expect(loosened(plan('budgets: ["p95 < 5ms"]'), other)).toEqual([])
})

test.each([
  [{ kind: 'relative', value: 0.05 }, '5 %'],
  [{ kind: 'relative', value: 0.0725 }, '7.25 %'],
  [{ kind: 'absolute', value: 0.001, unit: 'ratio' }, '0.1 percentage points'],
  [{ kind: 'absolute', value: 1500, unit: 'ns' }, '1.5 µs'],
  [{ kind: 'absolute', value: 2, unit: 'ns' }, '2 ns'],
  [{ kind: 'absolute', value: 3, unit: 'count' }, '3'],
  [{ kind: 'absolute', value: 10, unit: '1/s' }, '10 1/s'],
] as const)('%j is written %s', (threshold, text) => {
  expect(thresholdText(threshold)).toBe(text)
})
