import { closedLoop } from './closed-loop.ts'
import { figure, grouped } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { oneRun } from './found.ts'
import { resultsOfLoad, WHOLE_MILLISECONDS } from './load-figures.ts'
import { told } from './measured.ts'

const ESCAPES = /\x1b\[[0-9;]*m/g
const TIMES: Readonly<Record<string, 'mean' | 'sd' | 'max' | 'min'>> = {
  Avg: 'mean',
  Stdev: 'sd',
  Max: 'max',
  Min: 'min',
}

/** What autocannon prints for people: tables of box drawing, counts of a thousand and more rounded to `8k`. */
export function readAutocannonTable(text: string): Content {
  oneRun(text, /^Running .+ test @ /)
  const lines = text.replace(ESCAPES, '').split('\n')
  const latency = rowOf(lines, 'Latency')
  const rate = rowOf(lines, 'Req/Sec')
  const totals = /^(\d+)(k?) requests in [\d.]+s, /m.exec(lines.join('\n'))
  if (latency === undefined || rate === undefined || totals === null)
    throw new FormatError(undefined, 'the tables are not whole', 'was the output cut short?')

  const figures: { mean?: number; sd?: number; max?: number; min?: number } = {}
  const quantiles: Record<string, number> = {}
  for (const [column, cell] of latency.cells) {
    const value = figure(cell.replace(/ ms$/, ''), latency.line, column)
    if (value < 0) throw new FormatError(latency.line, `"${column}" is negative`)
    const name = Object.hasOwn(TIMES, column) ? TIMES[column] : undefined
    if (name !== undefined) figures[name] = value
    else quantiles[`p${figure(column.replace(/%$/, ''), latency.line, 'percentile')}`] = value
  }
  for (const [line, percentile, value] of percentileRows(lines))
    quantiles[`p${percentile}`] = figure(value, line, percentile)

  const requests = requestsOf(lines.join('\n'), Number(totals[1]) * (totals[2] === 'k' ? 1000 : 1))
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told({ ...figures, quantiles }, 1e6),
      resolution: WHOLE_MILLISECONDS,
      throughput: grouped(rate.cells.get('Avg') ?? '', rate.line, 'Req/Sec'),
      requests,
    }),
    warnings: [closedLoop('autocannon')],
  }
}

/** The status counts are exact where they are printed; totals and errors only to the nearest thousand. */
function requestsOf(text: string, sent: number): { failed: number; total: number } {
  const status = /^(\d+) 2xx responses, (\d+) non 2xx responses$/m.exec(text)
  const errors = /^(\d+)(k?) errors? \(/m.exec(text)
  const mismatched = /^(\d+)(k?) requests with mismatched body$/m.exec(text)
  const count = (found: RegExpExecArray | null) =>
    found === null ? 0 : Number(found[1]) * (found[2] === 'k' ? 1000 : 1)
  const failed = Number(status?.[2] ?? 0) + count(errors) + count(mismatched)
  const answered = status === null ? sent - count(errors) : Number(status[1]) + Number(status[2])
  const total = Math.max(answered, 0) + count(errors)
  return { failed: Math.min(failed, total), total }
}

/** The row whose first cell is `name`, by the header above it. */
function rowOf(
  lines: readonly string[],
  name: string,
): { line: number; cells: Map<string, string> } | undefined {
  let header: string[] = []
  for (const [i, line] of lines.entries()) {
    const cells = cellsOf(line)
    if (cells[0] === 'Stat') header = cells
    if (cells[0] !== name || header.length === 0) continue
    if (cells.length !== header.length)
      throw new FormatError(i + 1, 'the row is not whole', 'was the output cut short?')
    return { line: i + 1, cells: new Map(header.slice(1).map((column, at) => [column, cells[at + 1]!])) }
  }
  return undefined
}

/** The rows of `--latency`. */
function percentileRows(lines: readonly string[]): [line: number, percentile: string, value: string][] {
  const start = lines.findIndex((line) => cellsOf(line)[0] === 'Percentile')
  if (start === -1) return []
  const rows: [number, string, string][] = []
  for (let i = start + 1; i < lines.length && !lines[i]!.startsWith('└'); i++) {
    const [percentile, value] = cellsOf(lines[i]!)
    if (percentile !== undefined && value !== undefined && /^\d+(?:\.\d+)?$/.test(percentile))
      rows.push([i + 1, percentile, value])
  }
  return rows
}

function cellsOf(line: string): string[] {
  if (!/^[│|].*[│|]\s*$/.test(line)) return []
  return line
    .trim()
    .slice(1, -1)
    .split(/[│|]/)
    .map((cell) => cell.trim())
}
