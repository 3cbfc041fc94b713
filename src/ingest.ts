/** Opens a tool's output, decodes it and gives it to its format: the one place where formats meet files. */
import { createReadStream, type Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { createGunzip } from 'node:zlib'
import { UserError } from './core/errors.ts'
import type { Parsed } from './core/result.ts'
import { type FolderFile, type FolderFormat, type Format, FormatError } from './formats/format.ts'
import { located, parseText, relocate, tidyText } from './formats/parse.ts'
import { DETECTION_LENGTH, detect, formatNamed, formats } from './formats/registry.ts'

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
    return await read(textOf(file), named, label)
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

/** The same for a text that is at hand; `file` is what complaints call it. */
export function ingestText(text: string, file: string, format: string): Parsed {
  const named = format === 'auto' ? undefined : formatNamed(format)
  refuseUnreadable(text, file)
  return parseText(named ?? detected(text, file), text, file)
}

async function read(
  pieces: AsyncIterable<string>,
  named: Format | undefined,
  label: string,
): Promise<Parsed> {
  const iterator = pieces[Symbol.asyncIterator]()
  let head = ''
  let over = false
  while (head.length < DETECTION_LENGTH && !over) {
    const next = await iterator.next()
    if (next.done === true) over = true
    else head += next.value
  }
  refuseUnreadable(head, label)
  const format = named ?? detected(head, label)
  const rest = { [Symbol.asyncIterator]: () => iterator }
  if ('parse' in format) {
    let text = head
    for await (const piece of rest) {
      text += piece
      if (text.length > LARGEST_TEXT)
        throw new FormatError(undefined, `larger than ${LARGEST_TEXT / 2 ** 20} MiB`).located(
          format.name,
          label,
        )
    }
    return parseText(format, text, label)
  }
  const reader = format.open()
  try {
    reader.push(tidyText(head))
    head = ''
    for await (const piece of rest) reader.push(piece)
  } catch (error) {
    throw relocate(error, format, label)
  }
  return located(format, label, () => reader.end())
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

/** The text piece by piece: gunzipped if it begins as gzip does; UTF-8, or UTF-16 where a byte order mark says so. */
async function* textOf(file: string): AsyncGenerator<string> {
  const bytes: AsyncIterable<Buffer> =
    file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 2 ** 20 })
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const piece of gunzipped(bytes)) {
    decoder ??= new TextDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8')
    yield decoder.decode(piece, { stream: true })
  }
  const rest = decoder?.decode()
  if (rest !== undefined && rest !== '') yield rest
}

async function* gunzipped(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const rest = { [Symbol.asyncIterator]: () => iterator }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield first.value
    yield* rest
    return
  }
  const gunzip = createGunzip({ chunkSize: 2 ** 20 })
  const feed = async () => {
    try {
      for (let piece: Buffer | undefined = first.value; piece !== undefined; ) {
        if (!gunzip.write(piece)) await new Promise((resolve) => gunzip.once('drain', resolve))
        const next: IteratorResult<Buffer> = await iterator.next()
        piece = next.done === true ? undefined : next.value
      }
      gunzip.end()
    } catch (error) {
      gunzip.destroy(error as Error)
    }
  }
  void feed()
  yield* gunzip
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
