/** The Universal Scalability Law: what contention and coherency cost as more work at once. */

export interface Load {
  /** How many work at once, at least 1. */
  readonly concurrency: number
  /** In any unit, above 0. */
  readonly throughput: number
}

export interface Scalability {
  /** Throughput of one alone, as fitted. */
  readonly alone: number
  /** σ: the share of work that has to wait in line; 0 is linear. */
  readonly contention: number
  /** κ: the cost of keeping each other up to date; above 0 throughput falls again beyond its peak. */
  readonly coherency: number
  /** The concurrency of most throughput, √((1 − σ)/κ), at least 1; undefined: throughput never falls. */
  readonly peak?: number
  /** Throughput there; without a peak what it comes ever nearer to, undefined if it is not bounded. */
  readonly most?: number
}

/**
 * Fits X(N) = λN / (1 + σ(N−1) + κN(N−1)) (N. J. Gunther, Guerrilla Capacity Planning, 2007, ch. 4). With y = N/X it is
 * y = a + b(N−1) + cN(N−1) where a = 1/λ, σ = b/a and κ = c/a: linear, so that weighted least squares find it (the error of
 * a throughput is relative, the weight of a point therefore 1/y²). No coefficient is below 0: of the fits with any of b and
 * c left out, the best of those that are allowed. Undefined for fewer than three different concurrencies.
 */
export function fitScalability(points: readonly Load[]): Scalability | undefined {
  const usable = points.filter(({ concurrency, throughput }) => concurrency >= 1 && throughput > 0)
  if (new Set(usable.map((point) => point.concurrency)).size < 3) return undefined
  const rows = usable.map(({ concurrency: n, throughput }) => {
    const y = n / throughput
    // Each row divided by y: the weights.
    return { terms: [1 / y, (n - 1) / y, (n * (n - 1)) / y] as const, y: 1 }
  })
  let best: { solution: readonly number[]; error: number } | undefined
  for (const used of [[0, 1, 2], [0, 1], [0, 2], [0]]) {
    const solution = leastSquares(rows, used)
    if (solution === undefined || solution[0]! <= 0 || solution.some((value) => value < 0)) continue
    const error = rows.reduce((sum, row) => {
      const fitted = row.terms.reduce((of, term, i) => of + term * solution[i]!, 0)
      return sum + (fitted - row.y) ** 2
    }, 0)
    if (best === undefined || error < best.error - 1e-15) best = { solution, error }
  }
  if (best === undefined) return undefined
  const [a, b, c] = best.solution as [number, number, number]
  const [alone, contention, coherency] = [1 / a, b / a, c / a]
  if (coherency === 0)
    return { alone, contention, coherency, ...(contention > 0 ? { most: alone / contention } : {}) }
  const peak = Math.max(1, Math.sqrt(Math.max(0, 1 - contention) / coherency))
  return { alone, contention, coherency, peak, most: throughputAt({ alone, contention, coherency }, peak) }
}

/** X(N) of a fit. */
export function throughputAt(
  { alone, contention, coherency }: Pick<Scalability, 'alone' | 'contention' | 'coherency'>,
  n: number,
): number {
  return (alone * n) / (1 + contention * (n - 1) + coherency * n * (n - 1))
}

interface Row {
  readonly terms: readonly [number, number, number]
  readonly y: number
}

/** The normal equations of the terms that are used, by elimination; the others are 0. Undefined if they do not tell. */
function leastSquares(rows: readonly Row[], used: readonly number[]): readonly number[] | undefined {
  const size = used.length
  const matrix = used.map((i) => [
    ...used.map((j) => rows.reduce((sum, { terms }) => sum + terms[i]! * terms[j]!, 0)),
    rows.reduce((sum, { terms, y }) => sum + terms[i]! * y, 0),
  ])
  // Terms differ by many powers of ten: rows and columns are scaled to a diagonal of ones.
  const scale = matrix.map((row, i) => Math.sqrt(row[i]!))
  if (scale.some((value) => !(value > 0))) return undefined
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i]![j] = matrix[i]![j]! / (scale[i]! * scale[j]!)
    matrix[i]![size] = matrix[i]![size]! / scale[i]!
  }
  for (let i = 0; i < size; i++) {
    const pivot = matrix[i]![i]!
    if (pivot < 1e-12) return undefined
    for (let k = 0; k < size; k++) {
      if (k === i) continue
      const factor = matrix[k]![i]! / pivot
      for (let j = i; j <= size; j++) matrix[k]![j] = matrix[k]![j]! - factor * matrix[i]![j]!
    }
  }
  const solution = [0, 0, 0]
  for (const [i, term] of used.entries()) solution[term] = matrix[i]![size]! / matrix[i]![i]! / scale[i]!
  return solution
}
