import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { errorRate, info, result, told } from './measured.ts'

const MILLISECOND = 1e6
const THOUSANDTHS = { absolute: 1e3, because: 'thousandths of a millisecond' }
const CUT = 'was the output cut short?'

/** The whole run, or one script of several. */
export interface Part {
  readonly name: string
  readonly lines: string[]
}

/** The first line of the part that matches, without the indent of a script's lines. */
export function read({ lines }: Part, pattern: RegExp): RegExpExecArray | [] {
  for (const line of lines) {
    const found = pattern.exec(line.trim())
    if (found !== null) return found
  }
  return []
}

export function failuresOf(part: Part): { failed: number; skipped: number; failuresTold: boolean } {
  const [, failed] = read(part, /^(?:- )?number of failed transactions: (\d+)/)
  const [, skipped = '0'] = read(part, /^(?:- )?number of transactions skipped: (\d+)/)
  return { failed: Number(failed ?? 0), skipped: Number(skipped), failuresTold: failed !== undefined }
}

/** The figures of a part; `last` is the number of the output's last line, for complaints. */
export function resultsOf(part: Part, processed: number, last: number): Result[] {
  const { failed, skipped, failuresTold } = failuresOf(part)
  const total = processed + failed + skipped
  const benchmark = part.name
  if (processed === 0)
    return total === 0
      ? [{ benchmark, status: 'skipped', reason: 'none of its transactions was run' }]
      : [{ benchmark, status: 'failed', reason: `none of ${total} transactions was processed` }]
  const [rateLine = '', rate] = rateOf(part)
  if (rate === undefined) throw new FormatError(last, 'the transactions per second are missing', CUT)
  const results: Result[] = []
  const [mean, average, including] = read(
    part,
    /^(?:- )?latency average ?[=:] ([\d.]+) ms( \(including failures\))?/,
  )
  const [, sd] = read(part, /^(?:- )?latency stddev ?[=:] ([\d.]+) ms/)
  if (average !== undefined) {
    const data = told(
      {
        count: including === undefined ? processed : processed + failed,
        mean: figure(average, undefined, mean!),
        sd: sd === undefined ? undefined : figure(sd, undefined, 'latency stddev'),
      },
      MILLISECOND,
    )
    results.push(result(benchmark, 'latency', 'ns', data, { resolution: THOUSANDTHS }))
  }
  const scalar = (value: number) => ({ kind: 'scalar', value }) as const
  results.push(result(benchmark, 'throughput', '1/s', scalar(figure(rate, undefined, rateLine))))
  if (failuresTold) results.push(errorRate(benchmark, failed, total))
  results.push(
    info(benchmark, 'transactions', 'count', processed),
    ...besides(part, processed, total, skipped),
  )
  return results
}

/** To version 13 there were two, and the one without connecting is the one that was meant. */
export function rateOf(part: Part): RegExpExecArray | [] {
  const without = read(part, /^tps = (\S+) \((?:excluding|without)/)
  if (without.length > 0) return without
  const only = read(part, /^tps = (\S+) \(/)
  return only.length > 0 ? only : read(part, /^- \d+ transactions? \(.*tps = ([^)]+)\)/)
}

function besides(part: Part, processed: number, total: number, skipped: number): Result[] {
  const beside = { better: 'lower', primary: false } as const
  const share = (metric: string, count: number, of: number) =>
    result(part.name, metric, 'ratio', { kind: 'scalar', value: count / of, total: of }, beside)
  const [, late, of] = read(
    part,
    /^(?:- )?number of transactions above the [\d.]+ ms latency limit: (\d+)(?:\/(\d+))?/,
  )
  const [, retried] = read(part, /^(?:- )?number of transactions retried: (\d+)/)
  const [, lag, most] = read(part, /^(?:- )?rate limit schedule lag: avg ([\d.]+) \(max ([\d.]+)\) ms/)
  const [, when, connecting] = read(part, /^(initial|average) connection time = ([\d.]+) ms/)
  const hasSkipped = read(part, /^(?:- )?number of transactions skipped: /).length > 0
  return [
    ...(hasSkipped ? [share('skipped', skipped, total)] : []),
    ...(late === undefined
      ? []
      : [share('above latency limit', Number(late), Number(of ?? processed) || processed)]),
    ...(retried === undefined ? [] : [share('retried', Number(retried), total)]),
    ...(lag === undefined
      ? []
      : [
          result(
            part.name,
            'schedule lag',
            'ns',
            told({ mean: figure(lag, undefined, 'lag'), max: figure(most!, undefined, 'lag') }, MILLISECOND),
            beside,
          ),
        ]),
    ...(connecting === undefined
      ? []
      : [
          result(
            part.name,
            `${when} connection time`,
            'ns',
            { kind: 'scalar', value: figure(connecting, undefined, 'connection time') * MILLISECOND },
            beside,
          ),
        ]),
  ]
}
