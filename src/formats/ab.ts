import type { Warning } from '../core/warning.ts'
import { readAbPercentiles, readAbSamples } from './ab-files.ts'
import { closedLoop } from './closed-loop.ts'
import { figure } from './csv.ts'
import { type Content, FormatError, type StreamFormat } from './format.ts'
import { find, need, oneRun } from './found.ts'
import { resultsOfLoad, WHOLE_MILLISECONDS } from './load-figures.ts'
import { told } from './measured.ts'
import { chosenBy, endedLines, wholeText } from './whole-text.ts'

const SAMPLES = /^starttime\tseconds\tctime\tdtime\tttime\twait$/m
const PERCENTILES = /^\s*Percentage served,Time in ms$/m

/** ab of Apache: what it prints, `-g` (every request) and `-e` (percentiles). https://httpd.apache.org/docs/2.4/programs/ab.html */
export const ab: StreamFormat = {
  name: 'ab',
  title: 'ab, ApacheBench (text, -g, -e)',
  keeps: 'raw samples in whole milliseconds (-g); percentiles (-e, text)',
  detect: (start) => /^This is ApacheBench, /m.test(start) || SAMPLES.test(start) || PERCENTILES.test(start),
  open: () =>
    chosenBy((head) => {
      if (SAMPLES.test(head)) return endedLines(readAbSamples())
      return wholeText(PERCENTILES.test(head) ? readAbPercentiles : readText)
    }),
}

const MILLISECOND = 1e6

function readText(text: string): Content {
  oneRun(text, /^This is ApacheBench, /)
  checkWhole(text)
  const number = (pattern: RegExp, what: string) => {
    const { cells, line } = need(text, pattern, what)
    return figure(cells[0]!, line, what)
  }
  const total = number(/^Complete requests: +(\S+)$/m, 'Complete requests')
  const failed = failedOf(text, number(/^Failed requests: +(\S+)$/m, 'Failed requests'))
  // Its table has the mean in whole milliseconds.
  const mean = number(/^Time per request: +(\S+) \[ms\] \(mean\)$/m, 'Time per request')
  const latency = told({ count: total, ...totalRow(text), mean, quantiles: percentiles(text) }, MILLISECOND)
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency,
      resolution: WHOLE_MILLISECONDS,
      throughput: number(/^Requests per second: +(\S+) /m, 'Requests per second'),
      requests: { failed: Math.min(total, failed.all), total },
    }),
    warnings: failed.byLength ? [closedLoop('ab'), BY_LENGTH] : [closedLoop('ab')],
  }
}

const BY_LENGTH: Warning = {
  code: 'failed-by-length',
  message:
    'ab counts answers of another length than the first as failed, and connections closed early with them: give it -l if the length may vary',
}

/** An error of the network ends ab without figures; an interrupted one prints figures of what it had. */
function checkWhole(text: string): void {
  const stopped = find(text, /^(apr_\w+: .+)$/m)
  if (stopped !== undefined)
    throw new FormatError(
      stopped.line,
      `ab stopped: ${stopped.cells[0]!.slice(0, 200)}`,
      'is the service up?',
    )
  const dots = find(text, /\(be patient\)(\.+)(done)?$/m)
  const interrupted =
    (dots !== undefined && dots.cells[1] === '') ||
    (/^Completed \d+ requests$/m.test(text) && !/^Finished \d+ requests$/m.test(text))
  if (interrupted)
    throw new FormatError(
      dots?.line,
      'ab stopped before its last request',
      'was it interrupted? it tells why on standard error',
    )
}

/**
 * A response of a bad status often has another length as well: then both lines count it, so the two are never added.
 * Requests without a response are counted apart from both.
 */
function failedOf(text: string, failures: number): { all: number; byLength: boolean } {
  const status = find(text, /^Non-2xx responses: +(\S+)$/m)
  const bad = status === undefined ? 0 : figure(status.cells[0]!, status.line, 'Non-2xx responses')
  const kinds = find(text, /^ +\(Connect: (\d+), Receive: (\d+), Length: (\d+), Exceptions: (\d+)\)$/m)
  if (kinds === undefined) return { all: Math.max(failures, bad), byLength: false }
  const [connect = 0, receive = 0, length = 0, exceptions = 0] = kinds.cells.map((cell) =>
    figure(cell, kinds.line, 'failures'),
  )
  return { all: connect + receive + exceptions + Math.max(length, bad), byLength: length > bad }
}

/** min, sd, median and max; with -S only min and max. */
function totalRow(text: string): { min: number; max: number; sd?: number } {
  const row = need(text, /^Total: +(\d+) +(\d+) +(?:([\d.]+) +(\d+) +)?(\d+)$/m, 'the row of totals')
  const cell = (i: number) => figure(row.cells[i]!, row.line, 'Total')
  return { min: cell(0), max: cell(4), ...(row.cells[2] === '' ? {} : { sd: cell(2) }) }
}

/** Absent with -d, and after a single request; then the table tells the median, unless -S leaves it out. */
function percentiles(text: string): Record<string, number> {
  const quantiles: Record<string, number> = {}
  const median = find(text, /^Total: +\d+ +\d+ +[\d.]+ +(\d+) +\d+$/m)
  if (median !== undefined) quantiles.p50 = figure(median.cells[0]!, median.line, 'median')
  const title = find(text, /^Percentage of the requests served within a certain time \(ms\)$/m)
  if (title === undefined) return quantiles
  const rows = text.split('\n').slice(title.line)
  for (const [i, row] of rows.entries()) {
    const [, share, value] = /^ +(\d+)% +(\d+)(?: \(longest request\))?$/.exec(row) ?? []
    if (share === undefined)
      throw new FormatError(
        title.line + i + 1,
        'the percentiles end before 100%',
        'was the output cut short?',
      )
    if (share === '100') break
    quantiles[`p${figure(share, undefined, 'percentile')}`] = figure(value!, title.line + i + 1, `${share}%`)
  }
  return quantiles
}
