/** The gate's verdict over what was found, and what gates. */
import { expect, test } from 'vitest'
import { sampled } from '../../src/core/distribution.ts'
import { statisticsAsked } from '../../src/core/gating.ts'
import type { FailCategory } from '../../src/core/plan.ts'
import type { BudgetResult, Comparison, Failure } from '../../src/core/report.ts'
import type { Series } from '../../src/core/run.ts'
import { slowed } from '../../src/core/slowed.ts'
import { decide } from '../../src/core/verdict.ts'

const DEFAULT: readonly FailCategory[] = ['regression', 'budget', 'missing', 'error']
const comparison = (verdict: Comparison['verdict'], gating = true) => ({ verdict, gating }) as Comparison
const budget = (verdict: BudgetResult['verdict']) => ({ verdict }) as BudgetResult
const failure = (status: Failure['status']): Failure => ({ benchmark: 'x', status, reason: 'so' })

const none = { comparisons: [], budgets: [], failures: [], noBaseline: false, failOn: DEFAULT }
const CASES: readonly [what: string, evidence: Partial<Parameters<typeof decide>[0]>, verdict: string][] = [
  ['all unchanged', { comparisons: [comparison('unchanged'), comparison('improved')] }, 'pass'],
  ['one regressed', { comparisons: [comparison('unchanged'), comparison('regressed')] }, 'fail'],
  [
    'one regressed that does not gate',
    { comparisons: [comparison('unchanged'), comparison('regressed', false)] },
    'pass',
  ],
  ['one missing', { comparisons: [comparison('unchanged'), comparison('missing')] }, 'fail'],
  ['one not told', { comparisons: [comparison('unchanged'), comparison('inconclusive')] }, 'inconclusive'],
  [
    'one not told, and that is to fail',
    { comparisons: [comparison('inconclusive')], failOn: [...DEFAULT, 'inconclusive'] },
    'fail',
  ],
  ['nothing at all', {}, 'inconclusive'],
  ['only new', { comparisons: [comparison('new')] }, 'inconclusive'],
  ['only budgets', { budgets: [budget('met')] }, 'pass'],
  ['a breached budget', { budgets: [budget('met'), budget('breached')] }, 'fail'],
  ['an unknown budget', { budgets: [budget('unknown')] }, 'fail'],
  [
    'an error beside a regression',
    { comparisons: [comparison('regressed')], failures: [failure('error')] },
    'error',
  ],
  [
    'a benchmark that its tool calls failed',
    { comparisons: [comparison('unchanged')], failures: [failure('failed')] },
    'fail',
  ],
  ['a skipped one', { comparisons: [comparison('unchanged')], failures: [failure('skipped')] }, 'pass'],
  ['no baseline', { noBaseline: true }, 'inconclusive'],
  ['no baseline, and that is to fail', { noBaseline: true, failOn: [...DEFAULT, 'no-baseline'] }, 'fail'],
  [
    'an error that is tolerated',
    { comparisons: [comparison('unchanged')], failures: [failure('error')], failOn: ['regression'] },
    'pass',
  ],
]
test.each(CASES)('%s', (_, evidence, verdict) => {
  expect(decide({ ...none, ...evidence }).verdict).toBe(verdict)
})

test('what fail-on leaves out is said', () => {
  const { warnings } = decide({ ...none, comparisons: [comparison('regressed')], failOn: [] })
  expect(warnings.map((warning) => warning.code)).toEqual(['tolerated'])
})

const latency: Series = { benchmark: 'x', metric: 'latency', unit: 'ns', rounds: [sampled([1, 2, 3])] }
const told = (quantiles: Record<string, number>): Series => ({
  ...latency,
  rounds: [{ kind: 'told', quantiles }],
})
const context = { configured: ['p50', 'p95', 'p99'] as const, named: false, only: false }

test('configured statistics of latency gate; where none is told, the first of p50, mean', () => {
  expect(statisticsAsked(latency, latency, context).map((a) => [a.statistic, a.gating])).toEqual([
    ['p50', true],
    ['p95', true],
    ['p99', true],
  ])
  expect(statisticsAsked(told({ p75: 1, p99: 2 }), told({ p99: 2 }), context)).toEqual([
    { statistic: 'p99', gating: true },
  ])
  expect(statisticsAsked(told({ p50: 1 }), told({ p50: 2 }), { ...context, configured: ['p99'] })).toEqual([
    { statistic: 'p50', gating: true },
  ])
})

test('other metrics gate if named or alone', () => {
  const size: Series = { benchmark: 'x', metric: 'size', unit: 'B', rounds: [{ kind: 'scalar', value: 1 }] }
  expect(statisticsAsked(size, size, context)).toEqual([{ statistic: 'value', gating: false }])
  expect(statisticsAsked(size, size, { ...context, only: true })).toEqual([
    { statistic: 'value', gating: true },
  ])
  expect(statisticsAsked(size, size, { ...context, named: true })).toEqual([
    { statistic: 'value', gating: true },
  ])
  const beside = { ...size, primary: false }
  expect(statisticsAsked(beside, beside, { ...context, only: true })).toEqual([
    { statistic: 'value', gating: false },
  ])
})

test('a round of one operation has no tail that could gate', () => {
  const single: Series = { ...latency, rounds: [sampled([1]), sampled([2])] }
  expect(statisticsAsked(single, single, context).map((a) => a.gating)).toEqual([true, false, false])
})

test('slowed makes times longer and rates lower, and leaves shares', () => {
  const run = {
    tool: 'x',
    benchmarks: [],
    series: [
      latency,
      {
        benchmark: 'x',
        metric: 'throughput',
        unit: '1/s',
        rounds: [{ kind: 'scalar' as const, value: 100 }],
      },
      {
        benchmark: 'x',
        metric: 'error_rate',
        unit: 'ratio',
        rounds: [{ kind: 'scalar' as const, value: 0.1 }],
      },
    ],
  }
  const [times, rates, shares] = slowed(run, 0.5).series
  expect([...(times!.rounds[0] as { values: Float64Array }).values]).toEqual([1.5, 3, 4.5])
  expect(rates!.rounds[0]).toEqual({ kind: 'scalar', value: 50 })
  expect(shares!.rounds[0]).toEqual({ kind: 'scalar', value: 0.1 })
})
