import type { Measurement } from '../core/distribution.ts'
import type { Resolution, Result } from '../core/result.ts'
import { errorRate, info, result } from './measured.ts'

/** One metric of k6, whichever output told it. */
export interface K6Metric {
  /** `http_req_duration`, or with a sub-metric's tags `http_req_duration{name:login}`. */
  readonly name: string
  readonly figures:
    | {
        readonly type: 'trend'
        readonly time: boolean
        readonly data: Measurement
        readonly resolution?: Resolution
      }
    | { readonly type: 'rate'; readonly true: number; readonly total: number }
    | {
        readonly type: 'counter'
        readonly count: number
        readonly perSecond?: number
        readonly data: boolean
      }
    | { readonly type: 'gauge'; readonly value: number }
}

/** The time of one operation, by protocol: the first that a run has is its `latency`; likewise the rate. */
const DURATIONS: readonly string[] = ['http_req_duration', 'grpc_req_duration', 'iteration_duration']
const RATES: readonly string[] = ['http_reqs', 'iterations']

/** Trends that k6 itself measures in milliseconds, for outputs that do not say what a trend contains. */
export function isK6Time(name: string): boolean {
  const base = name.replace(/\{.*/s, '')
  return (
    /^(?:http_req_|grpc_req_|ws_|browser_web_vital_(?!cls)|browser_http_req_)/.test(base) ||
    /^(?:iteration_duration|group_duration)$/.test(base)
  )
}

/** How k6's own metrics add up, for outputs that do not say it; undefined for a metric of the script's. */
export function builtInK6(
  name: string,
): { type: 'rate' | 'counter' | 'gauge' | 'trend'; contains: string } | undefined {
  if (name === 'http_req_failed' || name === 'checks') return { type: 'rate', contains: 'default' }
  if (name === 'data_sent' || name === 'data_received') return { type: 'counter', contains: 'data' }
  if (COUNTERS.includes(name)) return { type: 'counter', contains: 'default' }
  if (name === 'vus' || name === 'vus_max') return { type: 'gauge', contains: 'default' }
  return isK6Time(name) ? { type: 'trend', contains: 'time' } : undefined
}

const COUNTERS: readonly string[] = ['http_reqs', 'iterations', 'dropped_iterations']

/**
 * The run is one anonymous benchmark; a sub-metric is a benchmark named by its tags. All requests failed: the run is
 * failed, however fast it was.
 */
export function resultsOfK6(metrics: readonly K6Metric[]): Result[] {
  const names = new Set(metrics.map((metric) => metric.name))
  const duration = DURATIONS.find((name) => names.has(name))
  const rate = RATES.find((name) => names.has(name))
  const failing = metrics.find((metric) => metric.name === 'http_req_failed')?.figures
  if (failing?.type === 'rate' && failing.total > 0 && failing.true === failing.total)
    return [{ benchmark: '', status: 'failed', reason: `all ${failing.total} requests failed` }]
  return metrics.flatMap((metric) => resultOfK6(metric, duration, rate))
}

function resultOfK6(
  { name, figures }: K6Metric,
  duration: string | undefined,
  rate: string | undefined,
): Result[] {
  const [, base = name, tags = ''] = /^([^{]*)\{(.*)\}$/s.exec(name) ?? []
  const beside = tags === '' && (base === duration || base === rate) ? {} : { primary: false as const }
  if (figures.type === 'trend') {
    const metric = base === duration ? 'latency' : base
    return [
      result(tags, metric, figures.time ? 'ns' : 'value', figures.data, {
        ...beside,
        ...(figures.resolution === undefined ? {} : { resolution: figures.resolution }),
      }),
    ]
  }
  if (figures.type === 'rate') {
    // http_req_failed is true where the request failed.
    if (base === 'http_req_failed') {
      if (figures.total === 0) return []
      return [{ ...errorRate(tags, figures.true, figures.total), ...(tags === '' ? {} : { primary: false }) }]
    }
    if (figures.total === 0) return []
    const data = { kind: 'scalar', value: figures.true / figures.total, total: figures.total } as const
    return [
      result(tags, base, 'ratio', data, {
        primary: false,
        ...(base === 'checks' ? { better: 'higher' } : {}),
      }),
    ]
  }
  if (figures.type === 'gauge') return [info(tags, base, 'value', figures.value)]
  const counted = info(tags, base, figures.data ? 'B' : 'count', figures.count)
  if (base !== rate || figures.perSecond === undefined) return [counted]
  return [result(tags, 'throughput', '1/s', { kind: 'scalar', value: figures.perSecond }, beside), counted]
}
