import type { Result } from '../core/result.ts'
import { closedLoop } from './closed-loop.ts'
import { figure, type Row, readTable } from './csv.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { resultsOfLoad, withWhole } from './load-figures.ts'
import { readLocustJson } from './locust-json.ts'
import { twoDigits } from './locust-resolution.ts'
import { told } from './measured.ts'
import { outlineOf } from './outline.ts'

const STATS = /^(?:Type|Method),Name,(?:Request Count|# requests|"# requests"),/
/** The other files of `--csv`, and why each is not the one to read. */
const OTHERS: readonly (readonly [header: RegExp, what: string])[] = [
  [/^Timestamp,User Count,Type,Name,/, 'these are moments of a run, each of its last seconds'],
  [/^Method,Name,Error,Occurrences/, 'these are failures without the requests they were among'],
  [/^Count,Message,Traceback,Nodes/, 'these are exceptions without the requests they were among'],
]

/** Locust: `_stats.csv` of `--csv`, and `--json`. https://docs.locust.io */
export const locust: TextFormat = {
  name: 'locust',
  title: 'Locust (--csv: _stats.csv, --json)',
  keeps: 'histogram (--json), percentiles (csv), both in 2 significant digits',
  detect: (start) =>
    STATS.test(start) ||
    OTHERS.some(([header]) => header.test(start)) ||
    outlineOf(start).has('[].num_requests', '[].response_times'),
  parse(text) {
    if (/^\s*\[/.test(text)) return readLocustJson(text)
    const other = OTHERS.find(([header]) => header.test(text))
    if (other !== undefined) throw new FormatError(1, other[1], 'give the file that ends in _stats.csv')
    return readCsv(text)
  },
}

const MILLISECOND = 1e6

function readCsv(text: string): Content {
  const { columns, rows } = readTable(text)
  const parts: Result[][] = []
  let whole: Result[] | undefined
  for (const row of rows) {
    const method = row.maybe('Type') ?? row.maybe('Method') ?? ''
    const name = row.cell('Name')
    // The sum of the others stands last, and has no method.
    if (method === '' && /^(?:Aggregated|Total|None Total)$/.test(name)) whole = readRow('', row, columns)
    else if (whole !== undefined) throw new FormatError(row.line, 'a row follows the sum of all')
    else parts.push(readRow(method === '' ? name : `${method} ${name}`, row, columns))
  }
  if (whole === undefined)
    throw new FormatError(undefined, 'the row "Aggregated" is missing', 'was the output cut short?')
  return { results: withWhole(whole, parts), warnings: [closedLoop('a user of Locust')] }
}

/** Failures are among the requests and their times. */
function readRow(benchmark: string, row: Row, columns: readonly string[]): Result[] {
  const number = (...names: readonly string[]) => {
    const name = names.find((column) => columns.includes(column)) ?? names[0]!
    const value = row.number(name)
    if (value < 0) throw new FormatError(row.line, `"${name}" is negative`)
    return value
  }
  const total = number('Request Count', '# requests')
  const failed = number('Failure Count', '# failures')
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(failed))
    throw new FormatError(row.line, 'the counts are not whole numbers')
  const quantiles: Record<string, number> = {}
  for (const column of columns) {
    const share = /^(\d{1,2}(?:\.\d+)?)%$/.exec(column)?.[1]
    const cell = row.maybe(column)
    if (share !== undefined && cell !== undefined && cell !== 'N/A')
      quantiles[`p${Number(share)}`] = figure(cell, row.line, column)
  }
  const figures = {
    count: total,
    mean: number('Average Response Time', 'Average response time'),
    min: number('Min Response Time', 'Min response time'),
    max: number('Max Response Time', 'Max response time'),
    quantiles,
  }
  return resultsOfLoad({
    benchmark,
    latency: total === 0 ? undefined : told(figures, MILLISECOND),
    resolution: twoDigits(Object.values(quantiles)),
    throughput: number('Requests/s'),
    requests: { failed, total },
    at: row.line,
  })
}
