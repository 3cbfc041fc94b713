import { type Content, FormatError, type Reader } from './format.ts'

/** A line longer than this is no tool's output but a runaway. */
export const LONGEST_LINE = 16 * 1024 * 1024

/** What reads one line after the other; `number` is 1-based. */
export interface LineHandler {
  line(text: string, number: number): void
  end(lines: number): Content
}

/** A Reader that cuts pieces into lines: CRLF and BOM gone, the last line with or without its end. */
export function readLines(handler: LineHandler): Reader {
  let rest = ''
  let number = 0
  const give = (text: string) => {
    number++
    handler.line(text.charCodeAt(text.length - 1) === 13 ? text.slice(0, -1) : text, number)
  }
  return {
    push(piece) {
      let from = number === 0 && rest === '' && piece.charCodeAt(0) === 0xfeff ? 1 : 0
      let to = piece.indexOf('\n', from)
      if (to !== -1 && rest !== '') {
        const joined = rest + piece.slice(from, to)
        rest = ''
        give(joined)
        from = to + 1
        to = piece.indexOf('\n', from)
      }
      for (; to !== -1; to = piece.indexOf('\n', from)) {
        give(piece.slice(from, to))
        from = to + 1
      }
      rest += piece.slice(from)
      if (rest.length > LONGEST_LINE)
        throw new FormatError(number + 1, `this line is longer than ${LONGEST_LINE / 2 ** 20} MiB`)
    },
    end() {
      if (rest !== '') give(rest)
      rest = ''
      return handler.end(number)
    },
  }
}

/** What people are meant to read has no longer lines; a longer one would cost patterns the square of its length. */
export const LONGEST_PRINTED_LINE = 4000

/** The lines of what a tool prints for people. Throws FormatError with the line that no tool prints. */
export function printedLines(text: string): string[] {
  const lines = text.split('\n')
  const long = lines.findIndex((line) => line.length > LONGEST_PRINTED_LINE)
  if (long !== -1)
    throw new FormatError(long + 1, `this line is longer than ${LONGEST_PRINTED_LINE} characters`)
  return lines
}
