import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { printedLines } from './lines.ts'
import { refuseTrouble, resultsOfRedis } from './redis-figures.ts'

const MOST_COLUMNS = 50
const QUANTILE = /^p(\d+)_latency_ms$/

/**
 * The table of `--csv`. The name of a test is what was asked of the server, and its quotes and line ends stand there
 * as they are: so a row is whatever ends in as many quoted figures as the header has after the name.
 */
export function readRedisCsv(text: string): Result[] {
  const results: Result[] = []
  let columns: string[] | undefined
  /** The end of the name, and the figures, at the end of a row. */
  let ending = /$/
  let name: { parts: string[]; line: number } | undefined
  for (const [i, line] of printedLines(text).entries()) {
    if (name === undefined && !line.startsWith('"')) refuseTrouble(line, i + 1)
    else if (columns === undefined) {
      columns = line.trimEnd().replaceAll('"', '').split(',')
      if (columns.length > MOST_COLUMNS) throw new FormatError(i + 1, `more than ${MOST_COLUMNS} columns`)
      ending = new RegExp(`"${',"([^",]*)"'.repeat(columns.length - 1)}$`)
    } else {
      name ??= { parts: [], line: i + 1 }
      const row = line.trimEnd()
      const found = ending.exec(row)
      name.parts.push(found === null ? line : row.slice(0, found.index))
      if (found === null) continue
      results.push(...readRow(columns, name.parts.join('\n').slice(1), found.slice(1), i + 1))
      name = undefined
    }
  }
  if (name !== undefined)
    throw new FormatError(name.line, 'the row is not whole', 'was the output cut short?')
  return results
}

function readRow(columns: readonly string[], name: string, cells: readonly string[], line: number): Result[] {
  const read = (column: string) => {
    const at = columns.indexOf(column)
    return at === -1 ? undefined : figure(cells[at - 1] ?? '', line, column)
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
    name: name.trim(),
    rate: read('rps')!,
    ...optional('mean', 'avg_latency_ms'),
    ...optional('min', 'min_latency_ms'),
    ...optional('max', 'max_latency_ms'),
    quantiles: Object.fromEntries(quantiles),
  })
}
