import type { Told } from '../core/distribution.ts'
import type { Warning } from '../core/warning.ts'
import { closedLoop } from './closed-loop.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { find, need, oneRun } from './found.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'
import { duration } from './quantity.ts'

/**
 * wrk and wrk2 (the same text with a `--latency` spectrum and a constant rate). https://github.com/wg/wrk,
 * https://github.com/giltene/wrk2. A Lua script may print anything after it.
 */
export const wrk: TextFormat = {
  name: 'wrk',
  title: 'wrk, wrk2 (text, --latency)',
  keeps: 'percentiles (with --latency), else mean ± sd',
  detect: (start) =>
    (/^Running .+ test @ /m.test(start) && /^ {2}\d+ threads? and \d+ connections?$/m.test(start)) ||
    /^unable to (?:connect to|resolve) \S/.test(start),
  parse(text) {
    const refused = find(text, /^(unable to (?:connect to|resolve) .+)$/m)
    if (refused !== undefined)
      throw new FormatError(refused.line, refused.cells[0]!.slice(0, 200), 'is the service up?')
    oneRun(text, /^Running .+ test @ /)
    const counted = need(text, /^ {2}(\d+) requests in (\S+), \S+ read$/m, 'the total of requests')
    const rate = need(text, /^Requests\/sec: +(\S+)$/m, 'Requests/sec')
    checkDuration(text, counted.cells[1]!, counted.line)

    const answered = figure(counted.cells[0]!, counted.line, 'requests')
    // Requests that met a socket error are not among those counted.
    const errors = find(text, /^ {2}Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)$/m)
    const broken = errors?.cells.reduce((sum, cell) => sum + figure(cell, errors.line, 'errors'), 0) ?? 0
    const status = find(text, /^ {2}Non-2xx or 3xx responses: (\d+)$/m)
    const bad = status === undefined ? 0 : figure(status.cells[0]!, status.line, 'responses')
    if (/^ {2}Socket errors:/m.test(text) && errors === undefined)
      throw new FormatError(undefined, 'the line of socket errors is not whole')
    const corrected = /HdrHistogram - Recorded Latency|Thread calibration:/.test(text)
    return {
      results: resultsOfLoad({
        benchmark: '',
        latency: answered === 0 ? undefined : readLatency(text, answered),
        throughput: figure(rate.cells[0]!, rate.line, 'Requests/sec'),
        requests: { failed: bad + broken, total: answered + broken },
        at: counted.line,
      }),
      warnings: corrected ? [CORRECTED] : [closedLoop('wrk')],
    }
  },
}

const CORRECTED: Warning = {
  code: 'corrected-histogram',
  message:
    'wrk2 counts latency from when a request was due at its rate (-R): compare it only with a run of the same rate',
}

/**
 * wrk sleeps for the whole of its duration: a run that took less was interrupted, and half a run is none. Of minutes and
 * hours it prints only the nearest (100 s: `2m`).
 */
function checkDuration(text: string, took: string, at: number): void {
  const [, planned = '', number = '', unit] = /^Running ((\d+)([smh])) test @ /m.exec(text) ?? []
  if (unit === undefined) return
  const least = unit === 's' ? planned : `${Number(number) - 0.5}${unit}`
  if (Number(number) > 0 && duration(took, at, 'time') < 0.95 * duration(least, at, 'planned time'))
    throw new FormatError(at, `it ran for ${took} of ${planned}`, 'was wrk interrupted?')
}

function readLatency(text: string, count: number): Told {
  const stats = find(text, /^ {4}Latency +(\S+) +(\S+) +(\S+) +(\S+)$/m)
  if (stats === undefined) throw new FormatError(undefined, 'there is no line of latencies in it')
  const time = (i: number) => duration(stats.cells[i]!, stats.line, 'Latency')
  // Some builds of wrk2 have the 99th percentile in the place of the maximum.
  const third = find(text, /^ {2}Thread Stats +Avg +Stdev +(\S+) +\+\/- Stdev$/m)?.cells[0]
  const quantiles: Record<string, number> = {}
  // The first distribution: with -U wrk2 prints the uncorrected one after it.
  const block = /^ {2}Latency Distribution.*\n((?: +[\d.]+% +\S+\n?)*)/m.exec(text)
  const from = block === null ? 0 : text.slice(0, block.index).split('\n').length
  for (const [i, line] of (block?.[1] ?? '').split('\n').entries()) {
    const [, share, value] = /^ +([\d.]+)% +(\S+)$/.exec(line) ?? []
    if (share === undefined || value === undefined || Number(share) >= 100) continue
    quantiles[`p${figure(share, from + i + 1, 'percentile')}`] = duration(value, from + i + 1, `${share}%`)
  }
  if (third === '99%') quantiles.p99 ??= time(2)
  return told(
    { count, mean: time(0), sd: time(1), ...(third === 'Max' ? { max: time(2) } : {}), quantiles },
    1,
  )
}
