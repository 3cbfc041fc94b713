import type { Resolution } from '../core/result.ts'
import { closedLoop } from './closed-loop.ts'
import { figure, readTable } from './csv.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'

const SECOND = 1e9
const HUNDREDTHS: Resolution = { absolute: 1e7, because: 'hundredths of a second' }
const FINE: Resolution = { absolute: 1e4, because: 'hundredths of a millisecond' }
const ROW = /^\s*\{?\s*"?([A-Za-z][A-Za-z_ ]*?)"?:\s+(-?[\d.]+)(?:\s+([A-Za-z/%]+))?,?\s*$/
const LOG = /^ *Date & Time, +Trans, +Elap Time,/m

/** siege: what it prints (a JSON-like object, labelled lines before version 4.0.5), and `--log`. https://github.com/JoeDog/siege */
export const siege: TextFormat = {
  name: 'siege',
  title: 'siege (text, -j, --log)',
  keeps: 'mean, min and max in hundredths of a second',
  detect: (start) =>
    LOG.test(start) ||
    (/^\s*\{?\s*"?transactions"?:\s/im.test(start) && /^\s*"?elapsed[_ ]time"?:\s/im.test(start)),
  parse: (text) => (LOG.test(text) ? readLog(text) : readSummary(text)),
}

function readSummary(text: string): Content {
  const figures = new Map<string, number>()
  let fine = false
  for (const [i, line] of text.split('\n').entries()) {
    const [, label, value, unit] = ROW.exec(line) ?? []
    if (label === undefined || value === undefined) continue
    const key = label.toLowerCase().replaceAll(' ', '_')
    if (!KEYS.includes(key)) continue
    if (figures.has(key))
      throw new FormatError(i + 1, 'a second run begins here', 'give each run an output of its own')
    const number = figure(value, i + 1, key)
    if (number < 0) throw new FormatError(i + 1, `"${key}" is negative`)
    // Later versions tell times in milliseconds, and say so.
    fine ||= unit === 'ms'
    figures.set(key, unit === 'ms' ? number / 1000 : number)
  }
  const missing = KEYS.find((key) => !figures.has(key))
  if (missing !== undefined)
    throw new FormatError(
      undefined,
      `"${missing}" is missing`,
      'was siege interrupted, or its output cut short?',
    )
  const of = (key: string) => figures.get(key)!
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told(
        { mean: of('response_time'), min: of('shortest_transaction'), max: of('longest_transaction') },
        SECOND,
      ),
      resolution: fine ? FINE : HUNDREDTHS,
      throughput: of('transaction_rate'),
      requests: requestsOf(
        of('transactions'),
        of('successful_transactions'),
        of('failed_transactions'),
        undefined,
      ),
    }),
    warnings: [closedLoop('siege')],
  }
}

const KEYS: readonly string[] = [
  'transactions',
  'response_time',
  'transaction_rate',
  'successful_transactions',
  'failed_transactions',
  'longest_transaction',
  'shortest_transaction',
]

/** Failed transactions are not among the transactions; a bad status is, but not among the successful. */
function requestsOf(transactions: number, successful: number, failed: number, at: number | undefined) {
  const total = transactions + failed
  if (!Number.isSafeInteger(total) || successful > transactions)
    throw new FormatError(
      at,
      `${successful} of ${transactions} transactions were successful: this does not add up`,
    )
  return { failed: total - successful, total }
}

/** A row a run, appended; `-m` writes a mark before it, which is then its name. */
function readLog(text: string): Content {
  let mark = ''
  const marks = new Map<number, string>()
  const table = text.split('\n').map((line, i) => {
    const found = /^\*\*\*\* (.*) \*\*\*\*$/.exec(line)
    if (found !== null) mark = found[1]!
    marks.set(i + 1, mark)
    return found === null ? line.replace(/ *, */g, ',').trim() : ''
  })
  const { rows } = readTable(table.join('\n'))
  const seen = new Set<string>()
  const results = rows.flatMap((row) => {
    const benchmark = marks.get(row.line) ?? ''
    if (seen.has(benchmark))
      throw new FormatError(
        row.line,
        'siege appended another run',
        'begin with an empty log, or mark each run with -m',
      )
    seen.add(benchmark)
    return resultsOfLoad({
      benchmark,
      latency: told({ mean: row.number('Resp Time') }, SECOND),
      resolution: HUNDREDTHS,
      throughput: row.number('Trans Rate'),
      requests: requestsOf(row.number('Trans'), row.number('OKAY'), row.number('Failed'), row.line),
      at: row.line,
    })
  })
  return { results, warnings: [closedLoop('siege')] }
}
