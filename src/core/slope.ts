/** Growth over time with its interval: a leak rises, a sawtooth comes back to its floor. */

export interface Point {
  /** Any unit of time, ascending. */
  readonly at: number
  readonly value: number
}

export interface Growth {
  /** Rise over the whole time. */
  readonly total: number
  /** Where it lies with the asked confidence. */
  readonly interval: readonly [low: number, high: number]
  /** Whether the interval leaves out 0. */
  readonly told: boolean
}

/** Floors at most. */
const BLOCKS = 24
/** A block has at least this many points, so that its floor is one. */
const LEAST = 3

/**
 * The rise of the floors: time is cut into up to 24 equal blocks of which only the least value counts, as what a garbage
 * collector has not come to yet is no growth; through these goes the median of all slopes between two of them (Theil and
 * Sen: P. K. Sen, Journal of the American Statistical Association 63, 1968), with the interval of its equation 2.6.
 * `z` is the normal quantile of the confidence: 1.96 for 95 %. Undefined for fewer than 2 points or no time between them.
 */
export function growthOf(points: readonly Point[], z = 1.96): Growth | undefined {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined || !(last.at > first.at)) return undefined
  const floors = floorsOf(points)
  if (floors.length < 2) {
    const total = last.value - first.value
    return { total, interval: [-Infinity, Infinity], told: false }
  }
  const slopes: number[] = []
  for (const [i, from] of floors.entries())
    for (const to of floors.slice(i + 1))
      if (to.at > from.at) slopes.push((to.value - from.value) / (to.at - from.at))
  slopes.sort((a, b) => a - b)
  const n = floors.length
  const span = last.at - first.at
  // Standard deviation of Kendall's statistic without ties.
  const spread = z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const low = Math.floor((slopes.length - spread) / 2) - 1
  const high = Math.ceil((slopes.length + spread) / 2)
  const end = (index: number, beyond: number): number => (slopes[index] ?? beyond) * span
  const interval = [end(low, -Infinity), end(high, Infinity)] as const
  return { total: median(slopes) * span, interval, told: interval[0] > 0 || interval[1] < 0 }
}

/** The least of each block, at the time where it was. */
function floorsOf(points: readonly Point[]): Point[] {
  const blocks = Math.min(BLOCKS, Math.floor(points.length / LEAST))
  if (blocks < 2) return []
  const floors: Point[] = []
  for (let block = 0; block < blocks; block++) {
    const from = Math.floor((block * points.length) / blocks)
    const to = Math.floor(((block + 1) * points.length) / blocks)
    let least = points[from]!
    for (const point of points.slice(from, to)) if (point.value < least.value) least = point
    floors.push(least)
  }
  return floors
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
