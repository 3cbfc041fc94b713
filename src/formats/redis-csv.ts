import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { refuseTrouble, resultsOfRedis } from './redis-figures.ts'

const QUANTILE = /^p(\d+)_latency_ms$/

/**
 * The table of `--csv`. The name of a test is what was asked of the server, and its quotes and line ends stand there
 * as they are: so a row is whatever ends in as many quoted figures as the header has after the name.
 */
export function readRedisCsv(text: string): Result[] {
  const results: Result[] = []
  let columns: string[] | undefined
  let row: RegExp | undefined
  let open: { text: string; line: number } | undefined
  for (const [i, line] of text.split('\n').entries()) {
    if (open === undefined && !line.startsWith('"')) {
      refuseTrouble(line, i + 1)
      continue
    }
    if (columns === undefined || row === undefined) {
      columns = line.trimEnd().replaceAll('"', '').split(',')
      row = new RegExp(`^"([^]*)"${',"([^",\\n]*)"'.repeat(columns.length - 1)}$`)
      continue
    }
    open =
      open === undefined ? { text: line, line: i + 1 } : { text: `${open.text}\n${line}`, line: open.line }
    if (open.text.length > 1e6) break
    const cells = row.exec(open.text.trimEnd())
    if (cells === null) continue
    results.push(...readRow(columns, cells.slice(1), i + 1))
    open = undefined
  }
  if (open !== undefined)
    throw new FormatError(open.line, 'the row is not whole', 'was the output cut short?')
  return results
}

function readRow(columns: readonly string[], cells: readonly string[], line: number): Result[] {
  const read = (column: string) => {
    const at = columns.indexOf(column)
    return at === -1 ? undefined : figure(cells[at] ?? '', line, column)
  }
  const quantiles = columns.flatMap((column) => {
    const [, percent] = QUANTILE.exec(column) ?? []
    return percent === undefined ? [] : [[`p${percent}`, read(column)!] as const]
  })
  const optional = (key: 'mean' | 'min' | 'max', column: string) => {
    const value = read(column)
    return value === undefined ? {} : { [key]: value }
  }
  return resultsOfRedis({
    name: (cells[0] ?? '').trim(),
    rate: read('rps')!,
    ...optional('mean', 'avg_latency_ms'),
    ...optional('min', 'min_latency_ms'),
    ...optional('max', 'max_latency_ms'),
    quantiles: Object.fromEntries(quantiles),
  })
}
