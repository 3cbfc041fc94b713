import { type Distribution, weighted } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { figure } from './csv.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { printedLines } from './lines.ts'
import { errorRate, info, result, told } from './measured.ts'
import { besides, labelled, perSecond, type Read, rateOf } from './sysbench-rates.ts'

const MILLISECOND = 1e6
const HUNDREDTHS = { absolute: 1e4, because: 'hundredths of a millisecond' }
/** 1024 buckets from 1 µs to 100 s, evenly on a logarithmic scale. */
const BUCKETS = { relative: 0.0182, because: 'histogram steps of 1.8 %' }
const CUT = 'was the output cut short?'

/** sysbench's report, of version 1 and before. The test's own name is not in it. https://github.com/akopytov/sysbench */
export const sysbench: TextFormat = {
  name: 'sysbench',
  title: 'sysbench (text)',
  keeps: 'mean and one percentile; the histogram with --histogram',
  detect: (start) => /^sysbench \d+\.\d+\S*(?::| \()/m.test(start),
  parse(text) {
    const lines = printedLines(text)
    const fatal = lines.findIndex((line) => /^FATAL: /.test(line))
    if (fatal !== -1) throw new FormatError(fatal + 1, lines[fatal]!.slice('FATAL: '.length, 500).trim())
    if (lines.filter((line) => /^sysbench \d+\.\d+\S*(?::| \()/.test(line)).length > 1)
      throw new FormatError(undefined, 'it has several runs', 'give each run a file')
    return readReport(lines)
  },
}

function readReport(lines: readonly string[]): Content {
  const at = labelled(lines)
  const number = (label: RegExp): number | undefined => {
    const entry = at(label)
    // Before version 1 each figure bore its unit.
    return entry === undefined ? undefined : figure(entry.value.replace(/m?s$/, ''), entry.line, entry.label)
  }
  const count = number(/^total number of events$/)
  // The last line of every report.
  if (count === undefined || at(/^execution time \(avg\/stddev\)$/) === undefined)
    throw new FormatError(
      lines.length,
      'its latencies are missing',
      'was the run stopped, or the output cut short?',
    )
  if (count === 0)
    return { results: [{ benchmark: '', status: 'failed', reason: 'not one event was completed' }] }

  const warnings: Warning[] = []
  const results: Result[] = [...latencyOf(lines, at, number, count, warnings)]
  const seconds = number(/^(?:total time|time elapsed)$/)
  const rate = rateOf(lines, at) ?? (seconds === undefined || seconds === 0 ? undefined : count / seconds)
  if (rate !== undefined) results.push(result('', 'throughput', '1/s', { kind: 'scalar', value: rate }))
  const ignored = perSecond(at(/^ignored errors$/))
  if (ignored !== undefined) results.push(errorRate('', ignored.count, ignored.count + count))
  results.push(info('', 'events', 'count', count), ...besides(lines, at))
  return { results, warnings }
}

/**
 * Times in hundredths of a millisecond: 0.00 says only that it was less, and is left out. The whole histogram where
 * --histogram printed it.
 */
function latencyOf(
  lines: readonly string[],
  at: Read,
  number: (label: RegExp) => number | undefined,
  count: number,
  warnings: Warning[],
): Result[] {
  const histogram = histogramOf(lines, count)
  if (histogram !== undefined) return [result('', 'latency', 'ns', histogram, { resolution: BUCKETS })]
  const usable = (value: number | undefined) => (value === 0 ? undefined : value)
  const percentile = at(/^(?:approx\. +)?\d+(?:st|nd|rd|th)? percentile$/)
  const share =
    percentile === undefined ? undefined : Number.parseInt(percentile.label.replace(/^\D+/, ''), 10)
  const data = told(
    {
      count,
      mean: usable(number(/^avg$/)),
      min: usable(number(/^min$/)),
      max: usable(number(/^max$/)),
      quantiles: share === undefined ? {} : { [`p${share}`]: usable(number(/ percentile$/)) },
    },
    MILLISECOND,
  )
  if (data.mean === undefined)
    warnings.push({
      code: 'below-resolution',
      message:
        'sysbench rounds the mean latency to 0.00 ms: measure with --histogram, or judge the throughput',
    })
  const some = data.mean !== undefined || data.max !== undefined || Object.keys(data.quantiles).length > 0
  return some ? [result('', 'latency', 'ns', data, { resolution: HUNDREDTHS })] : []
}

/** `0.296 |*****   7`, in milliseconds. */
function histogramOf(lines: readonly string[], count: number): Distribution | undefined {
  const start = lines.findIndex((line) => /^Latency histogram \(values are in milliseconds\)/.test(line))
  if (start === -1) return undefined
  const pairs = lines.slice(start).flatMap((line) => {
    const [, value, times] = /^ *([\d.]+) \|\** +(\d+)$/.exec(line) ?? []
    return value === undefined ? [] : [[Number(value) * MILLISECOND, Number(times)] as const]
  })
  const sum = pairs.reduce((all, [, times]) => all + times, 0)
  if (sum !== count) throw new FormatError(start + 1, `the histogram has ${sum} of ${count} events`, CUT)
  return weighted(pairs)
}
