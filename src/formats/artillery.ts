import type { Told } from '../core/distribution.ts'
import type { Resolution, Result } from '../core/result.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { beside, resultsOfLoad, withWhole } from './load-figures.ts'
import { info, result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/** Artillery 2: the file of `run --output`. Its arrivals are an open loop. https://www.artillery.io/docs/reference/reports */
export const artillery: TextFormat = {
  name: 'artillery',
  title: 'Artillery (run --output)',
  keeps: 'percentiles of a 1 % sketch',
  detect: (start) =>
    outlineOf(start).has('aggregate.counters') || outlineOf(start).has('aggregate.summaries'),
  parse: (text) => read(parseJson(text).at('aggregate')),
}

const HTTP = 'http.response_time'
const SESSION = 'vusers.session_length'
const ENDPOINT = 'plugins.metrics-by-endpoint.'
const MILLISECOND = 1e6

function read(aggregate: Json): Content {
  const counters = new Map<string, number>()
  for (const [name, count] of aggregate.at('counters').entries()) counters.set(name, count.amount())
  const summaries = new Map((aggregate.get('summaries') ?? aggregate.at('histograms')).entries())
  checkUsers(counters)

  const main = summaries.has(HTTP) || counters.has('http.requests') ? HTTP : SESSION
  const rate = aggregate.get('rates')?.get('http.request_rate')?.amount()
  const whole = resultsOfLoad({
    benchmark: '',
    latency: latencyOf(summaries.get(main)),
    resolution: resolutionOf(summaries.get(main)),
    throughput: rate,
    rateResolution: Number.isInteger(rate) ? { absolute: 1, because: 'whole requests a second' } : undefined,
    requests: main === HTTP ? requestsOf(counters) : usersOf(counters),
    at: '$.aggregate.counters',
    beside: [...summaries].flatMap(([name, summary]) =>
      name === main || name.startsWith(ENDPOINT) ? [] : [besides(name, summary)],
    ),
  })
  const parts = [...summaries].flatMap(([name, summary]) => {
    if (!name.startsWith(`${ENDPOINT}response_time.`)) return []
    return [readEndpoint(name.slice(`${ENDPOINT}response_time.`.length), summary, counters)]
  })
  // The plugin writes the one endpoint of a run once more.
  const results =
    parts.length === 1
      ? [...whole, ...beside(beside(parts[0]!, 'latency'), 'error_rate')]
      : withWhole(whole, parts)
  return { results: [...results, ...expectations(counters)] }
}

/** A run that was stopped leaves virtual users that neither completed nor failed. */
function checkUsers(counters: ReadonlyMap<string, number>): void {
  const created = counters.get('vusers.created')
  if (created === undefined) return
  const ended = (counters.get('vusers.completed') ?? 0) + (counters.get('vusers.failed') ?? 0)
  if (ended < created)
    throw new FormatError(
      '$.aggregate.counters["vusers.created"]',
      `${created - ended} of ${created} virtual users did not come to an end`,
      'was artillery interrupted?',
    )
}

/** Transport errors have no response and no response time; a status from 400 is a failure as well. */
function requestsOf(counters: ReadonlyMap<string, number>): { failed: number; total: number } {
  return count(counters, 'http.codes.', 'errors.', counters.get('http.requests') ?? 0)
}

function count(counters: ReadonlyMap<string, number>, codes: string, errors: string, asked: number) {
  let answered = 0
  let bad = 0
  let broken = 0
  for (const [name, times] of counters) {
    if (name.startsWith(errors)) broken += times
    else if (name.startsWith(codes)) {
      answered += times
      if (!/^[23]\d\d$/.test(name.slice(codes.length))) bad += times
    }
  }
  // A script's own check that fails is an error too, of a request that was answered.
  const total = asked > 0 ? Math.max(asked, answered) : answered + broken
  return { failed: Math.min(total, bad + broken), total }
}

function usersOf(counters: ReadonlyMap<string, number>): { failed: number; total: number } {
  return { failed: counters.get('vusers.failed') ?? 0, total: counters.get('vusers.created') ?? 0 }
}

function readEndpoint(name: string, summary: Json, counters: ReadonlyMap<string, number>): Result[] {
  const requests = count(counters, `${ENDPOINT}${name}.codes.`, `${ENDPOINT}${name}.errors.`, 0)
  return resultsOfLoad({
    benchmark: name,
    latency: latencyOf(summary),
    resolution: resolutionOf(summary),
    ...(requests.total === 0 ? {} : { requests }),
    at: summary.path,
  })
}

function besides(name: string, summary: Json): Result {
  const time = /(?:time|length|duration|latency|FCP|LCP|TTFB|INP|FID|TBT)(?:\.|$)/.test(name)
  const data = time ? latencyOf(summary)! : told(figuresOf(summary), 1)
  return result('', name, time ? 'ns' : 'value', data, { primary: false })
}

function expectations(counters: ReadonlyMap<string, number>): Result[] {
  const failed = counters.get('plugins.expect.failed')
  return failed === undefined ? [] : [info('', 'plugins.expect.failed', 'count', failed)]
}

function latencyOf(summary: Json | undefined): Told | undefined {
  return summary === undefined ? undefined : told(figuresOf(summary), MILLISECOND)
}

function figuresOf(summary: Json) {
  const quantiles: Record<string, number> = {}
  for (const [key, value] of summary.entries()) {
    const digits = /^p(\d\d)(\d*)$/.exec(key)
    if (digits !== null) quantiles[`p${Number(`${digits[1]}.${digits[2]}0`)}`] = value.amount()
  }
  quantiles.p50 ??= summary.at('median').amount()
  return {
    count: summary.at('count').count(),
    mean: summary.get('mean')?.amount(),
    min: summary.at('min').amount(),
    max: summary.at('max').amount(),
    quantiles,
  }
}

/** Buckets of the sketch are 2 % wide (1 % to either side); response times are whole milliseconds before they get there. */
function resolutionOf(summary: Json | undefined): Resolution | undefined {
  if (summary === undefined) return undefined
  const whole = [summary.at('min'), summary.at('max')].every((value) => Number.isInteger(value.number()))
  return {
    relative: 0.02,
    ...(whole ? { absolute: MILLISECOND } : {}),
    because: whole ? 'whole milliseconds in a 1 % sketch' : 'a 1 % sketch',
  }
}
