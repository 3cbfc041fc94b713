import { expect, test } from 'vitest'
import { fewestRounds, judge, lookPlan } from '../../src/core/judge.ts'
import type { Answer, JudgeOptions, Question } from '../../src/core/question.ts'
import { generator } from './generator.ts'
import { question } from './question.ts'

const OPTIONS: JudgeOptions = { falseAlarms: 0.01 }

/** Pairs of about 1 ms with 1 % noise, head `factor` times as long. */
function rounds(n: number, factor: number, seed = 1, noise = 0.01): { base: number[]; head: number[] } {
  const random = generator(seed)
  const one = () => 1e6 * Math.exp(noise * random.normal())
  return { base: Array.from({ length: n }, one), head: Array.from({ length: n }, () => factor * one()) }
}

function one(
  base: readonly number[],
  head: readonly number[],
  more: Partial<Question> = {},
  options = OPTIONS,
): Answer {
  return judge([question(base, head, more)], options).answers[0]!
}

test('12 clear rounds are regressed, improved or unchanged', () => {
  const slow = rounds(12, 1.2)
  const worse = one(slow.base, slow.head)
  expect(worse.verdict).toBe('regressed')
  expect(worse.change).toBeCloseTo(0.2, 1)
  expect(worse.interval[0]).toBeGreaterThan(0)
  expect(worse.head / worse.base - 1).toBe(worse.change)
  expect(worse.settled).toBe(true)
  expect(one(slow.head, slow.base).verdict).toBe('improved')
  const same = rounds(12, 1)
  const unchanged = one(same.base, same.head)
  expect(unchanged.verdict).toBe('unchanged')
  expect(unchanged.interval[1]).toBeLessThan(0.05)
  expect(unchanged.detectable).toBeGreaterThan(0.04)
  expect(unchanged.detectable).toBeLessThan(0.1)
})

test('where higher is better everything is mirrored', () => {
  const { base, head } = rounds(12, 1 / 1.2)
  const worse = one(base, head, { better: 'higher', unit: '1/s', metric: 'throughput', statistic: 'value' })
  expect(worse.verdict).toBe('regressed')
  expect(worse.change).toBeCloseTo(1 / 1.2 - 1, 1)
  expect(worse.interval[1]).toBeLessThan(0)
  expect(worse.interval[0]! < worse.interval[1]!).toBe(true)
  expect(worse.detectable).toBeGreaterThan(0)
})

test('five rounds may be unchanged and never regressed, and say so', () => {
  const { base, head } = rounds(5, 2)
  const slow = one(base, head)
  expect(slow.verdict).toBe('inconclusive')
  expect(slow.reason).toContain('5 rounds a side cannot show a regression')
  expect(slow.detectable).toBeNull()
  const same = rounds(5, 1)
  expect(one(same.base, same.head).verdict).toBe('unchanged')
  const unpaired = one(base, head, { paired: false })
  expect(unpaired.verdict).toBe('inconclusive')
  expect(unpaired.reason).toContain('cannot show a regression')
})

test('counts that do not vary are compared exactly', () => {
  const bytes = { unit: 'B', metric: 'alloc', exact: true } as const
  expect(one([100, 100], [106, 106], bytes).verdict).toBe('regressed')
  expect(one([100, 100], [105, 105], bytes).verdict).toBe('regressed')
  expect(one([100, 100], [104, 104], bytes).verdict).toBe('unchanged')
  expect(one([100, 100], [90, 90], bytes).verdict).toBe('improved')
  expect(one([100], [200], bytes).verdict).toBe('regressed')
  expect(one([100], [200], { ...bytes, metric: 'memory.peak' }).verdict).toBe('inconclusive')
  expect(one([0, 0], [8, 8], bytes)).toMatchObject({ verdict: 'regressed', change: null, difference: 8 })
})

test('identical and zero rounds are unchanged', () => {
  expect(one([5, 5, 5], [5, 5, 5]).verdict).toBe('unchanged')
  const errors = {
    metric: 'error_rate',
    unit: 'ratio',
    threshold: { kind: 'absolute', value: 0.001, unit: 'ratio' },
  } as const
  expect(one([0, 0, 0], [0, 0, 0], errors).verdict).toBe('unchanged')
})

test('shares are judged by difference', () => {
  const errors = {
    metric: 'error_rate',
    unit: 'ratio',
    threshold: { kind: 'absolute', value: 0.001, unit: 'ratio' },
  } as const
  const random = generator(7)
  const base = Array.from({ length: 12 }, () => 0)
  const head = Array.from({ length: 12 }, () => 0.02 + 0.01 * random.uniform())
  const worse = one(base, head, errors)
  expect(worse).toMatchObject({ verdict: 'regressed', change: null })
  expect(worse.interval[0]).toBeGreaterThan(0)
  expect(worse.difference).toBeCloseTo(0.025, 2)
})

test('what is refused is inconclusive with its reason', () => {
  const { base, head } = rounds(12, 2)
  expect(one(base, head, { refused: 'p99 of 50 operations' })).toMatchObject({
    verdict: 'inconclusive',
    reason: 'p99 of 50 operations',
    settled: true,
  })
  expect(one(base, head, { mayRegress: false }).verdict).toBe('inconclusive')
  expect(one([Number.NaN, 1], [1, 1]).verdict).toBe('inconclusive')
})

