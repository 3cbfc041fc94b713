import type { Measurement } from '../core/distribution.ts'
import type { Resolution, Result } from '../core/result.ts'
import { FormatError } from './format.ts'
import { errorRate, result } from './measured.ts'

/** What a load generator tells of the requests to one target. */
export interface LoadFigures {
  /** `''`: its one anonymous target. */
  readonly benchmark: string
  /** Nanoseconds. */
  readonly latency?: Measurement | undefined
  readonly resolution?: Resolution | undefined
  /** Requests a second. */
  readonly throughput?: number | undefined
  readonly rateResolution?: Resolution | undefined
  /** Requests that failed, of all that were made; absent where the output does not tell. */
  readonly requests?: { readonly failed: number; readonly total: number }
  /** Where in the output the requests are counted, for complaints. */
  readonly at?: string | number
  readonly beside?: readonly Result[]
}

/**
 * Latency, throughput and error rate of one target. A target whose requests all failed is failed, however fast it was;
 * throws FormatError where there was no request, or more failures than requests.
 */
export function resultsOfLoad(load: LoadFigures): Result[] {
  const { benchmark, latency, throughput, requests, at, beside = [] } = load
  if (requests !== undefined) {
    const { failed, total } = requests
    if (total === 0)
      throw new FormatError(at, 'not one request was answered', 'is the service up, and the run long enough?')
    if (failed > total)
      throw new FormatError(at, `${failed} of ${total} requests failed: more than there were`)
    if (failed === total) return [{ benchmark, status: 'failed', reason: allFailed(total) }]
  }
  return [
    ...(latency === undefined ? [] : [result(benchmark, 'latency', 'ns', latency, finely(load.resolution))]),
    ...(throughput === undefined
      ? []
      : [
          result(
            benchmark,
            'throughput',
            '1/s',
            { kind: 'scalar', value: throughput },
            finely(load.rateResolution),
          ),
        ]),
    ...(requests === undefined ? [] : [errorRate(benchmark, requests.failed, requests.total)]),
    ...beside,
  ]
}

function finely(resolution: Resolution | undefined): { resolution?: Resolution } {
  return resolution === undefined ? {} : { resolution }
}

function allFailed(total: number): string {
  return total === 1 ? 'its one request failed' : `all ${total} requests failed`
}

/** Time to a whole step of the tool's clock or rounding. */
export const WHOLE_MILLISECONDS: Resolution = { absolute: 1e6, because: 'whole milliseconds' }

/**
 * Several targets and all of them together: each has its latency and errors, the whole its throughput and errors; the
 * rest is told beside, as it would be judged twice. Of one target alone the whole says the same again.
 */
export function withWhole(whole: readonly Result[], parts: readonly (readonly Result[])[]): Result[] {
  if (parts.length === 0) return [...whole]
  if (parts.length === 1) return [...parts[0]!]
  return [...beside(whole, 'latency'), ...parts.flatMap((part) => beside(part, 'throughput'))]
}

/** The same results with one metric of them told beside. */
export function beside(results: readonly Result[], metric: string): Result[] {
  return results.map((result) =>
    'metric' in result && result.metric === metric ? { ...result, primary: false } : result,
  )
}
