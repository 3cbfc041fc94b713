import type { Told } from '../core/distribution.ts'
import { percentileName } from '../core/statistic.ts'
import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { isK6Time, type K6Metric, resultsOfK6 } from './k6-metrics.ts'
import { printedLines } from './lines.ts'
import { told } from './measured.ts'
import { duration } from './quantity.ts'

/** `http_req_duration..............: avg=5.35ms …`; the tags of a sub-metric stand in braces on lines under it. */
const LINE = /^ +(?:[✓✗] )?(?:([A-Za-z_]\w*)(\{.*\})?|(\{ .* \}))\.*: (.*)$/

/** Since 1.0 the checks are told three times over: those that succeeded are the metric. */
const CHECKS: readonly string[] = ['checks_total', 'checks_failed']

/** Whether a text holds the summary that k6 prints at the end of a run. */
export function isK6Text(start: string): boolean {
  return /^ +(?:[✓✗] )?(?:iteration_duration|http_req_duration)\.*: avg=/m.test(start)
}

/**
 * The summary that k6 prints: figures of three digits or so, each with its unit. Of a run with groups and scenarios the
 * totals come first, and only they are read.
 */
export function readK6Text(text: string): Content {
  const metrics: K6Metric[] = []
  let parent = ''
  for (const [i, line] of printedLines(text).entries()) {
    if (/^ *█ (?:GROUP|SCENARIO):/.test(line)) break
    const found = LINE.exec(line)
    if (found === null) continue
    const [, name, inline = '', tags, figures = ''] = found
    if (name !== undefined) parent = name
    const suffix = tags === undefined ? inline : `{${tags.slice(2, -2)}}`
    if (CHECKS.includes(parent)) continue
    const full = parent === 'checks_succeeded' ? 'checks' : parent
    const metric = readFigures(`${full}${suffix}`, figures.trim(), i + 1)
    if (metric !== undefined && !metrics.some((other) => other.name === metric.name)) metrics.push(metric)
  }
  if (!metrics.some(({ name }) => name === 'iterations'))
    throw new FormatError(undefined, 'the summary has no iterations', 'was the output cut short?')
  return { results: resultsOfK6(metrics) }
}

function readFigures(name: string, text: string, line: number): K6Metric | undefined {
  if (/^(?:avg|min|med|max|p\(\d[\d.]*\))=/.test(text)) return { name, figures: readTrend(name, text, line) }
  // Since 1.0 `2.24%  37 out of 1650`, before `2.24%  ✓ 37  ✗ 1613`: the true ones first.
  const rate = /^[\d.]+% +(?:(\d+) out of (\d+)|✓ (\d+) +✗ (\d+))$/.exec(text)
  if (rate !== null) {
    const yes = Number(rate[1] ?? rate[3])
    return {
      name,
      figures: {
        type: 'rate',
        true: yes,
        total: rate[2] === undefined ? yes + Number(rate[4]) : Number(rate[2]),
      },
    }
  }
  const counter = /^(\d+) +([\d.]+)\/s$/.exec(text)
  if (counter === null) return undefined
  const perSecond = figure(counter[2]!, line, name)
  return { name, figures: { type: 'counter', count: Number(counter[1]), perSecond, data: false } }
}

function readTrend(name: string, text: string, line: number): K6Metric['figures'] {
  const time = isK6Time(name) || /=[\d.]+(?:ns|µs|μs|us|ms|s|m|h)/.test(text)
  const figures = new Map(
    text.split(/ +/).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  )
  const read = (key: string) => {
    const value = figures.get(key)
    if (value === undefined) return undefined
    return time ? duration(value, line, key) : figure(value, line, key)
  }
  const percentiles = [...figures.keys()].flatMap((key) => {
    const share = /^p\((\d[\d.]*)\)$/.exec(key)
    return share === null ? [] : [[percentileName(Number(share[1]) / 100), read(key)] as const]
  })
  const count = figures.get('count')
  const data: Told = told(
    {
      count: count === undefined ? undefined : figure(count, line, 'count'),
      mean: read('avg'),
      min: read('min'),
      max: read('max'),
      quantiles: { p50: read('med'), ...Object.fromEntries(percentiles) },
    },
    1,
  )
  return { type: 'trend', time, data, resolution: { relative: 0.01, because: '3 digits or so' } }
}
