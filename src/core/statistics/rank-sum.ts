import { shiftBetween, winsorisedDeviation } from './centre.ts'
import type { Evidence } from './evidence.ts'
import { upperNormal } from './normal.ts'
import { doubledMidranks } from './ranks.ts'

/** Up to so many rounds of both sides together the test is counted out; beyond, a normal law with ties is close enough. */
const COUNTED = 24

/** P(rank sum of head ≥ the seen one) if every split of all rounds into sides were equally likely (Wilcoxon 1945; Mann and Whitney 1947). */
export function rankSum(base: readonly number[], head: readonly number[]): number {
  const m = head.length
  const n = base.length + m
  if (m === 0 || m === n) return 1
  const ranks = doubledMidranks([...base, ...head])
  let seen = 0
  for (let i = base.length; i < n; i++) seen += ranks[i]!
  return n <= COUNTED ? counted(ranks, m, seen) : approximated(ranks, m, seen)
}

function counted(ranks: readonly number[], m: number, seen: number): number {
  const total = ranks.reduce((a, b) => a + b, 0)
  // ways[j][s]: in how many ways j of the rounds so far have rank sum s
  const ways = Array.from({ length: m + 1 }, () => new Float64Array(total + 1))
  ways[0]![0] = 1
  for (const rank of ranks)
    for (let j = m; j >= 1; j--) {
      const more = ways[j]!
      const fewer = ways[j - 1]!
      for (let s = total; s >= rank; s--) more[s]! += fewer[s - rank]!
    }
  let all = 0
  let atLeast = 0
  const last = ways[m]!
  for (let s = 0; s <= total; s++) {
    all += last[s]!
    if (s >= seen) atLeast += last[s]!
  }
  return atLeast / all
}

function approximated(ranks: readonly number[], m: number, seen: number): number {
  const n = ranks.length
  const mean = m * (n + 1)
  // Variance of a sum of m ranks drawn without replacement, ties included (ranks are doubled, so is their spread).
  let squares = 0
  for (const rank of ranks) squares += (rank - (n + 1)) ** 2
  const variance = (m * (n - m) * squares) / (n * (n - 1))
  if (variance === 0) return 1
  return upperNormal((seen - mean - 1) / Math.sqrt(variance))
}

/** Rounds that were not taken in pairs: exchangeable only if nothing else changed between the two recordings. */
export function unpairedEvidence(base: readonly number[], head: readonly number[]): Evidence {
  const variance =
    winsorisedDeviation(base) ** 2 / Math.max(1, base.length) +
    winsorisedDeviation(head) ** 2 / Math.max(1, head.length)
  const trails = (shift: number) =>
    rankSum(
      head,
      base.map((b) => b + shift),
    )
  return {
    exceeds: (shift) =>
      rankSum(
        base.map((b) => b + shift),
        head,
      ),
    trails,
    within: trails,
    centred: (shift) =>
      rankSum(
        base.map((b) => b + shiftBetween(base, head) - shift),
        head,
      ),
    estimate: shiftBetween(base, head),
    error: Math.sqrt(variance),
  }
}
