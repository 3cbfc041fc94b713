/** A sorted copy. Few values by insertion: rounds are few, and a call of the library's sort costs more than the moves. */
function ascending(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values)
  if (sorted.length > 48) return sorted.sort()
  for (let i = 1; i < sorted.length; i++) {
    const value = sorted[i]!
    let k = i
    for (; k > 0 && sorted[k - 1]! > value; k--) sorted[k] = sorted[k - 1]!
    sorted[k] = value
  }
  return sorted
}

/** Middle value; mean of the two middle ones for an even number. NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = ascending(values)
  const half = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export function average(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Median of all pairwise means, each value with itself too: the estimate that belongs to signed ranks (Hodges and Lehmann 1963). */
export function hodgesLehmann(values: ArrayLike<number>): number {
  const n = values.length
  const means = new Float64Array((n * (n + 1)) / 2)
  let k = 0
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) means[k++] = (values[i]! + values[j]!) / 2
  return median(means)
}

/** Median of all differences head − base: the estimate that belongs to the rank-sum test. */
export function shiftBetween(base: ArrayLike<number>, head: ArrayLike<number>): number {
  const differences = new Float64Array(base.length * head.length)
  let k = 0
  for (let i = 0; i < base.length; i++)
    for (let j = 0; j < head.length; j++) differences[k++] = head[j]! - base[i]!
  return median(differences)
}

/** Standard deviation after pulling in what lies beyond the median ± 2.5 robust deviations (1.4826·MAD). 0 for fewer than two. */
export function winsorisedDeviation(values: ArrayLike<number>): number {
  const n = values.length
  if (n < 2) return 0
  const centre = median(values)
  const reach = 2.5 * 1.4826 * median(Float64Array.from(values, (v) => Math.abs(v - centre)))
  const kept =
    reach === 0
      ? values
      : Float64Array.from(values, (v) => Math.min(Math.max(v, centre - reach), centre + reach))
  const mean = average(kept)
  let squares = 0
  for (let i = 0; i < n; i++) squares += (kept[i]! - mean) ** 2
  return Math.sqrt(squares / (n - 1))
}
