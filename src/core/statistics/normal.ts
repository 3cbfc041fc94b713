/** P(Z ≥ z) of a standard normal: the continued fraction in the tail (Abramowitz and Stegun 26.2.14), the series in the middle (26.2.11). */
export function upperNormal(z: number): number {
  if (z < 0) return 1 - upperNormal(-z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z < 3) {
    let term = z
    let sum = z
    for (let k = 1; k < 100 && term > sum * 1e-17; k++) {
      term *= (z * z) / (2 * k + 1)
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = 0
  for (let k = 60; k >= 1; k--) fraction = k / (z + fraction)
  return density / (z + fraction)
}

/** The z that is exceeded with probability p, to 0.0005 (Abramowitz and Stegun 26.2.23). */
export function normalQuantileAbove(p: number): number {
  if (p > 0.5) return -normalQuantileAbove(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}
