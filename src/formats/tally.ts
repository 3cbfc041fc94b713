import { type Sampled, sampled, weighted } from '../core/distribution.ts'

/** As many values are kept as they are; beyond, each is kept to 1 part in 4096. */
const EXACT = 2 ** 18
/** 2^-40 ns to 2^63 ns in steps of 1/2048 of the power of two below: half a step is 1 part in 4096. */
const STEPS = 2048

/**
 * Gathers the values of one metric of a stream in bounded memory: exact up to 262,144 values, then counted in buckets
 * whose middle is within 0.025 % of any value in them (finer than the 3 digits that runs are stored with).
 * Which bucket a value falls in depends on the value alone, so the order and the cutting of a stream do not matter.
 */
export class Tally {
  #values = new Float64Array(256)
  #size = 0
  #buckets: Map<number, number> | undefined
  /** How many values. */
  count = 0
  sum = 0

  /** The value must be finite and not negative. */
  add(value: number): void {
    this.count++
    this.sum += value
    if (this.#buckets !== undefined) {
      const middle = middleOf(value)
      this.#buckets.set(middle, (this.#buckets.get(middle) ?? 0) + 1)
      return
    }
    if (this.#size === this.#values.length) {
      if (this.#size >= EXACT) {
        this.#spill()
        this.count--
        this.sum -= value
        this.add(value)
        return
      }
      const larger = new Float64Array(this.#size * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#size++] = value
  }

  /** Undefined where nothing was added. `factor` takes the values to their base unit. */
  distribution(factor: number): Sampled | undefined {
    if (this.count === 0) return undefined
    if (this.#buckets !== undefined)
      return weighted([...this.#buckets].map(([value, times]) => [value * factor, times] as const))
    const values = this.#values.slice(0, this.#size)
    for (let i = 0; i < values.length; i++) values[i]! *= factor
    return sampled(values)
  }

  #spill(): void {
    this.#buckets = new Map()
    for (let i = 0; i < this.#size; i++) {
      const middle = middleOf(this.#values[i]!)
      this.#buckets.set(middle, (this.#buckets.get(middle) ?? 0) + 1)
    }
    this.#values = new Float64Array(0)
  }
}

/** The middle of the value's bucket; 0 is its own. */
function middleOf(value: number): number {
  if (value < 2 ** -40) return value === 0 ? 0 : 2 ** -40
  const power = 2 ** Math.floor(Math.log2(value))
  return ((Math.floor((value / power) * STEPS) + 0.5) / STEPS) * power
}
