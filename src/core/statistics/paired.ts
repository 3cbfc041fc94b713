import { average, hodgesLehmann, winsorisedDeviation } from './centre.ts'
import type { Evidence } from './evidence.ts'
import { TESTS } from './looks.ts'
import { signedRank, trio } from './trio.ts'

function smallest(base: ArrayLike<number>, head: ArrayLike<number>): number {
  const p = trio(base, head)
  return Math.min(p.signedRank, p.hampel, p.rankDifference)
}

/**
 * Rounds in pairs whose order was drawn by fair coins. The claim "worse" pays for all three tests; the claim "within
 * tolerance" is held to its own, larger error and takes the best of them.
 */
export function pairedEvidence(
  base: Float64Array,
  head: Float64Array,
  centre: 'hodges-lehmann' | 'mean' = 'hodges-lehmann',
): Evidence {
  const differences = head.map((h, i) => h - base[i]!)
  const few = base.length <= 6
  return {
    exceeds: (shift) =>
      Math.min(
        1,
        TESTS *
          smallest(
            base.map((b) => b + shift),
            head,
          ),
      ),
    trails: (shift) =>
      Math.min(
        1,
        TESTS *
          smallest(
            head,
            base.map((b) => b + shift),
          ),
      ),
    within: (shift) => {
      const moved = base.map((b) => b + shift)
      return few ? signedRank(head, moved) : smallest(head, moved)
    },
    estimate: centre === 'mean' ? average(differences) : hodgesLehmann(differences),
    error: winsorisedDeviation(differences) / Math.sqrt(Math.max(1, base.length)),
  }
}
