/** Trends over stored runs: a level that changed is seen, noise is not. */
import { expect, test } from 'vitest'
import { rulesOf } from '../../src/core/rules.ts'
import type { Run } from '../../src/core/run.ts'
import { changePoint, changePoints } from '../../src/core/statistics/change-point.ts'
import { DEFAULT_THRESHOLD } from '../../src/core/threshold.ts'
import { trendsOf, trendWarnings } from '../../src/core/trend.ts'
import { generator } from '../cli/rounds.ts'

function noise(seed: number, n: number, level: (i: number) => number): number[] {
  const random = generator(seed)
  return Array.from({ length: n }, (_, i) => level(i) * (1 + 0.02 * (random() + random() - 1)))
}

test('a step is found where it is', () => {
  const found = changePoints(
    noise(1, 30, (i) => (i < 18 ? 100 : 106)),
    0.01,
  )
  expect(found.map((change) => change.at)).toEqual([18])
})

test('two steps are two', () => {
  const found = changePoints(
    noise(2, 60, (i) => (i < 20 ? 100 : i < 40 ? 105 : 110)),
    0.01,
  )
  expect(found.length).toBe(2)
})

test('noise has steps no more often than is said', () => {
  let alarms = 0
  for (let seed = 1; seed <= 1000; seed++)
    if ((changePoint(noise(seed, 30, () => 100))?.p ?? 1) <= 0.01) alarms += 1
  expect(alarms).toBeLessThanOrEqual(15)
})

test('too few, or all equal: none', () => {
  expect(changePoint([1, 2, 3])).toBeUndefined()
  expect(changePoint([1, 1, 1, 1, 1])).toBeUndefined()
})

test('a creep below the threshold is told, and fails nothing', () => {
  const machine = { cpu: 'x', cores: 2, memory: 1, os: 'linux', runtime: 'node' }
  const run = (value: number, i: number): Run => ({
    tool: 'x',
    commit: `${i}`.padStart(40, '0'),
    machine,
    benchmarks: [{ name: 'a', declared: 'a', status: 'measured' }],
    series: [
      {
        benchmark: 'a',
        metric: 'throughput',
        unit: '1/s',
        better: 'higher',
        rounds: [{ kind: 'scalar', value }],
      },
    ],
  })
  const runs = noise(3, 30, (i) => (i < 15 ? 100 : 96)).map(run)
  const head = runs.at(-1)!
  const rules = rulesOf(
    { benchmarks: [], statistics: ['p50'], thresholds: { '*': DEFAULT_THRESHOLD }, overrides: [] },
    runs,
  )
  const trends = trendsOf(runs.slice(0, -1).reverse(), head, rules)
  expect(trends[0]).toMatchObject({
    benchmark: 'a',
    changes: [{ at: 15, commit: `${15}`.padStart(40, '0') }],
  })
  expect(trends[0]!.drift).toBeCloseTo(-0.04, 1)
  expect(trendWarnings(trends)[0]!.message).toContain('−')
})
