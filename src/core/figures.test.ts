import { expect, test } from 'vitest'
import { sampled } from './distribution.ts'
import { figuresOf } from './figures.ts'
import type { Run, Series } from './run.ts'

const latency = (rounds: readonly (readonly number[])[]): Series => ({
  benchmark: 'a',
  metric: 'latency',
  unit: 'ns',
  better: 'lower',
  rounds: rounds.map((values) => sampled([...values])),
})
const told = (series: Series) => figuresOf({ series: [series] } as unknown as Run)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test('a percentile is told where an operation lies beyond it', () => {
  const names = (count: number) => told(latency([upTo(count)])).map(({ statistic }) => statistic)
  expect(names(19)).toEqual(['p50'])
  expect(names(20)).toEqual(['p50', 'p95'])
  expect(names(100)).toEqual(['p50', 'p95', 'p99'])
})

test('rounds of one operation have no tail, however many there are', () => {
  const [only, ...more] = told(latency(upTo(200).map((value) => [value])))
  expect([only!.statistic, more]).toEqual(['p50', []])
  expect(only!.value).toBe(100.5)
  expect(only!.series).toHaveLength(200)
})

test('of what a tool told alone, all of it; of a round that told nothing, nothing', () => {
  const quantiles: Series = {
    ...latency([]),
    rounds: [null, { kind: 'told', quantiles: { p50: 1, p99: 9 }, max: 12 }],
  }
  expect(told(quantiles).map(({ statistic, value, series }) => [statistic, value, series])).toEqual([
    ['p50', 1, [null, 1]],
    ['p99', 9, [null, 9]],
    ['max', 12, [null, 12]],
  ])
})
