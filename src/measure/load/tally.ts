/** What became of the requests of a load: by kind of request, by reason, over time. */
import type { Sampled } from '../../core/distribution.ts'
import type { LoadSlot } from '../../core/timeline.ts'
import { recorder } from './recorder.ts'
import { slots } from './slots.ts'

/** One kind of request. */
export interface Told {
  /** Of what was answered as expected; undefined if nothing was. */
  readonly latency: Sampled | undefined
  readonly answered: number
  readonly failed: number
  /** Answers as expected that came within the measured time, whenever they were asked for. */
  readonly inTime: number
  /** How often each: `status 500`, `ECONNREFUSED`. */
  readonly reasons: ReadonlyMap<string, number>
}

export interface Tally {
  answered(request: number, at: number, took: number): void
  failed(request: number, at: number, why: string): void
  /** An answer as expected came, `at` milliseconds since the load began, warm-up before 0. */
  came(request: number, at: number): void
  told(): readonly Told[]
  slots(): readonly LoadSlot[]
  /** Since a time, for people. */
  summary(since: number): {
    readonly answered: number
    readonly failed: number
    readonly p99: number | undefined
  }
}

/** Different reasons that are kept apart. */
const MOST_REASONS = 20

export function tally(kinds: number, duration: number): Tally {
  const all = Array.from({ length: kinds }, () => ({
    latency: recorder(),
    answered: 0,
    failed: 0,
    inTime: 0,
    reasons: new Map<string, number>(),
  }))
  const time = slots()
  return {
    answered: (request, at, took) => {
      const one = all[request]!
      one.answered += 1
      one.latency.record(took)
      time.answered(at, took)
    },
    failed: (request, at, why) => {
      const one = all[request]!
      one.failed += 1
      time.failed(at)
      const reason = one.reasons.has(why) || one.reasons.size < MOST_REASONS ? why : 'other reasons'
      one.reasons.set(reason, (one.reasons.get(reason) ?? 0) + 1)
    },
    came: (request, at) => {
      if (at >= 0 && at < duration) all[request]!.inTime += 1
    },
    told: () => all.map((one) => ({ ...one, latency: one.latency.all() })),
    slots: () => time.all(),
    summary: time.summary,
  }
}
