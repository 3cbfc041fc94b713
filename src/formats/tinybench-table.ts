import type { Result } from '../core/result.ts'
import { tidy } from '../core/unit.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'

/** Whether a text holds what `console.table(bench.table())` prints. */
export function isTinybenchTable(start: string): boolean {
  return /^│[^\n]*│ *'?Task [Nn]ame'? *│/m.test(start)
}

/**
 * The table: figures as `'64496 ± 8.86%'`, in the unit that the column names (`Latency avg (ns)`; milliseconds never,
 * although the object has them). Version 2 had `ops/sec` and `Average Time (ns)`.
 */
export function readTinybenchTable(text: string): Result[] {
  let columns: string[] | undefined
  const results: Result[] = []
  const lines = printedLines(text)
  let closed = false
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('└')) closed = true
    if (!line.startsWith('│')) continue
    const cells = line
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^'(.*)'$/s, '$1'))
    if (columns === undefined || cells.some((cell) => /^Task [Nn]ame$/.test(cell))) columns = cells
    else results.push(...readRow(columns, cells, i + 1))
  }
  if (!closed) throw new FormatError(lines.length, 'the table has no end', 'was the output cut short?')
  return results
}

function readRow(columns: readonly string[], cells: readonly string[], line: number): Result[] {
  if (cells.length !== columns.length)
    throw new FormatError(line, `expected ${columns.length} cells, got ${cells.length}`)
  const at = (wanted: RegExp) => {
    const column = columns.findIndex((name) => wanted.test(name))
    return column === -1 || cells[column] === ''
      ? undefined
      : { name: columns[column]!, cell: cells[column]! }
  }
  const benchmark = at(/^Task [Nn]ame$/)?.cell
  if (benchmark === undefined) throw new FormatError(line, 'the task has no name')
  const number = (wanted: RegExp) => {
    const found = at(wanted)
    if (found === undefined) return undefined
    return {
      value: figure(found.cell.replace(/ ?±.*$/, '').replaceAll(',', ''), line, found.name),
      name: found.name,
    }
  }
  if (at(/^(?:Error|State)$/i) !== undefined && at(/^(?:Latency|Average)/) === undefined)
    return [{ benchmark, status: 'failed', reason: at(/^(?:Error|State)$/i)!.cell.slice(0, 500) }]
  const mean = number(/^(?:Latency (?:avg|average)|Average Time)/)
  if (mean === undefined) return [{ benchmark, status: 'failed', reason: 'it has no figures' }]
  const unit = /\((\w+|µs)\)/.exec(mean.name)?.[1] ?? 'ns'
  const count = number(/^Samples$/)?.value
  const rate = number(/^(?:Throughput (?:avg|average)|ops\/sec)/)?.value
  const latency = told(
    { count, mean: mean.value, quantiles: { p50: number(/^Latency med/)?.value } },
    tidy(1, unit).value,
  )
  return [
    result(benchmark, 'latency', 'ns', latency),
    ...(rate === undefined
      ? []
      : [
          result(
            benchmark,
            'throughput',
            '1/s',
            told({ count, mean: rate, quantiles: { p50: number(/^Throughput med/)?.value } }, 1),
            {
              primary: false,
            },
          ),
        ]),
  ]
}
