/** Opens a tool's output, decodes it and gives it to its format: the one place where formats meet files. */
import type { Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { UserError } from './core/errors.ts'
import type { Parsed } from './core/result.ts'
import {
  type ByteReader,
  type FolderFile,
  type FolderFormat,
  type Format,
  FormatError,
} from './formats/format.ts'
import { located, parseText, relocate, tidyText } from './formats/parse.ts'
import { DETECTION_LENGTH, detect, formatNamed, formats, startOf } from './formats/registry.ts'
import { piecesOf } from './pieces.ts'

/** A format that is read as a whole has to fit into memory several times. */
const LARGEST_TEXT = 256 * 2 ** 20

/**
 * Reads one output: a file (also gzipped), or standard input for `-`. `format` is a format's name or `auto`. Throws
 * UserError with format, file and place.
 */
export async function ingest(file: string, format: string): Promise<Parsed> {
  const named = format === 'auto' ? undefined : formatNamed(format)
  const label = file === '-' ? 'standard input' : file
  if (file !== '-') {
    const folder = await folderOf(file, named)
    if (folder !== undefined) return folder
  }
  try {
    return await read(file, named, label)
  } catch (error) {
    throw inWords(error, label)
  }
}

/** A folder that a tool keeps its results in, or one file of such a folder, which says little alone. */
async function folderOf(file: string, named: Format | undefined): Promise<Parsed | undefined> {
  const found = await lookAt(file)
  const able = (named === undefined ? formats : [named]).flatMap((format) =>
    'picks' in format ? [format] : [],
  )
  if (!found.isDirectory()) {
    const path = resolve(file).split(sep).join('/')
    const format = able.find((one) => one.picks(path))
    if (format === undefined) return undefined
    return readFolder(format, dirname(dirname(file)), dirname(file))
  }
  for (const format of able) {
    const parsed = await readFolder(format, file, file)
    if (parsed !== undefined) return parsed
  }
  throw new UserError(
    named === undefined
      ? 'no file in this folder is known'
      : `there is nothing of ${named.name} in this folder`,
    { place: file, remedy: 'name the file that the tool wrote' },
  )
}

const MOST_FILES = 100_000

/** Undefined where the folder has no file that the format wants; `within` narrows to a folder below. */
async function readFolder(format: FolderFormat, folder: string, within: string): Promise<Parsed | undefined> {
  const names = await readdir(within, { recursive: true })
  if (names.length > MOST_FILES)
    throw new UserError(`more than ${MOST_FILES} files are in it`, { place: within })
  const files: FolderFile[] = []
  for (const name of names.toSorted()) {
    const full = join(within, name)
    const path = relative(folder, full).split(sep).join('/')
    if (!format.picks(path)) continue
    const { mtimeMs, size } = await stat(full)
    if (size > LARGEST_TEXT) throw new UserError(`larger than ${LARGEST_TEXT / 2 ** 20} MiB`, { place: full })
    files.push({ path, text: tidyText(await readFile(full, 'utf8')), modified: mtimeMs })
  }
  if (files.length === 0) return undefined
  return located(format, folder, () => format.parseFolder(files))
}

/** The same for a text that is at hand and a format that is prepared; `file` is what complaints call it. */
export function ingestText(text: string, file: string, format: string): Parsed {
  const named = format === 'auto' ? undefined : formatNamed(format)
  refuseUnreadable(text, file)
  const start = startOf(withoutBanner(text))
  const reads = named ?? detected(start, file)
  const bytes = bytesReader(reads, start)
  if (bytes === undefined) return parseText(reads, withoutBanner(text), file)
  return located(reads, file, () => {
    bytes.push(Buffer.from(text.replace(/^\uFEFF/, '')))
    return bytes.end()
  })
}

async function read(file: string, named: Format | undefined, label: string): Promise<Parsed> {
  const pieces = piecesOf(file)
  try {
    const head = await headOf(pieces)
    const decoder = new TextDecoder(head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf-8')
    const start = startOf(withoutBanner(decoder.decode(head)))
    refuseUnreadable(start, label)
    const format = named ?? detected(start, label)
    await format.prepare?.()
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
    const bytes = decoder.encoding === 'utf-8' ? bytesReader(format, start) : undefined
    if (bytes !== undefined) {
      await follow(format, label, bytes, marked ? head.subarray(3) : head, pieces)
      return located(format, label, () => bytes.end())
    }
    const text = textReader(format, label)
    const decoded = {
      push: (piece: Uint8Array) => text.push(decoder.decode(piece, { stream: true })),
    }
    await follow(format, label, decoded, head, pieces)
    return text.end(decoder.decode())
  } finally {
    await pieces.return(undefined)
  }
}

/** At least as much as detection looks at, if there is as much. */
async function headOf(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  let length = 0
  while (length < DETECTION_LENGTH) {
    const next = await pieces.next()
    if (next.done === true) break
    found.push(Buffer.from(next.value))
    length += next.value.length
  }
  return Buffer.concat(found)
}

async function follow(
  format: Format,
  label: string,
  reader: { push(piece: Uint8Array): void },
  head: Uint8Array,
  pieces: AsyncGenerator<Uint8Array>,
): Promise<void> {
  try {
    reader.push(head)
    for await (const piece of pieces) reader.push(piece)
  } catch (error) {
    throw relocate(error, format, label)
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function bytesReader(format: Format, start: string): ByteReader | undefined {
  return 'open' in format ? format.openBytes?.(start, (bytes) => utf8.decode(bytes)) : undefined
}

/** What takes decoded text: a stream's reader, or a buffer for what is parsed as a whole. */
function textReader(format: Format, label: string): { push(text: string): void; end(rest: string): Parsed } {
  if ('open' in format) {
    const reader = format.open()
    let begun = false
    const push = (text: string) => {
      reader.push(begun ? text : withoutBanner(text))
      begun = true
    }
    const end = (rest: string) =>
      located(format, label, () => {
        push(rest)
        return reader.end()
      })
    return { push, end }
  }
  let whole = ''
  return {
    push(text) {
      whole += text
      if (whole.length > LARGEST_TEXT)
        throw new FormatError(undefined, `larger than ${LARGEST_TEXT / 2 ** 20} MiB`)
    },
    end: (rest) => parseText(format, withoutBanner(whole + rest), label),
  }
}

/**
 * What npm and pnpm print before the script that they run (`> name@1.0.0 bench`, `> node bench.js`) is no part of its
 * output. It is blanked, so that lines keep their numbers.
 */
function withoutBanner(text: string): string {
  const banner = /^\uFEFF?\s{0,20}> [^\n]{0,300}@[^\n]{0,300}\n> [^\n]{0,4000}\n/.exec(text)
  return banner === null ? text : banner[0].replace(/[^\n]/g, ' ') + text.slice(banner[0].length)
}

function detected(start: string, label: string): Format {
  try {
    return detect(start)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, {
      place: label,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    })
  }
}

function refuseUnreadable(head: string, label: string): void {
  if (head.trim() === '') throw new UserError('it is empty: the tool printed nothing', { place: label })
  if (head.includes('\0')) throw new UserError('this is no text but binary data', { place: label })
}

async function lookAt(file: string): Promise<Stats> {
  try {
    return await stat(file)
  } catch (error) {
    throw inWords(error, file)
  }
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  Z_DATA_ERROR: 'is damaged gzip',
  Z_BUF_ERROR: 'is gzip that was cut short',
}

/** A fault of the file in words; anything else stays what it is. */
function inWords(error: unknown, label: string): unknown {
  const code = (error as { code?: unknown } | null)?.code
  const words = typeof code === 'string' && Object.hasOwn(SYSTEM, code) ? SYSTEM[code] : undefined
  return words === undefined ? error : new UserError(words, { place: label, cause: error })
}
