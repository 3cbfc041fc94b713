import { cellsOf, figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { builtInK6, type K6Metric, resultsOfK6 } from './k6-metrics.ts'
import type { LineHandler } from './lines.ts'
import { Tally } from './tally.ts'

const MILLISECOND = 1e6
const MOST_METRICS = 10_000

/** Whether a line is the header of `--out csv`. */
export function isK6CsvHeader(line: string): boolean {
  return line.startsWith('metric_name,timestamp,metric_value,')
}

/**
 * Reads the rows of `--out csv`: a point a row. Its times are whole seconds, so no rate can be told; metrics of the
 * script's own are taken for trends of no known unit.
 */
export function k6Csv(): LineHandler {
  const metrics = new Map<string, { tally: Tally; yes: number; latest: number }>()
  let columns = 0
  let last = ''
  return {
    line(text, number) {
      if (number === 1) {
        columns = text.split(',').length
        return
      }
      if (text === '') return
      last = text
      // The first three cells hold no separator: k6 allows none in a metric's name.
      const nameEnd = text.indexOf(',')
      const timeEnd = text.indexOf(',', nameEnd + 1)
      const valueEnd = text.indexOf(',', timeEnd + 1)
      if (nameEnd < 1 || timeEnd === -1 || valueEnd === -1)
        throw new FormatError(number, 'the row is not whole', 'was the output cut short?')
      const name = text.slice(0, nameEnd)
      const value = figure(text.slice(timeEnd + 1, valueEnd), number, 'metric_value')
      if (value < 0 && builtInK6(name) !== undefined)
        throw new FormatError(number, '"metric_value" is negative')
      let metric = metrics.get(name)
      if (metric === undefined) {
        if (metrics.size >= MOST_METRICS) throw new FormatError(number, `more than ${MOST_METRICS} metrics`)
        metric = { tally: new Tally(), yes: 0, latest: 0 }
        metrics.set(name, metric)
      }
      metric.tally.add(value)
      metric.latest = value
      if (value !== 0) metric.yes++
    },
    end(lines): Content {
      if (last !== '' && (cellsOf(last)?.length ?? 0) < columns)
        throw new FormatError(lines, 'the last row is not whole', 'was the output cut short?')
      return {
        results: resultsOfK6(
          [...metrics].map(([name, { tally, yes, latest }]) => metricOf(name, tally, yes, latest)),
        ),
      }
    },
  }
}

function metricOf(name: string, tally: Tally, yes: number, latest: number): K6Metric {
  const { type, contains } = builtInK6(name) ?? { type: 'trend', contains: 'default' }
  if (type === 'rate') return { name, figures: { type, true: yes, total: tally.count } }
  if (type === 'gauge') return { name, figures: { type, value: latest } }
  if (type === 'counter') return { name, figures: { type, count: tally.sum, data: contains === 'data' } }
  const time = contains === 'time'
  return { name, figures: { type, time, data: tally.distribution(time ? MILLISECOND : 1)! } }
}
