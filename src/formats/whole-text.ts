import { type Content, FormatError, type Reader } from './format.ts'
import { type LineHandler, readLines } from './lines.ts'
import { type Outline, outlineOf } from './outline.ts'
import { tidyText } from './parse.ts'

/** What is not a stream is small; larger, it is something else. */
const LARGEST = 256 * 2 ** 20
/** Enough of a text to tell which of a tool's outputs it is. */
const HEAD = 65536

/** A Reader for a text that is parsed as a whole. */
export function wholeText(parse: (text: string) => Content): Reader {
  const pieces: string[] = []
  let length = 0
  return {
    push(piece) {
      pieces.push(piece)
      length += piece.length
      if (length > LARGEST) throw new FormatError(undefined, `larger than ${LARGEST / 2 ** 20} MiB`)
    },
    end: () => parse(tidyText(pieces.join(''))),
  }
}

/** A Reader for a tool with several outputs: `choose` sees the beginning and opens the right one. */
export function chosenBy(choose: (head: string) => Reader): Reader {
  let reader: Reader | undefined
  let head = ''
  const open = () => {
    const chosen = choose(tidyText(head.slice(0, HEAD)))
    chosen.push(head)
    head = ''
    return chosen
  }
  return {
    push(piece) {
      if (reader !== undefined) return reader.push(piece)
      head += piece
      if (head.length >= HEAD) reader = open()
    },
    end() {
      reader ??= open()
      return reader.end()
    },
  }
}

/** For rows whose last cell may be cut and still be one: the tool ends every line, so the last one has its end. */
export function endedLines(handler: LineHandler): Reader {
  const reader = readLines(handler)
  let ended = true
  return {
    push(piece) {
      if (piece !== '') ended = piece.endsWith('\n')
      reader.push(piece)
    },
    end() {
      const content = reader.end()
      if (!ended) throw new FormatError(undefined, 'the last line has no end', 'was the output cut short?')
      return content
    },
  }
}

/** The text with everything before its JSON object and after it blanked, so that places in it stay what they are. */
export function withoutProse(text: string): string {
  const start = /^[ \t]*\{/m.exec(text)?.index ?? 0
  const last = text.lastIndexOf('}')
  const end = last < start ? text.length : last + 1
  return blank(text.slice(0, start)) + text.slice(start, end)
}

function blank(prose: string): string {
  return prose.replace(/[^\n]/g, ' ')
}

/** The outline of a JSON object that prose may stand before: `npm run` prints the command. */
export function outlineAfterProse(start: string): Outline {
  return outlineOf(/^\s*[[{]/.test(start) ? start : withoutProse(start))
}
