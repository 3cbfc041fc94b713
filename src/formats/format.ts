import { UserError } from '../core/errors.ts'
import type { Parsed, Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'

/** What one output contains, before the format's name is put to it. */
export interface Content {
  readonly results: readonly Result[]
  readonly warnings?: readonly Warning[]
}

/** Takes a large output piece by piece and keeps constant memory. */
export interface Reader {
  /** The next piece of decoded text; pieces end anywhere, also within a line. Throws FormatError. */
  push(piece: string): void
  /** No more is to come. Throws FormatError if what came is not whole. */
  end(): Content
}

interface Described {
  /** Value of `format:` in a config, and the fixture folder: `k6`, `go-bench`. */
  readonly name: string
  /** What people call it, for the table of formats: `k6 (--out json, --summary-export)`. */
  readonly title: string
  /** What it keeps of a distribution, for the table: `raw samples`, `percentiles`, `mean ± sd`. */
  readonly keeps: string
  /**
   * Whether the text is of this format, from its first 64 KiB (BOM removed, CRLF as the tool wrote it). A predicate:
   * never throws. At most one registered format may claim a text.
   */
  detect(start: string): boolean
}

/** Read as a whole. */
export interface TextFormat extends Described {
  /** Throws FormatError with a place. */
  parse(text: string): Content
}

/** Read piece by piece. */
export interface StreamFormat extends Described {
  open(): Reader
}

/** The reader of one tool's output. Pure: text in, results out. */
export type Format = TextFormat | StreamFormat

/**
 * Something in an output that is not as the tool writes it. `at` is a line (`1412`), a JSON path (`$.runs[3].p99`) or
 * undefined for the whole; the format's name and the file's are put before it by whoever opened the file.
 */
export class FormatError extends UserError {
  readonly at: string | number | undefined
  constructor(at: string | number | undefined, what: string, remedy?: string) {
    super(what, {
      ...(at === undefined ? {} : { place: String(at) }),
      ...(remedy === undefined ? {} : { remedy }),
    })
    this.name = 'FormatError'
    this.at = at
  }

  /** `k6: points.ndjson:1412: "value" is not a number`, `pyperf: out.json: $.version: …`. */
  located(format: string, file: string): UserError {
    const place =
      this.at === undefined
        ? `${format}: ${file}`
        : typeof this.at === 'number'
          ? `${format}: ${file}:${this.at}`
          : `${format}: ${file}: ${this.at}`
    return new UserError(this.message, {
      place,
      cause: this,
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
    })
  }
}

/** Parses a text of which everything is at hand. */
export function parseText(format: Format, text: string, file: string): Parsed {
  try {
    const content = 'parse' in format ? format.parse(text) : readWhole(format.open(), text)
    return { format: format.name, results: content.results, warnings: content.warnings ?? [] }
  } catch (error) {
    if (error instanceof FormatError) throw error.located(format.name, file)
    throw error
  }
}

function readWhole(reader: Reader, text: string): Content {
  reader.push(text)
  return reader.end()
}
