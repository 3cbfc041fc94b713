/** Where a series of figures changed its level, if it did. */
export interface ChangePoint {
  /** Index of the first figure of the new level. */
  readonly at: number
  /** Probability of as clear a change in figures that are exchangeable. */
  readonly p: number
}

/**
 * The clearest single change of level: Pettitt's rank test (Applied Statistics 28, 1979): K = max |U_t|, where U_t counts
 * pairs across t in favour of each order, and p ≈ 2 exp(−6K² / (n³ + n²)). Ranks, so one wild figure moves nothing.
 * Undefined for fewer than 4 figures or where all are equal.
 */
export function changePoint(values: readonly number[]): ChangePoint | undefined {
  const n = values.length
  if (n < 4) return undefined
  let u = 0
  let most = 0
  let at = 0
  for (let t = 0; t < n - 1; t++) {
    // U_t = U_{t−1} + Σ_j sgn(x_t − x_j)
    for (let j = 0; j < n; j++) u += Math.sign(values[t]! - values[j]!)
    if (Math.abs(u) > most) {
      most = Math.abs(u)
      at = t + 1
    }
  }
  return most === 0 ? undefined : { at, p: Math.min(1, 2 * Math.exp((-6 * most * most) / (n ** 3 + n ** 2))) }
}

/** Every change of level with p at most `level`: found by cutting, each then held between its neighbours again. */
export function changePoints(values: readonly number[], level: number): ChangePoint[] {
  let found = cuts(values, level, 0)
  // A first cut between two steps is no longer one when both steps are known.
  for (;;) {
    const bounds = [0, ...found.map((change) => change.at), values.length]
    const held = found.flatMap((_, i): ChangePoint[] => {
      const again = changePoint(values.slice(bounds[i]!, bounds[i + 2]))
      return again === undefined || again.p > level ? [] : [{ at: again.at + bounds[i]!, p: again.p }]
    })
    const distinct = held.filter((change, i) => i === 0 || change.at > held[i - 1]!.at)
    if (distinct.length === found.length) return distinct
    found = distinct
  }
}

function cuts(values: readonly number[], level: number, offset: number): ChangePoint[] {
  const found = changePoint(values)
  if (found === undefined || found.p > level) return []
  return [
    ...cuts(values.slice(0, found.at), level, offset),
    { at: found.at + offset, p: found.p },
    ...cuts(values.slice(found.at), level, offset + found.at),
  ]
}
