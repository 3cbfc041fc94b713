import { type Sampled, sampled, weighted } from '../core/distribution.ts'

/** As many values are kept as they are; beyond, each is kept to 1 part in 4096. */
const EXACT = 2 ** 17

/**
 * The upper 32 bits of a double are its sign, exponent and the first 20 bits of its fraction: without the last 9 they
 * number buckets of 1/2048 of the power of two below, whose middle is within 1 part in 4096 of all that is in them.
 */
const DROPPED = 9
const bits = new DataView(new ArrayBuffer(8))

function bucketOf(value: number): number {
  bits.setFloat64(0, value)
  return bits.getUint32(0) >>> DROPPED
}

function middleOf(bucket: number): number {
  if (bucket === 0) return 0
  bits.setUint32(0, ((bucket << DROPPED) | (1 << (DROPPED - 1))) >>> 0)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** The buckets that are counted in an array: 2^-40 to 2^60. The few values beside them are counted one by one. */
const FIRST = bucketOf(2 ** -40)
const COUNTERS = bucketOf(2 ** 60) - FIRST

/**
 * Gathers the values of one metric of a stream in bounded memory: exact up to 131,072 values, then counted in buckets
 * whose middle is within 0.025 % of any value in them (finer than the 3 digits that runs are stored with).
 * Which bucket a value falls in depends on the value alone, so the order and the cutting of a stream do not matter.
 */
export class Tally {
  #values = new Float64Array(256)
  #counters: Float64Array | undefined
  readonly #others = new Map<number, number>()
  /** How many values. */
  count = 0
  sum = 0

  /** The value must be finite. */
  add(value: number): void {
    if (this.#counters !== undefined) this.#tick(this.#counters, value)
    else {
      if (this.count === this.#values.length) this.#grow()
      if (this.#counters === undefined) this.#values[this.count] = value
      else this.#tick(this.#counters, value)
    }
    this.count++
    this.sum += value
  }

  /** Undefined where nothing was added. `factor` takes the values to their base unit. */
  distribution(factor: number): Sampled | undefined {
    if (this.count === 0) return undefined
    if (this.#counters === undefined) {
      const values = this.#values.slice(0, this.count)
      for (let i = 0; i < values.length; i++) values[i]! *= factor
      return sampled(values)
    }
    const pairs: [number, number][] = [...this.#others].map(([bucket, times]) => [
      middleOf(bucket) * factor,
      times,
    ])
    this.#counters.forEach((times, i) => {
      if (times > 0) pairs.push([middleOf(i + FIRST) * factor, times])
    })
    return weighted(pairs)
  }

  #tick(counters: Float64Array, value: number): void {
    const bucket = bucketOf(value)
    const i = bucket - FIRST
    if (i >= 0 && i < COUNTERS) counters[i]!++
    else this.#others.set(bucket, (this.#others.get(bucket) ?? 0) + 1)
  }

  #grow(): void {
    if (this.count < EXACT) {
      const larger = new Float64Array(this.count * 2)
      larger.set(this.#values)
      this.#values = larger
      return
    }
    const counters = new Float64Array(COUNTERS)
    for (const value of this.#values) this.#tick(counters, value)
    this.#counters = counters
    this.#values = new Float64Array(0)
  }
}
