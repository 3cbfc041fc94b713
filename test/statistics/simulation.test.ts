import { expect, test } from 'vitest'
import { judge, lookPlan } from '../../src/core/judge.ts'
import type { Answer, LookPlan, Question } from '../../src/core/question.ts'
import { type Generator, generator } from './generator.ts'
import { question } from './question.ts'

/** Noise of one pair: of base's and of head's logarithm. */
type Noise = (random: Generator, round: number) => readonly [base: number, head: number]

const WORLDS: Readonly<Record<string, Noise>> = {
  'log-normal runs': (r) => [0.03 * r.normal(), 0.03 * r.normal()],
  'heavy tails': (r) => {
    // Student's t with 2 degrees of freedom
    const one = () => (0.02 * r.normal()) / Math.sqrt(-Math.log(1 - r.uniform()))
    return [one(), one()]
  },
  drift: (r, i) => {
    const shared = 0.1 * Math.sin(i / 5) + 0.02 * i
    return [shared + 0.02 * r.normal(), shared + 0.02 * r.normal()]
  },
  'two speeds': (r) => {
    const one = () => (r.uniform() < 0.4 ? 0.12 : 0) + 0.01 * r.normal()
    return [one(), one()]
  },
  bursts: (r) => {
    const one = () => 0.02 * r.normal() + (r.uniform() < 0.15 ? -0.4 * Math.log(1 - r.uniform()) : 0)
    return [one(), one()]
  },
}

function asked(noise: Noise, rounds: number, change: number, random: Generator): Question {
  const pairs = Array.from({ length: rounds }, (_, i) => {
    const [one, other] = noise(random, i)
    // The coin: which run of the two is base.
    return random.uniform() < 0.5 ? [one, other] : [other, one]
  })
  return question(
    pairs.map(([b]) => 1e6 * Math.exp(b!)),
    pairs.map(([, h]) => 1e6 * (1 + change) * Math.exp(h!)),
  )
}

function simulate(noise: Noise, rounds: number, change: number, times: number, seed: number): Answer[] {
  const random = generator(seed)
  return Array.from(
    { length: times },
    () => judge([asked(noise, rounds, change, random)], { falseAlarms: 0.01 }).answers[0]!,
  )
}

function share(answers: readonly Answer[], verdict: Answer['verdict']): number {
  return answers.filter((a) => a.verdict === verdict).length / answers.length
}

for (const [name, noise] of Object.entries(WORLDS)) {
  test(`${name}: nothing changed, next to nothing is called regressed or improved`, () => {
    const answers = simulate(noise, 12, 0, 400, 12)
    // 1 % is promised; more than 8 of 400 would happen once in 50 times then.
    expect(share(answers, 'regressed')).toBeLessThanOrEqual(0.02)
    expect(share(answers, 'improved')).toBeLessThanOrEqual(0.02)
  })

  test(`${name}: the interval holds the true change as often as it says, and never contradicts the verdict`, () => {
    for (const change of [0, 0.08]) {
      const answers = simulate(noise, 12, change, 200, 23)
      const held = answers.filter(
        ({ interval: [low, high] }) => (low ?? -9) <= change && (high ?? 9) >= change,
      )
      expect(answers[0]!.confidence).toBeCloseTo(0.94, 6)
      // Three standard errors of a share of 0.94 in 200.
      expect(held.length / answers.length).toBeGreaterThan(0.94 - 0.051)
      for (const { verdict, interval, change: seen } of answers) {
        const [low, high] = interval
        if (low !== null && high !== null) expect(low).toBeLessThanOrEqual(high)
        if (verdict === 'regressed') expect(low).toBeGreaterThan(0)
        if (verdict === 'regressed') expect(seen).toBeGreaterThanOrEqual(0.05 - 1e-9)
        if (verdict === 'unchanged') expect(high).toBeLessThan(0.05)
        if (verdict === 'improved') expect(high).toBeLessThan(0)
        if (verdict === 'inconclusive') expect(high ?? 9).toBeGreaterThanOrEqual(0.05 - 1e-9)
      }
    }
  })
}

test('a change of 20 % in runs that vary by 3 % is nearly always seen, in 12 rounds', () => {
  expect(share(simulate(WORLDS['log-normal runs']!, 12, 0.2, 200, 5), 'regressed')).toBeGreaterThan(0.98)
  expect(share(simulate(WORLDS.bursts!, 12, 0.2, 200, 5), 'regressed')).toBeGreaterThan(0.6)
})

test('what is said to be visible nine times in ten is', () => {
  const noise = WORLDS['log-normal runs']!
  const detectable = simulate(noise, 12, 0, 100, 3).map((a) => a.detectable!)
  const typical = [...detectable].sort((a, b) => a - b)[50]!
  const seen = share(simulate(noise, 12, typical, 200, 4), 'regressed')
  expect(seen).toBeGreaterThan(0.8)
  expect(seen).toBeLessThan(0.99)
})

/** Looks again and again as the gate does, until settled. */
function measured(all: readonly Question[], plan: LookPlan): Answer[] {
  for (const rounds of plan.looks) {
    const questions = all.map((q) => ({ ...q, base: q.base.slice(0, rounds), head: q.head.slice(0, rounds) }))
    const { answers } = judge(questions, { falseAlarms: 0.01, plan })
    if (answers.every((a) => a.settled)) return [...answers]
  }
  throw new Error('not settled at the last look')
}

test('jobs of twenty metrics that look five times are not red when nothing changed', () => {
  const plan = lookPlan({ min: 6, max: 30 })
  const random = generator(77)
  const noises = Object.values(WORLDS)
  let red = 0
  for (let job = 0; job < 6; job++) {
    const questions = Array.from({ length: 20 }, (_, i) => ({
      ...asked(noises[i % noises.length]!, 30, 0, random),
      benchmark: `b${i}`,
    }))
    if (measured(questions, plan).some((a) => a.verdict === 'regressed')) red++
  }
  expect(red).toBe(0)
})

test('the same rounds give the same answers', () => {
  const make = () => asked(WORLDS.bursts!, 30, 0.07, generator(9))
  expect(judge([make()], { falseAlarms: 0.01 })).toEqual(judge([make()], { falseAlarms: 0.01 }))
})
