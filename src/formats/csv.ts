import { FormatError } from './format.ts'

/** A row of a table with a header: cells by column name. */
export interface Row {
  /** 1-based line of the text where the row begins. */
  readonly line: number
  /** Throws FormatError where the row is too short to have the column. */
  cell(column: string): string
  /** Undefined where there is no such column, or the cell is empty. */
  maybe(column: string): string | undefined
  /** A finite number; throws FormatError with the line. */
  number(column: string): number
  maybeNumber(column: string): number | undefined
}

/** The cells of one line: quoted ones may hold the separator, and quotes as `""`. Undefined: a quote is left open. */
export function cellsOf(line: string, separator = ','): string[] | undefined {
  if (!line.includes('"')) return line.split(separator)
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (line[at] === '"') {
      let cell = ''
      let end = line.indexOf('"', at + 1)
      for (; end !== -1 && line[end + 1] === '"'; end = line.indexOf('"', end + 2)) {
        cell += line.slice(at + 1, end + 1)
        at = end + 1
      }
      if (end === -1) return undefined
      cells.push(cell + line.slice(at + 1, end))
      at = end + 1
      if (at >= line.length) return cells
      // What follows a closing quote up to the separator belongs to no cell that a tool writes.
      const next = line.indexOf(separator, at)
      if (next === -1) return cells
      at = next + separator.length
    } else {
      const end = line.indexOf(separator, at)
      cells.push(line.slice(at, end === -1 ? undefined : end))
      if (end === -1) return cells
      at = end + separator.length
    }
    if (at === line.length) {
      cells.push('')
      return cells
    }
  }
}

/** A cell of more lines than this is an open quote. */
const MOST_LINES = 1000

/** The rows under a header; quoted cells may run over lines. Blank lines are left out. Throws FormatError. */
export function readTable(text: string, firstLine = 1): { columns: readonly string[]; rows: Row[] } {
  const lines = text.split('\n')
  const rows: Row[] = []
  let columns: readonly string[] | undefined
  for (let i = 0; i < lines.length; i++) {
    const number = firstLine + i
    let line = lines[i]!
    if (line.trim() === '') continue
    let cells = cellsOf(line)
    while (cells === undefined) {
      i++
      if (i >= lines.length || line.length > 1e6 || firstLine + i - number > MOST_LINES)
        throw new FormatError(number, 'a quote is not closed', 'was the output cut short?')
      line += `\n${lines[i]}`
      cells = cellsOf(line)
    }
    if (columns === undefined) columns = cells
    else rows.push(rowOf(columns, cells, number))
  }
  return { columns: columns ?? [], rows }
}

function rowOf(columns: readonly string[], cells: readonly string[], line: number): Row {
  if (cells.length < columns.length)
    throw new FormatError(
      line,
      `expected ${columns.length} cells, got ${cells.length}`,
      'was the output cut short?',
    )
  const maybe = (column: string) => {
    const at = columns.indexOf(column)
    const cell = at === -1 ? undefined : cells[at]
    return cell === '' ? undefined : cell
  }
  const number = (column: string) => {
    const cell = maybe(column) ?? ''
    return figure(cell, line, column)
  }
  return {
    line,
    maybe,
    number,
    maybeNumber: (column) => (maybe(column) === undefined ? undefined : number(column)),
    cell(column) {
      const cell = maybe(column)
      if (cell === undefined) throw new FormatError(line, `"${column}" is empty`)
      return cell
    },
  }
}

const FIGURE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A finite number as text; throws FormatError that names what it should have been. */
export function figure(text: string, at: number | string | undefined, what: string): number {
  const value = FIGURE.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value))
    throw new FormatError(at, `"${what}" is not a finite number: ${JSON.stringify(text.slice(0, 60))}`)
  return value
}

/** A number with thousands separators: `4,597.21`. */
export function grouped(text: string, at: number | string | undefined, what: string): number {
  return figure(text.replaceAll(',', ''), at, what)
}
