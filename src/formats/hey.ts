import type { Resolution } from '../core/result.ts'
import { closedLoop, failuresUntold } from './closed-loop.ts'
import { figure } from './csv.ts'
import { type Content, FormatError, type StreamFormat } from './format.ts'
import { find, need, oneRun } from './found.ts'
import { readLines } from './lines.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'
import { requestColumns } from './request-columns.ts'
import { chosenBy, wholeText } from './whole-text.ts'

const CSV = /^response-time,DNS\+dialup,/m
const SECOND = 1e9
const TENTHS: Resolution = { absolute: 1e5, because: 'tenths of a millisecond' }

/** hey: what it prints, and `-o csv`. https://github.com/rakyll/hey */
export const hey: StreamFormat = {
  name: 'hey',
  title: 'hey (text, -o csv)',
  keeps: 'raw samples (-o csv); percentiles (text)',
  detect: (start) => CSV.test(start) || /^Summary:\n {2}Total:\t/m.test(start),
  open: () => chosenBy((head) => (CSV.test(head) ? readLines(csv()) : wholeText(readText))),
}

const csv = () =>
  requestColumns(
    { duration: 'response-time', status: 'status-code', start: 'offset', decimals: 4 },
    {
      factor: SECOND,
      ticks: 1,
      resolution: TENTHS,
      throughput: 'requests',
      warnings: [closedLoop('hey'), failuresUntold('hey leaves requests without a response out of its csv')],
    },
  )

function readText(text: string): Content {
  oneRun(text, /^Summary:$/)
  const status = counts(text, 'Status code distribution:', /^ {2}\[(\d+)\]\t(\d+) responses$/)
  const errors = counts(text, 'Error distribution:', /^ {2}\[(\d+)\]\t()/)
  if (status === undefined)
    throw new FormatError(
      undefined,
      'the distribution of status codes is missing',
      'was the output cut short?',
    )
  const answered = status.reduce((sum, [, count]) => sum + count, 0)
  const broken = errors?.reduce((sum, [count]) => sum + count, 0) ?? 0
  const bad = status.reduce((sum, [code, count]) => (code >= 200 && code < 400 ? sum : sum + count), 0)
  const rate = need(text, /^ {2}Requests\/sec:\t(\S+)$/m, 'Requests/sec')
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: answered === 0 ? undefined : readLatency(text, answered),
      resolution: TENTHS,
      throughput: figure(rate.cells[0]!, rate.line, 'Requests/sec'),
      requests: { failed: bad + broken, total: answered + broken },
      at: rate.line,
    }),
    warnings: [closedLoop('hey')],
  }
}

function readLatency(text: string, count: number) {
  const seconds = (name: string) => {
    const { cells, line } = need(text, new RegExp(`^  ${name}:\\t(\\S+) secs$`, 'm'), name)
    return figure(cells[0]!, line, name)
  }
  const quantiles: Record<string, number> = {}
  // Where there are too few requests for a percentile, hey prints `0% in 0.0000 secs`.
  for (const [, share, value] of text.matchAll(/^ {2}([1-9]\d*)% in (\S+) secs$/gm))
    quantiles[`p${share}`] = figure(value!, undefined, `${share}%`)
  return told(
    { count, mean: seconds('Average'), min: seconds('Fastest'), max: seconds('Slowest'), quantiles },
    SECOND,
  )
}

/** The rows under a title, up to the next blank line. */
function counts(text: string, title: string, row: RegExp): [number, number][] | undefined {
  const found = find(text, new RegExp(`^${title}$`, 'm'))
  if (found === undefined) return undefined
  const rows: [number, number][] = []
  const lines = text.split('\n')
  for (let i = found.line; i < lines.length && lines[i]!.trim() !== ''; i++) {
    const cells = row.exec(lines[i]!)
    if (cells === null) throw new FormatError(i + 1, 'the row is not whole', 'was the output cut short?')
    rows.push([figure(cells[1]!, i + 1, title), Number(cells[2])])
  }
  return rows
}
