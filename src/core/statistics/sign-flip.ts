/**
 * The exact sign-flip test of one score: were the rounds' signs only the coins that drew their order?
 *
 * `scores` are signed integers, one a round. Answers P(Σ |scoreᵢ|·coinᵢ ≥ Σ of the positive scores) for fair
 * independent coins: by counting, no approximation, in N·Σ|score| steps (Fisher, The Design of Experiments, 1935, §21;
 * the recursion is the one of Wilcoxon's signed-rank distribution, with other scores).
 */
export function signFlip(scores: readonly number[]): number {
  let against = 0
  let total = 0
  for (const score of scores) {
    total += Math.abs(score)
    if (score < 0) against -= score
  }
  if (total === 0) return 1
  // By symmetry P(sum ≥ seen) = P(sum ≤ total − seen): a strong claim has little on the other side to count.
  const chance = new Float64Array(against + 1)
  chance[0] = 1
  for (const score of scores) {
    const size = Math.abs(score)
    if (size === 0) continue
    for (let sum = against; sum >= size; sum--) chance[sum] = 0.5 * (chance[sum]! + chance[sum - size]!)
    for (let sum = Math.min(size - 1, against); sum >= 0; sum--) chance[sum]! *= 0.5
  }
  let p = 0
  for (const share of chance) p += share
  return Math.min(1, p)
}
