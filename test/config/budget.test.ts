import { expect, test } from 'vitest'
import { judgeBudget } from '../../src/core/budget.ts'
import { parseBudget } from '../../src/core/budget-expression.ts'
import type { Measurement, Told } from '../../src/core/distribution.ts'
import { sampled } from '../../src/core/distribution.ts'

const ramp = (count: number, step: number) => sampled(Array.from({ length: count }, (_, i) => (i + 1) * step))
const scalar = (value: number, total?: number): Measurement => ({
  kind: 'scalar',
  value,
  ...(total === undefined ? {} : { total }),
})
const told = (quantiles: Record<string, number>, rest: Partial<Told> = {}): Measurement => ({
  kind: 'told',
  quantiles,
  ...rest,
})

interface Case {
  readonly of: string
  readonly budget: string
  readonly rounds: readonly Measurement[]
  readonly unit: string
  readonly verdict: string
  readonly actual: number | null
  readonly reason?: string
}

const CASES: readonly Case[] = [
  {
    of: 'operations of all rounds are pooled',
    budget: 'max < 101ns',
    rounds: [ramp(100, 1), ramp(50, 1)],
    unit: 'ns',
    verdict: 'met',
    actual: 100,
  },
  {
    of: 'a pooled median is not the median of medians',
    budget: 'p50 < 10ns',
    rounds: [sampled([1, 1, 1]), sampled([100]), sampled([100])],
    unit: 'ns',
    verdict: 'met',
    actual: 1,
  },
  {
    of: 'a breach',
    budget: 'p(95) < 35ms',
    rounds: [ramp(100, 1e6)],
    unit: 'ns',
    verdict: 'breached',
    actual: 95.05e6,
  },
  {
    of: 'exactly at the limit is not below it',
    budget: 'max < 100ns',
    rounds: [ramp(100, 1)],
    unit: 'ns',
    verdict: 'breached',
    actual: 100,
  },
  {
    of: 'exactly at the limit is at most it',
    budget: 'max <= 100ns',
    rounds: [ramp(100, 1)],
    unit: 'ns',
    verdict: 'met',
    actual: 100,
  },
  {
    of: 'a p99 of 99 operations is a guess',
    budget: 'p(99) < 500ms',
    rounds: [ramp(50, 1), ramp(49, 1)],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'p99 of 99 operations is a guess: it needs 100',
  },
  {
    of: 'a p99 of 100 is not',
    budget: 'p(99) < 500ms',
    rounds: [ramp(50, 1), ramp(50, 1)],
    unit: 'ns',
    verdict: 'met',
    actual: 50,
  },
  {
    of: 'a p95 of 19',
    budget: 'p(95) < 5s',
    rounds: [ramp(19, 1)],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'p95 of 19 operations is a guess: it needs 20',
  },
  {
    of: 'a p99.9 of 1000',
    budget: 'p(99.9) < 5s',
    rounds: [ramp(1000, 1)],
    unit: 'ns',
    verdict: 'met',
    actual: 999.001,
  },
  {
    of: 'the fastest percent of too few',
    budget: 'p(1) < 5s',
    rounds: [ramp(50, 1)],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'p1 of 50 operations is a guess: it needs 100',
  },
  {
    of: 'one operation has a median',
    budget: 'p50 < 5s',
    rounds: [sampled([7])],
    unit: 'ns',
    verdict: 'met',
    actual: 7,
  },
  {
    of: 'told quantiles: the median round',
    budget: 'p(99) < 5ms',
    rounds: [told({ p99: 4e6 }), told({ p99: 9e6 }), told({ p99: 3e6 })],
    unit: 'ns',
    verdict: 'met',
    actual: 4e6,
    reason: 'median of 3 rounds: the tool tells p99 only, which cannot be pooled',
  },
  {
    of: 'a told quantile of one round',
    budget: 'p(99) < 5ms',
    rounds: [told({ p99: 4e6 })],
    unit: 'ns',
    verdict: 'met',
    actual: 4e6,
  },
  {
    of: 'a told p99 of too few',
    budget: 'p(99) < 5ms',
    rounds: [told({ p99: 4e6 }, { count: 60 })],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'p99 of 60 operations is a guess: it needs 100',
  },
  {
    of: 'told extremes are exact',
    budget: 'max < 5ms',
    rounds: [told({}, { max: 4e6 }), told({}, { max: 6e6 })],
    unit: 'ns',
    verdict: 'breached',
    actual: 6e6,
  },
  {
    of: 'nothing is interpolated',
    budget: 'p(95) < 5ms',
    rounds: [told({ p90: 1e6, p99: 2e6 })],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'the tool does not tell p95',
  },
  {
    of: 'a round that does not tell',
    budget: 'p(95) < 5ms',
    rounds: [told({ p95: 1e6 }), told({})],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'not every round tells p95',
  },
  {
    of: 'scalars by their median',
    budget: 'throughput > 10/s',
    rounds: [scalar(5), scalar(11), scalar(12)],
    unit: '1/s',
    verdict: 'met',
    actual: 11,
  },
  {
    of: 'the median of an even number',
    budget: 'throughput > 10/s',
    rounds: [scalar(5), scalar(12)],
    unit: '1/s',
    verdict: 'breached',
    actual: 8.5,
  },
  {
    of: 'errors: all failed by all operations',
    budget: 'error_rate < 0.1%',
    rounds: [scalar(0, 9000), scalar(0.01, 1000)],
    unit: 'ratio',
    verdict: 'breached',
    actual: 0.001,
  },
  {
    of: 'errors without totals',
    budget: 'error_rate < 0.1%',
    rounds: [scalar(0), scalar(0.01, 1000), scalar(0)],
    unit: 'ratio',
    verdict: 'met',
    actual: 0,
  },
  {
    of: 'errors of nothing',
    budget: 'error_rate < 0.1%',
    rounds: [scalar(0, 0)],
    unit: 'ratio',
    verdict: 'unknown',
    actual: null,
    reason: 'no operation was made',
  },
  {
    of: 'memory growth by the worst round',
    budget: 'memory.growth < 100MB',
    rounds: [scalar(1e6), scalar(2e8), scalar(1e6)],
    unit: 'B',
    verdict: 'breached',
    actual: 2e8,
  },
  {
    of: 'no round',
    budget: 'p50 < 5ms',
    rounds: [],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'no round has a figure of latency',
  },
  {
    of: 'another unit',
    budget: 'p50 < 5ms',
    rounds: [sampled([1])],
    unit: 'B',
    verdict: 'unknown',
    actual: null,
    reason: 'the limit is in ns, latency in B',
  },
  {
    of: 'a scalar has no percentile',
    budget: 'p50 < 5ms',
    rounds: [scalar(1)],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'latency is one figure a round and has no p50',
  },
  {
    of: 'a distribution has no one value',
    budget: 'latency: value < 5ms',
    rounds: [sampled([1])],
    unit: 'ns',
    verdict: 'unknown',
    actual: null,
    reason: 'latency has many values a round: name one of p50, p95, p99, mean, max',
  },
  {
    of: 'a bare limit on a time is in milliseconds',
    budget: 'waiting: max < 5',
    rounds: [sampled([4e6])],
    unit: 'ns',
    verdict: 'met',
    actual: 4e6,
  },
  {
    of: 'a bare limit on anything else is plain',
    budget: 'depth: max < 5',
    rounds: [sampled([6])],
    unit: 'count',
    verdict: 'breached',
    actual: 6,
  },
  {
    of: 'a bare limit in a unit of the tool',
    budget: 'score: value > 90',
    rounds: [scalar(95)],
    unit: 'points',
    verdict: 'met',
    actual: 95,
  },
  {
    of: 'not a number',
    budget: 'throughput > 10/s',
    rounds: [scalar(Number.NaN)],
    unit: '1/s',
    verdict: 'unknown',
    actual: null,
    reason: 'throughput is not a finite number',
  },
  {
    of: 'infinite',
    budget: 'throughput > 10/s',
    rounds: [scalar(Number.POSITIVE_INFINITY)],
    unit: '1/s',
    verdict: 'unknown',
    actual: null,
    reason: 'throughput is not a finite number',
  },
  { of: 'equal', budget: 'lost: value == 0', rounds: [scalar(0)], unit: 'count', verdict: 'met', actual: 0 },
  {
    of: 'not equal',
    budget: 'lost: value != 0',
    rounds: [scalar(0)],
    unit: 'count',
    verdict: 'breached',
    actual: 0,
  },
]

test.each(CASES)('$of: $budget', ({ budget, rounds, unit, verdict, actual, reason }) => {
  const judged = judgeBudget(parseBudget(budget), rounds, unit)
  expect(judged.verdict).toBe(verdict)
  expect(judged.reason).toBe(reason)
  if (actual === null) expect(judged.actual).toBeNull()
  else expect(judged.actual).toBeCloseTo(actual, 6)
})

test('what a bare limit was held against is told in the unit of what was measured', () => {
  const budget = parseBudget('depth: max < 5')
  expect(judgeBudget(budget, [sampled([6])], 'count')).toMatchObject({ limit: 5, unit: 'count' })
  expect(judgeBudget(budget, [sampled([6])], 'ns')).toMatchObject({ limit: 5e6, unit: 'ns' })
})
