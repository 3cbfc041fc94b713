/** P(Z ≥ z) of a standard normal: erfc by the continued fraction in the tail (Abramowitz and Stegun 7.1.14) and its series in the middle (7.1.6). */
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

/** The z that is exceeded with probability p, 0 < p < 1; by bisection, good to 1e-9. */
export function normalQuantileAbove(p: number): number {
  let low = -40
  let high = 40
  for (let i = 0; i < 80; i++) {
    const z = (low + high) / 2
    if (upperNormal(z) > p) low = z
    else high = z
  }
  return (low + high) / 2
}
