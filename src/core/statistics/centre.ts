/** The value that would stand at `place` if `values` were sorted; orders them around it (Hoare 1961, FIND). */
function placed(values: number[], place: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[place]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (pivot < values[j]!) j--
      if (i > j) break
      const exchanged = values[i]!
      values[i++] = values[j]!
      values[j--] = exchanged
    }
    if (j < place) low = i
    if (place < i) high = j
  }
  return values[place]!
}

/** Middle value; mean of the two middle ones for an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  return medianOf(values.slice())
}

/** The median of values whose order does not matter any more. */
function medianOf(own: number[]): number {
  const n = own.length
  if (n === 0) return Number.NaN
  const upper = placed(own, n >> 1)
  if (n % 2 === 1) return upper
  let lower = own[0]!
  for (let i = 1; i < n >> 1; i++) if (own[i]! > lower) lower = own[i]!
  return (lower + upper) / 2
}

export function average(values: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Median of all pairwise means, each value with itself too: the estimate that belongs to signed ranks (Hodges and Lehmann 1963). */
export function hodgesLehmann(values: readonly number[]): number {
  const n = values.length
  const means = new Array<number>((n * (n + 1)) / 2).fill(0)
  let k = 0
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) means[k++] = (values[i]! + values[j]!) / 2
  return medianOf(means)
}

/** Median of all differences head − base: the estimate that belongs to the rank-sum test. */
export function shiftBetween(base: readonly number[], head: readonly number[]): number {
  const differences = new Array<number>(base.length * head.length).fill(0)
  let k = 0
  for (let i = 0; i < base.length; i++)
    for (let j = 0; j < head.length; j++) differences[k++] = head[j]! - base[i]!
  return medianOf(differences)
}

/** Standard deviation after pulling in what lies beyond the median ± 2.5 robust deviations (1.4826·MAD). 0 for fewer than two. */
export function winsorisedDeviation(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  const centre = median(values)
  const reach = 2.5 * 1.4826 * median(values.map((v) => Math.abs(v - centre)))
  const kept = reach === 0 ? values : values.map((v) => Math.min(Math.max(v, centre - reach), centre + reach))
  const mean = average(kept)
  let squares = 0
  for (let i = 0; i < n; i++) squares += (kept[i]! - mean) ** 2
  return Math.sqrt(squares / (n - 1))
}
