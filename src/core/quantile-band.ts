/** Error that a band may have at each share. */
const ERROR = 0.05

/**
 * At each of `width` shares, an interval that holds the median over all rounds there could be with 95 % confidence,
 * whatever their distribution: the k-th smallest and the k-th largest round, k as large as the binomial distribution
 * of rounds below the median allows (David and Nagaraja, Order Statistics, 2003, section 7.1). Six significant
 * digits. Undefined where no k allows it (fewer than six rounds) or there is no share.
 */
export function bandOf(
  rounds: readonly (readonly number[])[],
  width: number,
): [number, number][] | undefined {
  const depth = depthOf(rounds.length)
  if (depth === 0 || width === 0) return undefined
  return Array.from({ length: width }, (_, at) => {
    const sorted = Float64Array.from(rounds, (round) => round[at]!).sort()
    return [brief(sorted[depth - 1]!), brief(sorted[sorted.length - depth]!)]
  })
}

/** Largest k with 2 P(Binomial(n, ½) < k) ≤ ERROR. */
function depthOf(n: number): number {
  let term = 0.5 ** n
  let below = 0
  for (let k = 0; ; k++) {
    below += term
    if (2 * below > ERROR || k > n / 2) return k
    term = (term * (n - k)) / (k + 1)
  }
}

function brief(value: number): number {
  return Number(value.toPrecision(6))
}
