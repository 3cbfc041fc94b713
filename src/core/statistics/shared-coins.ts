/**
 * Several scores of the same rounds, one test: is the largest of them larger than the rounds' coins make it?
 *
 * The scores of a round change their sign together when its coin falls the other way. So the law of the largest
 * standardised sum is found by turning the coins, and looking at many scores costs only what they really differ by,
 * not their number (Westfall and Young, Resampling-Based Multiple Testing, 1993: max T).
 *
 * With no more rounds than `bits` all 2^N turns are tried. With more, 2^bits of them that form a group: then the test
 * is still exact, not approximate (Hemerik and Goeman, TEST 27, 2018). The group is a linear code, one column a round,
 * and all its sums come out of one fast Walsh–Hadamard transform.
 *
 * `height`: of the largest sum that is to be explained, if not that of all scores (a smaller one errs on the safe side).
 */
export function largestByChance(
  scores: readonly (readonly number[])[],
  bits: number,
  height?: number,
): number {
  const rounds = scores[0]?.length ?? 0
  const size = Math.min(rounds, bits)
  const turns = 2 ** size
  const largest = new Float64Array(turns)
  let any = false
  for (const score of scores) {
    const spread = Math.sqrt(score.reduce((sum, s) => sum + s * s, 0))
    if (spread === 0) continue
    const sums = new Float64Array(turns)
    for (let i = 0; i < rounds; i++) sums[column(i, size, rounds)]! += score[i]! / spread
    transform(sums)
    if (any) for (let t = 0; t < turns; t++) largest[t] = Math.max(largest[t]!, sums[t]!)
    else largest.set(sums)
    any = true
  }
  if (!any) return 1
  // Turn 0 leaves all coins as they fell.
  const seen = (height ?? largest[0]!) - 1e-9
  let reached = 0
  for (let t = 0; t < turns; t++) if (largest[t]! >= seen) reached++
  return reached / turns
}

/** A score's sum in units of its deviation under fair coins. */
export function standardised(score: readonly number[]): number {
  let sum = 0
  let squares = 0
  for (const s of score) {
    sum += s
    squares += s * s
  }
  return squares > 0 ? sum / Math.sqrt(squares) : 0
}

/** Which turns flip round `i`: a bit of its own as long as there are enough, else a fixed scrambled pattern. */
function column(i: number, size: number, rounds: number): number {
  if (rounds <= size) return 1 << i
  let x = Math.imul(i + 1, 0x9e3779b1)
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return 1 + (((x ^ (x >>> 16)) >>> 0) % (2 ** size - 1))
}

/** In place: a[t] becomes Σ a[c]·(−1)^(bits that t and c share). */
function transform(a: Float64Array): void {
  const n = a.length
  for (let half = 1; half < n; half *= 2)
    for (let start = 0; start < n; start += 2 * half)
      for (let k = start; k < start + half; k++) {
        const x = a[k]!
        const y = a[k + half]!
        a[k] = x + y
        a[k + half] = x - y
      }
}
