import type { FailedResult } from '../core/result.ts'
import { tidy } from '../core/unit.ts'
import { type Row, readTable } from './csv.ts'
import { FormatError } from './format.ts'

/** A row of Google Benchmark: one repetition, or one aggregate of them. Times in nanoseconds. */
export interface GoogleRow {
  /** The `run_name`. */
  readonly name: string
  /** `mean`, `median`, `stddev`, `cv`. */
  readonly aggregate?: string
  /** Behind an aggregate, if told. */
  readonly repetitions?: number
  readonly figures: ReadonlyMap<string, number>
  readonly stopped?: Pick<FailedResult, 'status' | 'reason'>
}

const STANDARD: readonly string[] = [
  'name',
  'iterations',
  'real_time',
  'cpu_time',
  'time_unit',
  'label',
  'error_occurred',
  'error_message',
]
const SUFFIX = /^(.*)_(mean|median|stddev|cv|BigO|RMS)$/s

/** The rows of the CSV; what stands before the header is the machine's description, which goes to standard error. */
export function readGoogleCsv(text: string): GoogleRow[] {
  const header = text.search(/^name,iterations,real_time,cpu_time,time_unit/m)
  if (header === -1) throw new FormatError(undefined, 'its header "name,iterations,real_time,…" is missing')
  const before = text.slice(0, header).split('\n').length
  const { columns, rows } = readTable(text.slice(header), before)
  const names = new Set(rows.map((row) => row.cell('name')))
  return rows.flatMap((row) => readRow(row, nameOf(row.cell('name'), names), columns) ?? [])
}

/** Aggregates bear a suffix and nothing else; a benchmark may be named so too, hence they must come together. */
function nameOf(name: string, all: ReadonlySet<string>): { name: string; aggregate?: string } {
  const [, base, aggregate] = SUFFIX.exec(name) ?? []
  if (base === undefined || aggregate === undefined) return { name }
  const together =
    ['mean', 'median'].every((other) => all.has(`${base}_${other}`)) || /^(?:BigO|RMS)$/.test(aggregate)
  return together ? { name: base, aggregate } : { name }
}

function readRow(
  row: Row,
  about: { name: string; aggregate?: string },
  columns: readonly string[],
): GoogleRow | undefined {
  if (about.aggregate === 'BigO' || about.aggregate === 'RMS') return undefined
  if (row.maybe('error_occurred') === 'true')
    return {
      ...about,
      figures: new Map(),
      stopped: {
        status: 'failed',
        reason: row.maybe('error_message')?.slice(0, 500) ?? 'it gives no reason',
      },
    }
  const { unit, value: factor } = tidy(1, row.maybe('time_unit') ?? 'ns')
  if (unit !== 'ns')
    throw new FormatError(row.line, `${JSON.stringify(row.maybe('time_unit'))} is no unit of time`)
  const figures = new Map([
    ['real_time', row.number('real_time') * factor],
    ['cpu_time', row.number('cpu_time') * factor],
  ])
  for (const column of columns) {
    if (STANDARD.includes(column)) continue
    const value = row.maybeNumber(column)
    if (value !== undefined) figures.set(column, value)
  }
  return { ...about, figures }
}
