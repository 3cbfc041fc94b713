import { expect, test } from 'vitest'
import { isFailed } from '../../src/core/result.ts'
import { fitScalability, throughputAt } from '../../src/core/scalability.ts'
import { sweepResults } from '../../src/core/sweep.ts'
import { benchmark, load, parsedOf, reasonOf, stage, value } from './world.ts'

test('a sweep of connections: a result for each, the slow-down, and how it scales', async () => {
  const sweep = { key: 'connections', values: [1, 2, 4, 8] }
  const outcome = await stage().execute(benchmark({ load: load('/slow', { duration: 250 }), sweep }))
  const names = parsedOf(outcome).results.flatMap((one) => (isFailed(one) ? [] : one.benchmark))
  expect(new Set(names)).toEqual(
    new Set(['a[connections=1]', 'a[connections=2]', 'a[connections=4]', 'a[connections=8]', 'a']),
  )
  // A timer of 10 ms does not mind how many wait for it.
  expect(value(outcome, 'throughput', 'a[connections=8]')).toBeGreaterThan(
    3 * value(outcome, 'throughput', 'a[connections=1]'),
  )
  expect(value(outcome, 'slowdown(p50)')).toBeGreaterThan(0.5)
  expect(value(outcome, 'slowdown(p50)')).toBeLessThan(3)
  expect(value(outcome, 'scalability.contention')).toBeLessThan(0.5)
  expect(value(outcome, 'memory.peak', 'a[connections=8]')).toBeGreaterThan(1e7)
})

test('a script finds the parameter in its environment', async () => {
  const run = `echo "{\\"benchmark\\": \\"inner\\", \\"unit\\": \\"ms\\", \\"value\\": $users}"`
  const sweep = { key: 'users', values: [3, 1] }
  const outcome = await stage().execute(benchmark({ run, services: [], sweep }))
  expect(value(outcome, 'latency', 'a[users=3]/inner')).toBe(3e6)
  expect(value(outcome, 'latency', 'a[users=1]/inner')).toBe(1e6)
})

test('one value that fails fails the sweep, and is named', async () => {
  const run = '[ $users = 2 ] && exit 4; echo \'{"unit": "ms", "value": 1}\''
  const sweep = { key: 'users', values: [1, 2, 3] }
  expect(reasonOf(await stage().execute(benchmark({ run, services: [], sweep })))).toBe(
    'at users 2: exit code 4',
  )
})

/** Throughput as the law has it. */
function points(alone: number, contention: number, coherency: number, at: readonly number[]) {
  return at.map((concurrency) => ({
    concurrency,
    throughput: throughputAt({ alone, contention, coherency }, concurrency),
  }))
}

test('the law is found again in what was made by it', () => {
  const fit = fitScalability(points(995.6, 0.02671, 0.000769, [1, 2, 4, 8, 16, 32, 48]))!
  expect(fit.alone).toBeCloseTo(995.6, 6)
  expect(fit.contention).toBeCloseTo(0.02671, 9)
  expect(fit.coherency).toBeCloseTo(0.000769, 9)
  // sqrt((1 - 0.02671) / 0.000769) = 35.576
  expect(fit.peak).toBeCloseTo(35.576, 3)
  expect(fit.most).toBeCloseTo(throughputAt(fit, 35.576), 4)
})

test('linear, or limited by contention alone: no coefficient below 0, and no peak that there is not', () => {
  const linear = fitScalability(points(10, 0, 0, [1, 5, 10, 20]))!
  expect([linear.contention, linear.coherency]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
  const amdahl = fitScalability(
    points(100, 0.1, 0, [1, 5, 10, 20]).map((p, i) => ({
      ...p,
      throughput: p.throughput * (1 + (i % 2 ? 0.004 : -0.004)),
    })),
  )!
  expect(amdahl.contention).toBeGreaterThan(0.05)
  expect(amdahl.coherency).toBeGreaterThanOrEqual(0)
  // Better than linear (a cache that warms up) is not in the law.
  const better = fitScalability([1, 2, 4].map((n) => ({ concurrency: n, throughput: n ** 1.2 })))!
  expect([better.contention, better.coherency]).toEqual([0, 0])
  expect(better.peak).toBeUndefined()
  expect(fitScalability(points(10, 0, 0, [1, 5, 5]))).toBeUndefined()
})

test('the slow-down is from the smallest value to the largest, in whatever order they were measured', () => {
  const part = (value: number, latency: number, throughput: number) => ({
    value,
    results: [
      {
        benchmark: `a[connections=${value}]`,
        metric: 'latency',
        unit: 'ns',
        data: { kind: 'told', mean: latency, quantiles: { p95: 2 * latency } },
      },
      {
        benchmark: `a[connections=${value}]`,
        metric: 'throughput',
        unit: '1/s',
        data: { kind: 'scalar', value: throughput },
      },
    ] as const,
  })
  const told = sweepResults('a', 'connections', [part(20, 40, 90), part(1, 10, 20), part(5, 12, 80)])
  const of = (metric: string) => {
    const data = told.find((one) => one.metric === metric)?.data
    return data?.kind === 'scalar' ? data.value : undefined
  }
  expect(of('slowdown(p95)')).toBe(4)
  expect(of('slowdown(p50)')).toBeUndefined()
  // Throughput by latency: 2, 6.7 and 2.25.
  expect(of('scalability.knee')).toBe(5)
  expect(
    sweepResults(
      'a',
      'size',
      [part(1, 1, 1), part(2, 2, 2)].map((one) => ({ ...one, results: [] })),
    ),
  ).toEqual([])
})
