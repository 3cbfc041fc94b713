import { type Content, FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'

/** Lines for a tool with several outputs: `choose` sees the first one that is not blank and says what reads them all. */
export function byFirstLine(choose: (line: string) => LineHandler): LineHandler {
  let chosen: LineHandler | undefined
  return {
    line(text, number) {
      if (chosen === undefined && text.trim() === '') return
      chosen ??= choose(text)
      chosen.line(text, number)
    },
    end(lines) {
      if (chosen === undefined) throw new FormatError(undefined, 'there is nothing in it')
      return chosen.end(lines)
    },
  }
}

/** A report for people is small: more lines than this are something else. */
const MOST_LINES = 200_000

/** Gathers all lines of an output that has to be read as a whole; the first stands at `[0]`, blank ones are kept. */
export function wholeText(parse: (lines: readonly string[]) => Content): LineHandler {
  const lines: string[] = []
  return {
    line(text, number) {
      while (lines.length < number - 1) lines.push('')
      if (lines.length >= MOST_LINES) throw new FormatError(number, `more than ${MOST_LINES} lines`)
      lines.push(text)
    },
    end: () => parse(lines),
  }
}
