import { expect, test } from 'vitest'
import { largestByChance } from '../../src/core/statistics/shared-coins.ts'
import { signFlip } from '../../src/core/statistics/sign-flip.ts'
import { generator } from './generator.ts'

/** By trying every turn of the coins, one at a time. */
function tried(scores: readonly (readonly number[])[]): number {
  const rounds = scores[0]!.length
  const largest = (turn: number) =>
    Math.max(
      ...scores.map((score) => {
        let sum = 0
        let squares = 0
        score.forEach((s, i) => {
          sum += (turn >> i) & 1 ? -s : s
          squares += s * s
        })
        return sum / Math.sqrt(squares)
      }),
    )
  const seen = largest(0) - 1e-9
  let reached = 0
  for (let turn = 0; turn < 2 ** rounds; turn++) if (largest(turn) >= seen) reached++
  return reached / 2 ** rounds
}

function drawn(rounds: number, seed: number, lift = 0): readonly number[][] {
  const random = generator(seed)
  return Array.from({ length: 3 }, () =>
    Array.from({ length: rounds }, () => Math.round(10 * (random.normal() + lift))),
  )
}

test('few rounds: every turn of the coins is tried', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const scores = drawn(8, seed, 0.5)
    expect(largestByChance(scores, 14)).toBeCloseTo(tried(scores), 12)
  }
})

test('one score: the same as counting it out', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const [score] = drawn(12, seed, 0.4)
    expect(largestByChance([score!], 14)).toBeCloseTo(signFlip(score!), 10)
  }
})

test('many rounds: a group of turns stands for all of them', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const [score] = drawn(24, seed, 0.3)
    const exact = signFlip(score!)
    // Four standard errors of a share counted in 2^12 turns.
    const error = 4 * Math.sqrt((exact * (1 - exact)) / 4096) + 1 / 4096
    expect(Math.abs(largestByChance([score!], 12) - exact)).toBeLessThan(error)
  }
})

test('under the coins alone a group of turns claims no more often than its level', () => {
  const random = generator(3)
  const sizes = drawn(20, 5)
  let claims = 0
  for (let trial = 0; trial < 2000; trial++) {
    const coins = Array.from({ length: 20 }, () => (random.uniform() < 0.5 ? 1 : -1))
    const scores = sizes.map((size) => size.map((s, i) => s * coins[i]!))
    if (largestByChance(scores, 9) <= 0.05) claims++
  }
  // 5 % and three standard errors.
  expect(claims / 2000).toBeLessThan(0.0647)
  expect(claims / 2000).toBeGreaterThan(0.03)
})

test('nothing differs, nothing is claimed', () => {
  expect(largestByChance([new Array<number>(9).fill(0)], 12)).toBe(1)
  expect(signFlip(new Array<number>(9).fill(0))).toBe(1)
})