test('one noisy round a side is inconclusive', () => {
  const answer = one([100], [200], { paired: false })
  expect(answer).toMatchObject({ verdict: 'inconclusive', base: 100, head: 200, change: 1 })
  expect(answer.reason).toContain('one round a side')
})

test('unpaired recordings are compared by ranks', () => {
  const slow = rounds(12, 1.2)
  expect(one(slow.base, slow.head, { paired: false }).verdict).toBe('regressed')
  const same = rounds(12, 1, 3)
  expect(one(same.base, same.head, { paired: false }).verdict).toBe('unchanged')
})

test('history assumes at least the spread that it is told', () => {
  const { base, head } = rounds(5, 1.1)
  const history = { paired: false, spreadFloor: 0.05 }
  expect(one(base, head, history).verdict).toBe('inconclusive')
  const slow = rounds(5, 1.6)
  expect(one(slow.base, slow.head, history).verdict).toBe('regressed')
})

test('ten times as fast is suspicious', () => {
  const { base, head } = rounds(12, 0.05)
  const answer = one(base, head)
  expect(answer.verdict).toBe('improved')
  expect(answer.reason).toContain('suspicious: check the workload')
})

test('six rounds that are all far below the threshold are not unchanged', () => {
  const options = { falseAlarms: 0.01, plan: lookPlan({ min: 6, max: 30 }) }
  const { base, head } = rounds(6, 0.5)
  expect(one(base, head, {}, options)).toMatchObject({ verdict: 'improved', settled: true })
  const none = rounds(6, 0.05)
  expect(one(none.base, none.head, {}, options).reason).toMatch(/suspicious/)
  const throughput = one(head, base, { better: 'higher' }, options)
  expect(throughput.verdict).toBe('improved')
  expect(throughput.interval[0]).toBeGreaterThan(0.05)
})

test('faster with more errors is not an improvement', () => {
  const fast = rounds(12, 0.5)
  const errors = question(
    new Array(12).fill(0),
    fast.head.map((_, i) => 0.3 + i / 1000),
    {
      metric: 'error_rate',
      unit: 'ratio',
      threshold: { kind: 'absolute', value: 0.001, unit: 'ratio' },
    },
  )
  const { answers } = judge([question(fast.base, fast.head), errors], OPTIONS)
  expect(answers[0]).toMatchObject({
    verdict: 'inconclusive',
    reason: 'better, but with more errors: not an improvement',
  })
  expect(answers[1]!.verdict).toBe('regressed')
})

test('looks wait for their rounds, and the last may come early', () => {
  const plan = lookPlan({ min: 6, max: 30 })
  expect(plan.looks).toEqual([6, 10, 14, 20, 30])
  const { base, head } = rounds(12, 1.5)
  const cut = (n: number, options: JudgeOptions) => one(base.slice(0, n), head.slice(0, n), {}, options)
  expect(cut(4, { falseAlarms: 0.01, plan })).toMatchObject({ verdict: 'inconclusive', settled: false })
  expect(cut(6, { falseAlarms: 0.01, plan })).toMatchObject({ verdict: 'inconclusive', settled: false })
  expect(cut(12, { falseAlarms: 0.01, plan, final: true }).verdict).toBe('regressed')
})

test('the fewest rounds for a regression', () => {
  expect(fewestRounds(1, 0.01)).toBe(7)
  expect(fewestRounds(24, 0.01)).toBe(12)
  expect(fewestRounds(24, 0.01, lookPlan({ min: 6, max: 30 }))).toBe(14)
  expect(fewestRounds(24, 0.01, lookPlan({ min: 6, max: 10 }))).toBeGreaterThan(10)
})

test('one noisy metric among many does not make the rest red', () => {
  const same = Array.from({ length: 30 }, (_, i) => {
    const { base, head } = rounds(11, 1, i + 10, 0.05)
    return question(base, head, { benchmark: `b${i}` })
  })
  const slow = rounds(11, 1.5)
  const { answers } = judge([...same, question(slow.base, slow.head)], OPTIONS)
  expect(answers.filter((a) => a.verdict === 'regressed')).toHaveLength(0) // 31 questions need 12 rounds
  expect(answers[30]!.reason).toContain('12 are needed')
})

test('unequal pairs and impossible rates are faults of the caller', () => {
  expect(() => judge([question([1, 2], [1])], OPTIONS)).toThrow(RangeError)
  expect(() => judge([], { falseAlarms: 0 })).toThrow(RangeError)
})

test.each([
  ['lower', 1000, 1100],
  ['higher', 1000, 900],
  ['higher', 50, 1000],
  ['higher', 1_000_000.55395, 800_000.468613],
] as const)('where all rounds agree the interval still holds the change: %s, %d to %d', (better, b, h) => {
  const answer = one(new Array(12).fill(b), new Array(12).fill(h), { better })
  expect(answer.interval[0]).toBeLessThanOrEqual(answer.change!)
  expect(answer.interval[1]).toBeGreaterThanOrEqual(answer.change!)
})
