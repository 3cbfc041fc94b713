import { expect, test } from 'vitest'
import { judge } from '../../src/core/judge.ts'
import type { Question } from '../../src/core/question.ts'
import { blend, type Pairs } from '../../src/core/statistics/blend.ts'
import { scoresOf, type Witness } from '../../src/core/statistics/witnesses.ts'
import { type Generator, generator } from './generator.ts'
import { question } from './question.ts'

const ROUNDS = 20

function noise(random: Generator, sd: number): readonly number[] {
  return Array.from({ length: ROUNDS }, () => sd * random.normal())
}

/** A tail that is slow where its process is, and the percentiles around it. */
function rounds(seed: number, change: { tail?: number; body?: number } = {}) {
  const random = generator(seed)
  const process = { base: noise(random, 0.2), head: noise(random, 0.2) }
  const seen = (sd: number, moved: number): Pairs => {
    const own = { base: noise(random, sd), head: noise(random, sd) }
    return {
      base: own.base.map((v, i) => v + process.base[i]!),
      head: own.head.map((v, i) => v + process.head[i]! + moved),
    }
  }
  const { tail = 0, body = 0 } = change
  const witnesses: Witness[] = [
    { ...seen(0.06, tail), alike: 1 },
    { ...seen(0.06, tail / 2), alike: 0.5 },
    { ...seen(0.03, body), alike: 0 },
    { ...seen(0.01, body), alike: 0 },
  ]
  return { own: seen(0.05, tail), witnesses }
}

function swapped<P extends Pairs>(pairs: P, round: number): P {
  const exchange = (one: readonly number[], other: readonly number[]) =>
    one.map((v, i) => (i === round ? other[i]! : v))
  return { ...pairs, base: exchange(pairs.base, pairs.head), head: exchange(pairs.head, pairs.base) }
}

test('a round whose coin falls the other way turns its sign in every score, and changes nothing else', () => {
  for (const alike of [undefined, 1])
    for (let seed = 1; seed <= 8; seed++) {
      const { own, witnesses: tails } = rounds(seed, { tail: 0.1 })
      const witnesses = tails.map((one) => ({ ...one, alike: alike ?? one.alike }))
      const away = [own, ...witnesses].map(() => 0.02)
      const round = seed % ROUNDS
      const back = (pairs: Pairs) => ({ ...pairs, head: pairs.head.map((h) => h - 0.02) })
      const before = scoresOf({ own, witnesses }, away)
      // Moved first, then swapped: the hypothesis is that of no change beyond `away`.
      const there = scoresOf(
        {
          own: swapped(back(own), round),
          witnesses: witnesses.map((one) => ({ ...swapped(back(one), round), alike: one.alike })),
        },
        away.map(() => 0),
      )
      before.scored.forEach(({ score }, k) => {
        // The contrast moves its witnesses by less.
        if (before.contrast && k === 0) return
        const turned = score().map((s, i) => (i === round ? -s : s))
        expect(Array.from(there.scored[k]!.score(), (s) => s + 0)).toEqual(Array.from(turned, (s) => s + 0))
      })
    }
})

test('the sum takes out what the statistics have in common', () => {
  const { own, witnesses } = rounds(3, { tail: 0.2 })
  const tail = blend([own, ...witnesses], [1, ...witnesses.map((one) => one.alike)])
  const height = ({ base, head }: Pairs) => {
    const d = head.map((h, i) => h - base[i]!)
    const mean = d.reduce((a, b) => a + b, 0) / ROUNDS
    return mean / Math.sqrt(d.reduce((a, b) => a + (b - mean) ** 2, 0) / ROUNDS)
  }
  expect(height(tail)).toBeGreaterThan(1.5 * height(own))
})

test('statistics of which no round differs have no weight', () => {
  const { own } = rounds(4)
  const still = { base: own.base, head: own.base.slice() }
  expect(blend([own, still], [1, 1]).differences.every(Number.isFinite)).toBe(true)
  expect(Array.from(blend([still], [1]).differences)).toEqual(Array(ROUNDS).fill(0))
})

function asked({ own, witnesses }: ReturnType<typeof rounds>): Question {
  const unit = (side: readonly number[]) => side.map((v) => 1e6 * Math.exp(v))
  return question(unit(own.base), unit(own.head), {
    statistic: 'p99',
    support: witnesses.map((one) => ({ base: unit(one.base), head: unit(one.head), alike: one.alike })),
  })
}

const red = (q: Question) => judge([q], { falseAlarms: 0.01 }).answers[0]!.verdict === 'regressed'

test('a tail that alone became slower is seen through processes that are slow as a whole', () => {
  let alone = 0
  let heard = 0
  for (let seed = 0; seed < 30; seed++) {
    const whole = asked(rounds(100 + seed, { tail: 0.2 }))
    const { support: _, ...without } = whole
    if (red(without)) alone++
    if (red(whole)) heard++
  }
  expect(heard).toBeGreaterThan(25)
  expect(heard - alone).toBeGreaterThan(6)
})

test('a faster median does not make the tail slower', () => {
  let claims = 0
  for (let seed = 0; seed < 60; seed++) if (red(asked(rounds(500 + seed, { body: -0.1 })))) claims++
  expect(claims).toBeLessThanOrEqual(3)
})
