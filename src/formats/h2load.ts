import { closedLoop, failuresUntold } from './closed-loop.ts'
import { figure } from './csv.ts'
import { type Content, FormatError, type StreamFormat } from './format.ts'
import { need, oneRun } from './found.ts'
import type { LineHandler } from './lines.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'
import { duration } from './quantity.ts'
import { Requests } from './requests.ts'
import { chosenBy, endedLines, wholeText } from './whole-text.ts'

const LOG = /^\d{16}\t-?\d{1,3}\t\d+(?:$|\n)/
const FINISHED = /^finished in (\S+), (\S+) req\/s, \S+$/m
const MICROSECOND = 1e3

/** h2load of nghttp2: what it prints and `--log-file`. https://nghttp2.org/documentation/h2load.1.html */
export const h2load: StreamFormat = {
  name: 'h2load',
  title: 'h2load (text, --log-file)',
  keeps: 'raw samples (--log-file); min, mean ± sd, max (text)',
  detect: (start) => LOG.test(start) || /^starting benchmark\.\.\.$/m.test(start) || FINISHED.test(start),
  open: () => chosenBy((head) => (LOG.test(head) ? endedLines(readLog()) : wholeText(readText))),
}

/** When a request began in µs since 1970, its status (-1: a failed stream), and how long it took in µs. */
function readLog(): LineHandler {
  const requests = new Requests()
  return {
    line(text, number) {
      if (text === '') return
      const [start, status, took] = /^(\d{16})\t(-?\d{1,3})\t(\d+)$/.exec(text)?.slice(1) ?? []
      if (start === undefined || status === undefined || took === undefined)
        throw new FormatError(number, 'expected time, status and duration', 'was the output cut short?')
      const latency = Number(took)
      const failed = !/^[23]\d\d$/.test(status)
      const begun = Number(start)
      requests.add({ name: '', latency, failed, start: begun, end: begun + latency }, number)
    },
    end: () =>
      requests.content({
        factor: MICROSECOND,
        ticks: 1e6,
        throughput: 'requests',
        warnings: [
          closedLoop('h2load'),
          failuresUntold('h2load leaves requests of broken connections out of its log'),
        ],
      }),
  }
}

function readText(text: string): Content {
  oneRun(text, /^starting benchmark\.\.\.$/)
  const finished = need(text, FINISHED, 'the line "finished in"')
  const counted = need(
    text,
    /^requests: (\d+) total, \d+ started, (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout$/m,
    'the line of requests',
  )
  const [total = 0, done = 0, succeeded = 0] = counted.cells.map((cell) =>
    figure(cell, counted.line, 'requests'),
  )
  // The last line: without it the output was cut.
  need(text, /^req\/s +: +\S+ +\S+.*%$/m, 'the row of rates')
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: done === 0 ? undefined : readLatency(text, done),
      throughput: figure(finished.cells[1]!, finished.line, 'req/s'),
      requests: { failed: total - succeeded, total },
      at: counted.line,
    }),
    warnings: [closedLoop('h2load')],
  }
}

/** The columns are named above the rows: newer versions also tell median, p95 and p99. */
function readLatency(text: string, count: number) {
  const row = need(text, /^(?:time for request|request) *: +(\S.*)$/m, 'the row of request times')
  const header = need(text, /^ +(min +max +.*)$/m, 'the names of the columns')
  const columns = header.cells[0]!.replace('+/- sd', 'within').split(/ +/)
  const cells = row.cells[0]!.split(/ +/)
  if (cells.length !== columns.length)
    throw new FormatError(row.line, `expected ${columns.length} columns, got ${cells.length}`)
  const figures: Record<string, number> = {}
  const quantiles: Record<string, number> = {}
  for (const [i, column] of columns.entries()) {
    if (column === 'within') continue
    const time = duration(cells[i]!, row.line, column)
    if (/^p\d+$/.test(column)) quantiles[column] = time
    else if (column === 'median') quantiles.p50 = time
    else figures[column] = time
  }
  const { min, max, mean, sd } = figures
  return told({ count, min, max, mean, sd, quantiles }, 1)
}
