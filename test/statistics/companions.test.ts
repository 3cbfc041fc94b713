import { expect, test } from 'vitest'
import { sampled } from '../../src/core/distribution.ts'
import { judge } from '../../src/core/judge.ts'
import type { Question } from '../../src/core/question.ts'
import type { Statistic } from '../../src/core/statistic.ts'
import { companionsOf, supportOf } from '../../src/core/statistics/companions.ts'
import { generator } from './generator.ts'
import { question } from './question.ts'

test('the companions of a percentile', () => {
  const told = (statistic: Statistic) => companionsOf(statistic).map((c) => [c.statistic, c.alike])
  const tail = (beyond: string, near: string, ...far: string[]) => [
    [beyond, 1],
    [near, 0.5],
    ...far.map((name) => [name, 0]),
  ]
  expect(told('p99')).toEqual(tail('p99.5', 'p98', 'p95', 'p50'))
  expect(told('p99.9')).toEqual(tail('p99.95', 'p99.8', 'p99.5', 'p50'))
  expect(told('p95')).toEqual(tail('p97.5', 'p90', 'p75', 'p50'))
  expect(told('p90')).toEqual(tail('p95', 'p80', 'p50'))
  expect(told('p50')).toEqual([
    ['p25', 1],
    ['p10', 1],
  ])
  expect(told('mean')).toEqual([
    ['p50', 1],
    ['p25', 1],
  ])
  expect(companionsOf('value')).toEqual([])
  expect(companionsOf('max')).toEqual([])
})

test('support is what every round tells', () => {
  const round = sampled([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(supportOf('p50', [round], [round])).toEqual([
    { base: [3.5], head: [3.5], alike: 1 },
    { base: [2], head: [2], alike: 1 },
  ])
  const told = { kind: 'told', quantiles: { p50: 3, p25: 2 } } as const
  expect(supportOf('p50', [told], [told])).toEqual([{ base: [2], head: [2], alike: 1 }])
  expect(supportOf('value', [told], [told])).toBeUndefined()
})

test('where a busy machine hides the median, its companions still tell', () => {
  const random = generator(4)
  const noise = (n: number, sd: number) => Array.from({ length: n }, () => Math.exp(sd * random.normal()))
  const asked = question(
    noise(12, 0.15),
    noise(12, 0.15).map((v) => 1.2 * v),
  )
  const quiet = { base: noise(12, 0.01), head: noise(12, 0.01).map((v) => 1.2 * v) }
  const verdict = (q: Question) => judge([q], { falseAlarms: 0.01 }).answers[0]!.verdict
  expect(verdict(asked)).toBe('inconclusive')
  expect(verdict({ ...asked, support: [quiet] })).toBe('regressed')
  // They never help to pass.
  const calm = { base: noise(12, 0.001), head: noise(12, 0.001) }
  expect(verdict({ ...asked, head: noise(12, 0.15), support: [calm] })).toBe('inconclusive')
})

test('what the second of a pair always loses is taken out', () => {
  const random = generator(8)
  const first = Array.from({ length: 12 }, () =>
    random.uniform() < 0.5 ? ('base' as const) : ('head' as const),
  )
  const one = (side: 'base' | 'head', i: number) =>
    1e6 * Math.exp((first[i] === side ? 0 : 0.12) + 0.01 * random.normal())
  const asked = question(
    first.map((_, i) => one('base', i)),
    first.map((_, i) => 1.08 * one('head', i)),
    { statistic: 'value' },
  )
  expect(judge([asked], { falseAlarms: 0.01 }).answers[0]!.verdict).toBe('inconclusive')
  expect(judge([{ ...asked, first }], { falseAlarms: 0.01 }).answers[0]!.verdict).toBe('regressed')
  expect(() => judge([{ ...asked, first: [] }], { falseAlarms: 0.01 })).toThrow(RangeError)
})
