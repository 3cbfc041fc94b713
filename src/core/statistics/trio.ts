import { median } from './centre.ts'
import { doubledMidranks } from './ranks.ts'

/**
 * Three ways to weigh the rounds of a paired comparison. Each gives a signed integer a round, positive where head is
 * higher, that only changes its sign when base and head change places. None is best everywhere: ranks for two-speed
 * processes, Hampel for bursts, rank differences for rare slow runs.
 */
type Score = (base: readonly number[], head: readonly number[]) => readonly number[]

const HAMPEL_STEPS = 24

/** Wilcoxon's signed ranks (Biometrics Bulletin 1, 1945), doubled; midranks for ties, zeros dropped. */
export const signedRanks: Score = (base, head) => {
  const differences = head.map((h, i) => h - base[i]!)
  const zeros = differences.reduce((count, d) => count + (d === 0 ? 1 : 0), 0)
  const ranks = doubledMidranks(differences.map(Math.abs))
  return differences.map((d, i) => (d === 0 ? 0 : Math.sign(d) * (ranks[i]! - 2 * zeros)))
}

/**
 * Differences in units of their median size, full weight at 1.5, none from 4 on (a three-part score after Hampel,
 * J. Am. Stat. Assoc. 69, 1974). Signs only where most rounds do not differ.
 */
export function hampelScores(differences: readonly number[]): number[] {
  const unit = median(differences.map(Math.abs))
  if (unit === 0) return differences.map(Math.sign)
  return differences.map((d) => {
    const size = Math.abs(d) / unit
    const trust = Math.min(1, Math.max(0, (4 - size) / 2.5))
    return Math.sign(d) * Math.round((HAMPEL_STEPS * Math.min(size, 1.5) * trust) / 1.5)
  })
}

/** Differences of the two sides' ranks among all runs of both. */
export const rankDifferences: Score = (base, head) => {
  const n = base.length
  const ranks = doubledMidranks([...base, ...head])
  const differences = base.map((_, i) => ranks[n + i]! - ranks[i]!)
  return differences.every((d) => d % 2 === 0) ? differences.map((d) => d / 2) : differences
}
