/** Latencies as they come, in memory that does not grow with the load. */
import { merge, type Sampled, sampled } from '../../core/distribution.ts'
import { quantised } from '../../core/histogram.ts'

/** Kept as they are; beyond, what there is becomes a histogram of three digits. */
const RAW = 20_000

export interface Recorder {
  /** Nanoseconds. */
  record(value: number): void
  /** Undefined if nothing was recorded. */
  all(): Sampled | undefined
}

export function recorder(): Recorder {
  const buffer = new Float64Array(RAW)
  let held = 0
  let rest: Sampled | undefined
  const all = (): Sampled | undefined => {
    if (held === 0) return rest
    const own = sampled(buffer.subarray(0, held))
    return rest === undefined ? own : merge([rest, quantised(own)])
  }
  return {
    record: (value) => {
      if (held === RAW) {
        rest = merge([...(rest === undefined ? [] : [rest]), quantised(sampled(buffer))])
        held = 0
      }
      buffer[held++] = value
    },
    all,
  }
}
