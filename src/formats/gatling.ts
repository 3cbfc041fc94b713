import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { figure } from './csv.ts'
import type { Content, TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { resultsOfLoad, WHOLE_MILLISECONDS, withWhole } from './load-figures.ts'
import { told } from './measured.ts'
import { outlineOf } from './outline.ts'

/** Gatling's report in figures: `js/stats.json` (each request by its path) and `js/global_stats.json`. https://docs.gatling.io */
export const gatling: TextFormat = {
  name: 'gatling',
  title: 'Gatling (js/stats.json, js/global_stats.json)',
  keeps: 'mean ± sd, four percentiles, in whole milliseconds',
  detect(start) {
    const outline = outlineOf(start)
    return (
      outline.has('numberOfRequests.total', 'percentiles1.total') ||
      outline.has('stats.numberOfRequests.total', 'pathFormatted')
    )
  },
  parse(text) {
    const root = parseJson(text)
    const stats = root.get('stats')
    const whole = readStats('', stats ?? root)
    const parts = stats === undefined ? [] : requestsOf(root)
    return { results: withWhole(whole, parts), warnings: [ASSUMED] } satisfies Content
  },
}

const ASSUMED: Warning = {
  code: 'percentiles-assumed',
  message: 'Gatling does not write which percentiles these are: taken for its default 50, 75, 95 and 99',
}
const PERCENTILES: Readonly<Record<string, string>> = {
  percentiles1: 'p50',
  percentiles2: 'p75',
  percentiles3: 'p95',
  percentiles4: 'p99',
}

/** The requests below; what a group sums up is told by what is in it. */
function requestsOf(group: Json): Result[][] {
  return (group.get('contents')?.entries() ?? []).flatMap(([, child]) => {
    if (child.get('contents') !== undefined) return requestsOf(child)
    return [readStats(child.get('path')?.string() ?? child.at('name').string(), child.at('stats'))]
  })
}

/** Each figure stands for all requests (`total`), those that succeeded (`ok`) and those that failed (`ko`). */
function readStats(benchmark: string, stats: Json): Result[] {
  const total = amount(stats.at('numberOfRequests').at('total'))
  const failed = amount(stats.at('numberOfRequests').at('ko'))
  if (
    total === undefined ||
    !Number.isSafeInteger(total) ||
    failed === undefined ||
    !Number.isSafeInteger(failed)
  )
    throw stats.at('numberOfRequests').wrong('whole numbers')
  const of = (key: string) => amount(stats.at(key).at('total'))
  const quantiles = Object.fromEntries(
    Object.entries(PERCENTILES).map(([key, name]) => [
      name,
      stats.get(key) === undefined ? undefined : of(key),
    ]),
  )
  const figures = {
    count: total,
    mean: of('meanResponseTime'),
    sd: of('standardDeviation'),
    min: of('minResponseTime'),
    max: of('maxResponseTime'),
    quantiles,
  }
  return resultsOfLoad({
    benchmark,
    latency: told(figures, 1e6),
    resolution: WHOLE_MILLISECONDS,
    throughput: of('meanNumberOfRequestsPerSecond'),
    requests: { failed, total },
    at: stats.path,
  })
}

/** Older versions write figures as text, and `-` where there is none. */
function amount(value: Json): number | undefined {
  if (!value.isString) return value.amount()
  const text = value.string()
  if (text === '-') return undefined
  const number = figure(text, value.path, 'figure')
  if (number < 0) throw value.wrong('a number that is not negative')
  return number
}
