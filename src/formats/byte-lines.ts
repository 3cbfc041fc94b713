import { type ByteReader, type Content, FormatError } from './format.ts'
import { LONGEST_LINE } from './lines.ts'

/** Bytes, and the same seen as words. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly words: DataView
}

/** What reads one line after the other where it lies in the bytes: from `start` to before `end`; `number` is 1-based. */
export interface ByteLineHandler {
  line(piece: Piece, start: number, end: number, number: number): void
  end(lines: number): Content
}

const NEWLINE = 10
const RETURN = 13

/**
 * Cuts pieces of UTF-8 into lines without decoding them: no byte of a longer character is a newline. A piece is not kept
 * when `push` returns, but for the line that it breaks off in.
 */
export function readByteLines(handler: ByteLineHandler): ByteReader {
  let rest = new Uint8Array(0)
  let number = 0
  const give = (piece: Piece, start: number, end: number) => {
    number++
    handler.line(piece, start, end > start && piece.bytes[end - 1] === RETURN ? end - 1 : end, number)
  }
  return {
    push(bytes) {
      let from = 0
      if (rest.length > 0) {
        const end = bytes.indexOf(NEWLINE)
        rest = joined(rest, end === -1 ? bytes : bytes.subarray(0, end))
        if (rest.length > LONGEST_LINE)
          throw new FormatError(number + 1, `this line is longer than ${LONGEST_LINE / 2 ** 20} MiB`)
        if (end === -1) return
        give(pieceOf(rest), 0, rest.length)
        from = end + 1
      }
      const piece = pieceOf(bytes)
      for (let end = bytes.indexOf(NEWLINE, from); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
        give(piece, from, end)
        from = end + 1
      }
      // A copy: the slice of a Buffer would be a view of what is about to change.
      rest = new Uint8Array(bytes.subarray(from))
    },
    end() {
      if (rest.length > 0) give(pieceOf(rest), 0, rest.length)
      return handler.end(number)
    },
  }
}

function pieceOf(bytes: Uint8Array): Piece {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** A text to be looked for in bytes, four at a time. */
export class Pattern {
  readonly length: number
  readonly #words: Uint32Array
  readonly #rest: Uint8Array

  /** The text must be ASCII. */
  constructor(text: string) {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const view = new DataView(bytes.buffer)
    this.length = bytes.length
    this.#words = Uint32Array.from({ length: bytes.length >>> 2 }, (_, i) => view.getUint32(i * 4))
    this.#rest = bytes.subarray(this.#words.length * 4)
  }

  /** Whether it stands at `at`, and ends no later than `end`. */
  isAt(piece: Piece, at: number, end: number): boolean {
    if (at + this.length > end) return false
    const words = this.#words
    let i = 0
    for (; i < words.length; i++) if (piece.words.getUint32(at + i * 4) !== words[i]) return false
    const from = at + i * 4
    for (let j = 0; j < this.#rest.length; j++) if (piece.bytes[from + j] !== this.#rest[j]) return false
    return true
  }
}
