/** Faults, alerts and endpoints as a table of Markdown. */
import { table } from './comparison-table.ts'
import { code, text } from './escape.ts'
import type { FaultRow } from './faults.ts'

const SIGN = { good: '✅', bad: '❌', doubt: '❓' } as const

/** Empty where there is no row. */
export function rowTable(
  rows: readonly FaultRow[],
  what: string,
  columns: readonly string[],
  align: string,
): string {
  if (rows.length === 0) return ''
  const lines = rows.map(({ state, name, cells }) => [
    SIGN[state],
    code(name),
    ...cells.map((cell) => text(cell)),
  ])
  return table(['', what, ...columns], align, lines)
}
