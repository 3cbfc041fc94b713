import type { Told } from '../core/distribution.ts'
import { percentileName } from '../core/statistic.ts'
import { type Content, FormatError } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { isK6Time, type K6Metric, resultsOfK6 } from './k6-metrics.ts'

/**
 * The summaries that k6 writes: `--summary-export` has the figures of a metric flat in it, `handleSummary` under
 * `values`, the machine-readable one is a list of metrics under `results`.
 */
export function readK6Summary(text: string): Content {
  const root = parseJson(text)
  const listed = root.get('results')?.get('metrics')
  const seconds = root.get('config')?.get('duration')?.amount()
  const metrics =
    listed !== undefined
      ? listed.array().map((metric) => readMetric(metric.at('name').string(), metric, seconds))
      : root
          .at('metrics')
          .entries()
          .map(([name, metric]) => readMetric(name, metric))
  if (metrics.length === 0)
    throw new FormatError('$.metrics', 'there is no metric in it', 'did the script run any iteration?')
  return { results: resultsOfK6(metrics) }
}

const MILLISECOND = 1e6

/** `seconds`: how long the run took, where its counters come without their rate. */
function readMetric(name: string, metric: Json, seconds?: number): K6Metric {
  const values = metric.get('values') ?? metric
  const contains = metric.get('contains')?.string()
  const type = metric.get('type')?.string()
  if (type === 'trend' || (type === undefined && isTrend(values))) {
    const time = contains === undefined ? isK6Time(name) : contains === 'time'
    return { name, figures: { type: 'trend', time, data: readTrend(values, time) } }
  }
  if (values.get('passes') !== undefined) {
    const yes = values.at('passes').count()
    return { name, figures: { type: 'rate', true: yes, total: yes + values.at('fails').count() } }
  }
  if (values.get('matches') !== undefined)
    return {
      name,
      figures: { type: 'rate', true: values.at('matches').count(), total: values.at('total').count() },
    }
  if (values.get('count') !== undefined) {
    const count = values.at('count').amount()
    const perSecond =
      values.get('rate')?.amount() ?? (seconds !== undefined && seconds > 0 ? count / seconds : undefined)
    return {
      name,
      figures: {
        type: 'counter',
        count,
        data: contains === undefined ? /^data_(?:sent|received)/.test(name) : contains === 'data',
        ...(perSecond === undefined ? {} : { perSecond }),
      },
    }
  }
  if (values.get('value') !== undefined)
    return { name, figures: { type: 'gauge', value: values.at('value').number() } }
  throw values.wrong('the figures of a trend, rate, counter or gauge')
}

/** A trend has any of its statistics; a gauge has `value` beside its `min` and `max`, a counter `rate` beside `count`. */
function isTrend(values: Json): boolean {
  const has = (key: string) => values.get(key) !== undefined
  if (has('value') || has('passes') || has('rate')) return false
  return values.entries().some(([key]) => /^(?:avg|min|med|max|p\(.*\))$/.test(key))
}

/** `summaryTrendStats` says which figures there are: any of avg, min, med, max, count and p(N). */
function readTrend(values: Json, time: boolean): Told {
  const told: { count?: number; mean?: number; min?: number; max?: number } = {}
  const quantiles: [string, number][] = []
  // A trend of the script's own may measure what can be negative.
  const read = (figure: Json) => (time ? figure.amount() * MILLISECOND : figure.number())
  for (const [key, figure] of values.entries()) {
    const percentile = /^p\((\d+(?:\.\d+)?)\)$/.exec(key)
    if (percentile !== null) quantiles.push([percentileName(Number(percentile[1]) / 100), read(figure)])
    else if (key === 'med') quantiles.push(['p50', read(figure)])
    else if (key === 'avg') told.mean = read(figure)
    else if (key === 'min' || key === 'max') told[key] = read(figure)
    else if (key === 'count') told.count = figure.count()
  }
  return { kind: 'told', ...told, quantiles: Object.fromEntries(quantiles) }
}
