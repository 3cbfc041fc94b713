import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BenchmarkPlan, Plan } from './plan.ts'
import type { Run } from './run.ts'
import { durationsOf, parseShard, shardBasePlan, sharded, shardPlan } from './shard.ts'

function planOf(names: readonly string[]): Plan {
  return {
    benchmarks: names.map((name) => ({ name }) as BenchmarkPlan),
    falseAlarms: 0.01,
  } as unknown as Plan
}
const namesOf = (plan: Plan) => plan.benchmarks.map(({ name }) => name)
const anyNames = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 40 })

test('every benchmark is in exactly one shard, in the order of the suite, and the false alarms add up', () => {
  fc.assert(
    fc.property(
      anyNames,
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.float({ min: 0, noNaN: true })),
      (names, of, seconds) => {
        const durations = new Map(names.slice(0, seconds.length).map((name, i) => [name, seconds[i]!]))
        const shards = Array.from({ length: of }, (_, i) =>
          shardPlan(planOf(names), { index: i + 1, of }, durations),
        )
        expect(shards.flatMap(namesOf).sort()).toEqual([...names].sort())
        for (const shard of shards)
          expect(namesOf(shard)).toEqual(names.filter((name) => namesOf(shard).includes(name)))
        expect(shards.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0)).toBeCloseTo(0.01, 12)
      },
    ),
  )
})

test.each([
  ['longest first', [90, 60, 50, 40, 30, 20, 10, 5, 5]],
  ['shortest first', [5, 5, 10, 20, 30, 40, 50, 60, 90]],
])('the longest shard is within 4/3 of what is possible, in a suite with the %s', (_, seconds) => {
  const names = seconds.map((_, i) => `b${i}`)
  const durations = new Map(names.map((name, i) => [name, seconds[i]!]))
  const loads = [1, 2, 3].map((index) =>
    namesOf(shardPlan(planOf(names), { index, of: 3 }, durations)).reduce(
      (sum, n) => sum + durations.get(n)!,
      0,
    ),
  )
  expect(Math.max(...loads)).toBeLessThanOrEqual((310 / 3) * (4 / 3))
})

const partsOf = (names: string, of: number, seconds: Readonly<Record<string, number>>) => {
  const durations = new Map(Object.entries(seconds))
  return Array.from({ length: of }, (_, i) =>
    namesOf(shardPlan(planOf([...names]), { index: i + 1, of }, durations)).join(''),
  )
}

test('a benchmark that was not there counts as the others do on average, without those that took no time', () => {
  expect(partsOf('abcd', 2, { a: 12, b: 10, c: 10 })).toEqual(['ac', 'bd'])
  expect(partsOf('abcd', 2, {})).toEqual(['ac', 'bd'])
  expect(partsOf('cdefab', 3, { a: 0, b: 0, c: 30, d: 30 })).toEqual(['cf', 'dab', 'e'])
})

test('a split is known by what it was made from, and base is judged in the same part', () => {
  const whole = planOf(['a', 'b', 'c'])
  const part = (durations?: ReadonlyMap<string, number>, index = 1) =>
    sharded(whole, () => planOf(['a', 'gone']), { shard: { index, of: 2 }, place: '--shard', durations })
  const plain = part()
  const timed = part(new Map(Object.entries({ a: 1, b: 1, c: 100 })))
  expect([namesOf(plain.plan), namesOf(timed.plan)]).toEqual([['a', 'c'], ['c']])
  expect(plain.shard.split).not.toBe(timed.shard.split)
  expect(part(undefined, 2).shard.split).toBe(plain.shard.split)
  const base = plain.planOf('')
  expect([namesOf(base), base.falseAlarms]).toEqual([['a', 'gone'], 0.005])
  expect(() => sharded(planOf(['a']), () => whole, { shard: { index: 2, of: 2 }, place: '--shard' })).toThrow(
    'shard 2/2 has nothing to do: there are 1 benchmarks',
  )
})

test('seconds are those of the declared benchmarks that tell them', () => {
  const about = { name: 'a/x', status: 'measured' } as const
  const run = {
    benchmarks: [
      { ...about, declared: 'a', seconds: 3 },
      { ...about, declared: 'b' },
    ],
  }
  expect([...durationsOf(run as unknown as Run)]).toEqual([['a', 3]])
})

test('what head has dropped is missed by one shard only, what other shards measure by none', () => {
  const head = planOf(['a', 'b', 'c', 'd'])
  const base = planOf(['a', 'b', 'gone', 'c'])
  const missed = [1, 2].map((index) => {
    const shard = { index, of: 2 }
    const part = shardPlan(head, shard)
    return namesOf(shardBasePlan(base, { whole: head, part }, shard)).filter(
      (n) => !namesOf(part).includes(n),
    )
  })
  expect(missed).toEqual([['gone'], []])
})

test.each(['', '0/2', '3/2', '1/257', '1/2/3', 'x', '-1/2'])('%j is no shard', (text) => {
  expect(() => parseShard(text, 'input "shard"')).toThrow(/is no shard/)
})

test('2/8 is the second of eight', () => {
  expect(parseShard(' 2 / 8 ', '')).toEqual({ index: 2, of: 8 })
})
