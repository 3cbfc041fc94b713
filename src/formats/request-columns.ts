import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'
import { Requests, type Telling } from './requests.ts'
import { tableLines } from './table-lines.ts'

/** Which columns of a table of requests hold what; times in seconds. */
interface Columns {
  readonly duration: string
  readonly status: string
  readonly start: string
  /** The tool always writes so many: fewer in the last cell, and the row was cut. */
  readonly decimals?: number
}

/** A row for every request to one target, under a header, failed by its HTTP status. */
export function requestColumns(columns: Columns, telling: Telling): LineHandler {
  const requests = new Requests()
  const shape = columns.decimals === undefined ? /^\d/ : new RegExp(`^-?\\d+\\.\\d{${columns.decimals}}$`)
  let header: readonly string[] | undefined
  return tableLines({
    row(cells, number) {
      if (cells.includes(columns.duration)) {
        if (header !== undefined)
          throw new FormatError(number, 'a second run begins here', 'give each run an output of its own')
        header = cells
        return
      }
      if (header === undefined) return
      if (cells.length !== header.length)
        throw new FormatError(
          number,
          `expected ${header.length} cells, got ${cells.length}`,
          'was the output cut short?',
        )
      const cell = (column: string) => cells[header!.indexOf(column)] ?? ''
      const latency = figure(cell(columns.duration), number, columns.duration)
      if (latency < 0) throw new FormatError(number, `"${columns.duration}" is negative`)
      const status = cell(columns.status)
      if (!/^\d{3}$/.test(status) || !shape.test(cells[cells.length - 1]!))
        throw new FormatError(number, 'the row is not whole', 'was the output cut short?')
      const start =
        cell(columns.start) === '' ? Number.NaN : figure(cell(columns.start), number, columns.start)
      const failed = status < '200' || status >= '400'
      requests.add({ name: '', latency, failed, start, end: start + latency }, number)
    },
    end: () => requests.content(telling),
  })
}
