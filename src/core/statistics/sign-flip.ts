/**
 * The exact sign-flip test: were the rounds' signs only the coins that drew their order?
 *
 * `scores` are the weights of the rounds, non-negative integers that do not change when base and head of a round are
 * swapped. Answers P(Σ scoreᵢ·coinᵢ ≥ Σ scoreᵢ over positive rounds) for fair independent coins: by counting, no
 * approximation, O(N·Σscore). (Fisher, The Design of Experiments, 1935, §21; the counting recursion is that of
 * Wilcoxon's signed-rank distribution with other scores.)
 */
export function signFlip(scores: readonly number[], positive: readonly boolean[]): number {
  let total = 0
  let seen = 0
  for (let i = 0; i < scores.length; i++) {
    total += scores[i]!
    if (positive[i]) seen += scores[i]!
  }
  const chance = new Float64Array(total + 1)
  chance[0] = 1
  let top = 0
  for (const score of scores) {
    if (score === 0) continue
    for (let sum = top + score; sum >= 0; sum--) {
      const without = sum <= top ? chance[sum]! : 0
      const withIt = sum >= score ? chance[sum - score]! : 0
      chance[sum] = 0.5 * (without + withIt)
    }
    top += score
  }
  let p = 0
  for (let sum = total; sum >= seen; sum--) p += chance[sum]!
  return Math.min(1, p)
}
