/** Requests by the time at which they ended, in slots that grow wider as a load goes on. */
import type { LoadSlot } from '../../core/timeline.ts'

/** Milliseconds of a slot at first. */
const WIDTH = 100
const MOST = 600
/** Buckets of latency an octave: steps of 5 %. */
const STEPS = 14
/** From 1 µs over 27 octaves, to two minutes. */
const BUCKETS = STEPS * 27

interface Slot {
  answered: number
  failed: number
  buckets: Uint32Array
}

export interface Slots {
  /** `at` in milliseconds since the load began, `took` in nanoseconds. */
  answered(at: number, took: number): void
  failed(at: number): void
  all(): LoadSlot[]
  /** Of the slots from `since` (milliseconds) on. */
  summary(since: number): {
    readonly answered: number
    readonly failed: number
    readonly p99: number | undefined
  }
}

export function slots(): Slots {
  let width = WIDTH
  let kept: (Slot | undefined)[] = []
  const slotAt = (at: number): Slot => {
    let index = Math.max(0, Math.floor(at / width))
    while (index >= MOST) {
      kept = Array.from({ length: Math.ceil(kept.length / 2) }, (_, i) =>
        joined(kept[2 * i], kept[2 * i + 1]),
      )
      width *= 2
      index = Math.floor(at / width)
    }
    const slot = kept[index] ?? { answered: 0, failed: 0, buckets: new Uint32Array(BUCKETS) }
    kept[index] = slot
    return slot
  }
  return {
    answered: (at, took) => {
      const slot = slotAt(at)
      slot.answered += 1
      const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(Math.log2(took / 1000) * STEPS)))
      slot.buckets[bucket] = slot.buckets[bucket]! + 1
    },
    failed: (at) => {
      slotAt(at).failed += 1
    },
    all: () =>
      Array.from(kept, (slot, index): LoadSlot => {
        const { answered = 0, failed = 0, buckets } = slot ?? {}
        const p50 = buckets === undefined ? undefined : quantileOf(buckets, answered, 0.5)
        const p99 = buckets === undefined ? undefined : quantileOf(buckets, answered, 0.99)
        return {
          at: index * width,
          width,
          answered,
          failed,
          ...(p50 === undefined ? {} : { p50 }),
          ...(p99 === undefined ? {} : { p99 }),
        }
      }),
    summary: (since) => {
      let all: Slot | undefined
      for (let i = Math.max(0, Math.floor(since / width)); i < kept.length; i++) all = joined(all, kept[i])
      const { answered = 0, failed = 0, buckets } = all ?? {}
      return {
        answered,
        failed,
        p99: buckets === undefined ? undefined : quantileOf(buckets, answered, 0.99),
      }
    },
  }
}

function joined(a: Slot | undefined, b: Slot | undefined): Slot | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return {
    answered: a.answered + b.answered,
    failed: a.failed + b.failed,
    buckets: a.buckets.map((count, i) => count + b.buckets[i]!),
  }
}

/** The middle of the bucket that it lies in, in nanoseconds; undefined if there is nothing. */
function quantileOf(buckets: Uint32Array, total: number, share: number): number | undefined {
  if (total === 0) return undefined
  const rank = share * (total - 1)
  let below = 0
  for (const [i, count] of buckets.entries()) {
    below += count
    if (below > rank) return 1000 * 2 ** ((i + 0.5) / STEPS)
  }
  return undefined
}
