import { UserError } from '../core/errors.ts'
import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'

/**
 * How a tool's words become results, the same for every format:
 *
 * - The main time of an operation is the metric `latency`; the main rate is `throughput`; failed by total is
 *   `error_rate`, a scalar with `total`. Every other figure keeps the tool's own word (`user`, `B/op`,
 *   `http_req_waiting`), and is `primary: false` where it is only told beside.
 * - A tool with names of its own gives them as they are, made stable from run to run. A tool whose output is one
 *   anonymous benchmark (k6, wrk, pgbench) gives the name `''`: it takes the name of the declared benchmark, and where
 *   there is none (`tailgate parse`) that of the format.
 * - Figures are in base units (core/unit.ts). `better` is left out where neither the tool nor the unit tells it.
 * - What the tool did not tell is absent: no 0 and no interpolation in its place. What it calls failed or skipped is a
 *   FailedResult; an output that is cut short, aborted or without any benchmark is a FormatError.
 */

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

/** A Reader of UTF-8 that is not decoded first. */
export interface ByteReader {
  /** The next piece, without byte order mark; pieces end anywhere. It may change when this returns. Throws FormatError. */
  push(piece: Uint8Array): void
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
   * Whether the text is of this format, from its first 64 KiB (without BOM, lines ending in LF). A predicate: never
   * throws. At most one registered format may claim a text.
   */
  detect(start: string): boolean
  /** Loads what only this format needs and every start of the program would pay for; awaited before an output is read. */
  prepare?(): Promise<void>
}

/** Read as a whole. */
export interface TextFormat extends Described {
  /** The text has no BOM, its lines end in LF. Throws FormatError with a place. */
  parse(text: string): Content
}

/** Read piece by piece. */
export interface StreamFormat extends Described {
  open(): Reader
  /**
   * Where decoding would cost more than reading: a reader of bytes for an output that begins with `start`, or undefined
   * where there is none for it. It must find the same as `open()`. `decode` is of UTF-8.
   */
  openBytes?(start: string, decode: (bytes: Uint8Array) => string): ByteReader | undefined
}

/** A file that a tool keeps in a folder of its own. */
export interface FolderFile {
  /** Relative to the folder, with `/`. */
  readonly path: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** Some tools keep a folder of results beside what they print. */
export interface FolderFormat extends TextFormat {
  /** Whether a file of the folder is needed. */
  picks(path: string): boolean
  /** Only files that were picked, by path. Throws FormatError with the file and the place in it. */
  parseFolder(files: readonly FolderFile[]): Content
}

/** The reader of one tool's output. Pure: text in, results out. */
export type Format = TextFormat | StreamFormat | FolderFormat

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

  /** `k6: points.ndjson:1412: "value" is not a number`, `pyperf: out.json: $.version: …`, `pyperf: out.json:3:14: …`. */
  located(format: string, file: string): UserError {
    const at = this.at === undefined ? '' : /^\d/.test(String(this.at)) ? `:${this.at}` : `: ${this.at}`
    const place = `${format}: ${file}${at}`
    const what = this.message.length > 500 ? `${this.message.slice(0, 500)}…` : this.message
    return new UserError(what, {
      place,
      cause: this,
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
    })
  }
}
