import type { Statistic } from './statistic.ts'
import { shareOf } from './statistic.ts'

/**
 * All operations of a round as ascending distinct-enough values with how often each was seen. Raw samples have
 * `counts` undefined (each value once); a decoded HdrHistogram has one entry a bucket. Values are in a base unit.
 */
export interface Sampled {
  readonly kind: 'sampled'
  /** Ascending, finite, at least one. */
  readonly values: Float64Array
  /** Same length as `values`, positive integers; absent: each value once. */
  readonly counts?: Float64Array
  /** Operations in all. */
  readonly count: number
}

/** Only what a tool told: nothing is filled in. */
export interface Told {
  readonly kind: 'told'
  readonly count?: number
  readonly mean?: number
  readonly sd?: number
  readonly min?: number
  readonly max?: number
  /** `{ p50: …, 'p99.9': … }` in a base unit. */
  readonly quantiles: Readonly<Record<string, number>>
}

export type Distribution = Sampled | Told

/** One number: a rate, a size, a share. */
export interface Scalar {
  readonly kind: 'scalar'
  readonly value: number
  /** For a share: out of how many (failed operations = value × total). */
  readonly total?: number
}

/** What one round says of one metric. */
export type Measurement = Distribution | Scalar

/** Takes a copy, sorts it. Throws a RangeError on no values or one that is not finite. */
export function sampled(values: ArrayLike<number>): Sampled {
  if (values.length === 0) throw new RangeError('a distribution needs at least one value')
  const sorted = Float64Array.from(values)
  for (const value of sorted)
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`)
  sorted.sort()
  return { kind: 'sampled', values: sorted, count: sorted.length }
}

/** From (value, count) pairs in any order. Throws a RangeError on none, a bad value, or a count that is no positive integer. */
export function weighted(pairs: Iterable<readonly [value: number, count: number]>): Sampled {
  const sorted = [...pairs].filter(([, count]) => count !== 0).sort((a, b) => a[0] - b[0])
  if (sorted.length === 0) throw new RangeError('a distribution needs at least one value')
  let count = 0
  for (const [value, times] of sorted) {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`)
    if (!Number.isSafeInteger(times) || times < 0) throw new RangeError(`${times} is not a count`)
    count += times
  }
  return {
    kind: 'sampled',
    values: Float64Array.from(sorted, ([value]) => value),
    counts: Float64Array.from(sorted, ([, times]) => times),
    count,
  }
}

/** One distribution of several, exactly: no operation is lost or moved. */
export function merge(parts: readonly Sampled[]): Sampled {
  const first = parts[0]
  if (first === undefined) throw new RangeError('nothing to merge')
  if (parts.length === 1) return first
  if (parts.every((part) => part.counts === undefined)) return joined(parts)
  const tally = new Map<number, number>()
  for (const part of parts)
    for (let i = 0; i < part.values.length; i++) {
      const value = part.values[i]!
      tally.set(value, (tally.get(value) ?? 0) + (part.counts?.[i] ?? 1))
    }
  return weighted(tally)
}

/** Values that each were seen once need no tally, which for long rounds takes a hundred times longer. */
function joined(parts: readonly Sampled[]): Sampled {
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const values = new Float64Array(count)
  let at = 0
  for (const part of parts) {
    values.set(part.values, at)
    at += part.count
  }
  return { kind: 'sampled', values: values.sort(), count }
}

/** The value at 0-based rank `rank` of all operations in ascending order. */
function atRank(d: Sampled, rank: number): number {
  if (d.counts === undefined) return d.values[rank]!
  let below = 0
  for (let i = 0; i < d.values.length; i++) {
    below += d.counts[i]!
    if (rank < below) return d.values[i]!
  }
  return d.values[d.values.length - 1]!
}

/**
 * The quantile of all operations, 0 ≤ q ≤ 1: linear between the two neighbouring order statistics at rank q(n−1)
 * (type 7 of Hyndman and Fan, The American Statistician 50, 1996; what R and NumPy use by default).
 */
export function quantile(d: Sampled, q: number): number {
  const rank = q * (d.count - 1)
  const low = Math.floor(rank)
  const share = rank - low
  const below = atRank(d, low)
  return share === 0 ? below : below + share * (atRank(d, low + 1) - below)
}

export function mean(d: Sampled): number {
  let sum = 0
  for (let i = 0; i < d.values.length; i++) sum += d.values[i]! * (d.counts?.[i] ?? 1)
  return sum / d.count
}

/** How many operations took longer than `limit`. */
export function countAbove(d: Sampled, limit: number): number {
  let above = 0
  for (let i = d.values.length - 1; i >= 0 && d.values[i]! > limit; i--) above += d.counts?.[i] ?? 1
  return above
}

/** The statistic of a round, in its base unit; undefined if the tool did not tell it. Never interpolated between told ones. */
export function statisticOf(m: Measurement, statistic: Statistic): number | undefined {
  if (m.kind === 'scalar') return statistic === 'value' ? m.value : undefined
  if (statistic === 'value') return undefined
  const share = shareOf(statistic)
  if (m.kind === 'told') {
    if (share !== undefined) return Object.hasOwn(m.quantiles, statistic) ? m.quantiles[statistic] : undefined
    return m[statistic as 'mean' | 'max' | 'min']
  }
  if (share !== undefined) return quantile(m, share)
  if (statistic === 'mean') return mean(m)
  return statistic === 'max' ? m.values[m.values.length - 1] : m.values[0]
}

/** Operations behind a round, if known. */
export function countOf(m: Measurement): number | undefined {
  return m.kind === 'scalar' ? m.total : m.count
}
