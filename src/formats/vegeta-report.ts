import type { Resolution } from '../core/result.ts'
import { percentileName } from '../core/statistic.ts'
import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { need, oneRun } from './found.ts'
import { parseJson } from './json.ts'
import { resultsOfLoad } from './load-figures.ts'
import { info, told } from './measured.ts'
import { duration } from './quantity.ts'

const ESTIMATE: Resolution = { relative: 0.01, because: 'estimates of a t-digest' }

/** `report -type=json`: nanoseconds. */
export function readVegetaReport(text: string): Content {
  const root = parseJson(text)
  const latencies = root.at('latencies')
  const total = root.at('requests').count()
  const codes = root
    .at('status_codes')
    .entries()
    .map(([code, count]) => [code, count.count()] as const)
  const counted = codes.reduce((sum, [, count]) => sum + count, 0)
  if (counted !== total) throw root.at('status_codes').wrong(`${total} requests in all`)
  const failed = codes.reduce((sum, [code, count]) => (succeeds(code) ? sum : sum + count), 0)

  const quantiles: Record<string, number> = {}
  for (const [key, value] of latencies.entries()) {
    const percentile = /^(\d+(?:\.\d+)?)th$/.exec(key)?.[1]
    if (percentile !== undefined) quantiles[`p${Number(percentile)}`] = value.amount()
  }
  const figures = {
    count: total,
    mean: latencies.at('mean').amount(),
    min: latencies.get('min')?.amount(),
    max: latencies.at('max').amount(),
    quantiles,
  }
  const throughput = root.get('throughput')?.amount()
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told(figures, 1),
      resolution: ESTIMATE,
      throughput,
      requests: { failed, total },
      at: '$.requests',
      beside: [info('', 'rate', '1/s', root.at('rate').amount())],
    }),
  }
}

/** vegeta's own rule: 200 to 399; 0 is no response. */
function succeeds(code: string): boolean {
  return /^[23]\d\d$/.test(code)
}

/** `report -type=hdrplot`: quantiles in milliseconds; nothing of failures. */
export function readVegetaPlot(text: string): Content {
  const title = need(text, /^Value\(ms\)/m, 'the title of the columns')
  oneRun(text, /^Value\(ms\)/)
  const quantiles: Record<string, number> = {}
  const ends: { min?: number; max?: number; count?: number } = {}
  for (const [i, line] of text.split('\n').entries()) {
    if (i < title.line || line.trim() === '') continue
    const cells = line.trim().split(/ +/)
    if (cells.length !== 4) throw new FormatError(i + 1, 'expected four columns', 'was the output cut short?')
    const [value, share, count] = cells.slice(0, 3).map((cell) => figure(cell, i + 1, 'cell')) as [
      number,
      number,
      number,
    ]
    if (value < 0 || share < 0 || share > 1) throw new FormatError(i + 1, 'this is no quantile')
    if (share === 0) ends.min = value
    else if (share === 1) Object.assign(ends, { max: value, count })
    else quantiles[percentileName(share)] = value
  }
  if (ends.max === undefined || ends.count === undefined)
    throw new FormatError(undefined, 'the plot ends before 1.000000', 'was the output cut short?')
  if (ends.count === 0) throw new FormatError(undefined, 'there is no request in it')
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told({ ...ends, quantiles }, 1e6),
      resolution: ESTIMATE,
    }),
  }
}

/** `report -type=text`: rows whose brackets name their figures. */
export function readVegetaText(text: string): Content {
  oneRun(text, /^Requests +\[total, rate/)
  const row = (name: string) => {
    const found = need(text, new RegExp(`^${name} +\\[(.+?)\\] +(.+?) *$`, 'm'), name)
    const keys = found.cells[0]!.split(', ')
    const values = found.cells[1]!.split(', ')
    if (keys.length !== values.length) throw new FormatError(found.line, `"${name}" is not whole`)
    return { line: found.line, entries: keys.map((key, i) => [key, values[i]!] as const) }
  }
  const requests = row('Requests')
  const counts = new Map(requests.entries.map(([key, value]) => [key, figure(value, requests.line, key)]))
  const latencies = row('Latencies')
  const quantiles: Record<string, number> = {}
  const figures: Record<string, number> = {}
  for (const [key, value] of latencies.entries) {
    const time = duration(value, latencies.line, key)
    if (/^\d+$/.test(key)) quantiles[`p${key}`] = time
    else if (key === 'min' || key === 'mean' || key === 'max') figures[key] = time
  }
  const total = counts.get('total') ?? 0
  const codes = need(text, /^Status Codes +\[code:count\] +(.*?) *$/m, 'Status Codes')
  const failed = codes.cells[0]!.split(/ +/).reduce((sum, cell) => {
    const [code = '', count = ''] = cell.split(':')
    return succeeds(code) ? sum : sum + figure(count, codes.line, 'Status Codes')
  }, 0)
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told({ count: total, ...figures, quantiles }, 1),
      resolution: ESTIMATE,
      throughput: counts.get('throughput'),
      requests: { failed, total },
      at: requests.line,
    }),
  }
}
