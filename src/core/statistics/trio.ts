import { median } from './centre.ts'
import { doubledMidranks } from './ranks.ts'
import { signFlip } from './sign-flip.ts'

/**
 * Three exact tests of "head is higher" on paired rounds; all flip the same coins and differ in how they weigh a
 * round. None is best everywhere: ranks for two-speed processes, Hampel for bursts, rank differences for rare slow runs.
 */
export interface Trio {
  readonly signedRank: number
  readonly hampel: number
  readonly rankDifference: number
}

const HAMPEL_STEPS = 24

/** Wilcoxon's signed ranks (1945), midranks for ties, zeros dropped. */
export function signedRank(base: ArrayLike<number>, head: ArrayLike<number>): number {
  const d: number[] = []
  for (let i = 0; i < base.length; i++) if (head[i] !== base[i]) d.push(head[i]! - base[i]!)
  if (d.length === 0) return 1
  return signFlip(
    doubledMidranks(d.map(Math.abs)),
    d.map((x) => x > 0),
  )
}

/** Differences in units of their median size, full weight at 1.5, none from 4 on (a three-part score after Hampel 1974). */
export function hampel(base: ArrayLike<number>, head: ArrayLike<number>): number {
  const d = Array.from(base, (b, i) => head[i]! - b)
  const positive = d.map((x) => x > 0)
  const unit = median(d.map(Math.abs))
  if (unit === 0) {
    const scores = d.map((x) => (x === 0 ? 0 : 1))
    return scores.some((s) => s > 0) ? signFlip(scores, positive) : 1
  }
  const scores = d.map((x) => {
    const size = Math.abs(x) / unit
    const trust = Math.min(1, Math.max(0, (4 - size) / 2.5))
    return Math.round((HAMPEL_STEPS * Math.min(size, 1.5) * trust) / 1.5)
  })
  return signFlip(scores, positive)
}

/** Difference of the two sides' ranks among all runs of both. */
export function rankDifference(base: ArrayLike<number>, head: ArrayLike<number>): number {
  const n = base.length
  const ranks = doubledMidranks([...Array.from(base), ...Array.from(head)])
  const q = Array.from({ length: n }, (_, i) => ranks[n + i]! - ranks[i]!)
  const even = q.every((x) => x % 2 === 0)
  return signFlip(
    q.map((x) => Math.abs(even ? x / 2 : x)),
    q.map((x) => x > 0),
  )
}

export function trio(base: ArrayLike<number>, head: ArrayLike<number>): Trio {
  return {
    signedRank: signedRank(base, head),
    hampel: hampel(base, head),
    rankDifference: rankDifference(base, head),
  }
}
