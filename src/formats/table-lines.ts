import { cellsOf } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'

const LONGEST_ROW = 1024 * 1024

/** What reads the rows of a table of any length. */
export interface RowHandler {
  /** `number`: 1-based line where the row begins. */
  row(cells: readonly string[], number: number): void
  end(): Content
}

/** Glues lines to rows where a quoted cell runs over lines; blank lines are left out. */
export function tableLines({ row, end }: RowHandler, separator = ','): LineHandler {
  let open = ''
  let start = 0
  return {
    line(text, number) {
      if (open === '' && text.trim() === '') return
      const whole = open === '' ? text : `${open}\n${text}`
      if (open === '') start = number
      const cells = cellsOf(whole, separator)
      open = cells === undefined ? whole : ''
      if (cells !== undefined) row(cells, start)
      else if (whole.length > LONGEST_ROW) throw new FormatError(start, 'a quote is not closed')
    },
    end() {
      if (open !== '') throw new FormatError(start, 'a quote is not closed', 'was the output cut short?')
      return end()
    },
  }
}
