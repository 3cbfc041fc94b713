/** A run on disk: gzipped JSON, written whole or not at all, read as hostile. */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { UserError } from '../core/errors.ts'
import type { Run } from '../core/run.ts'
import { decodeRun, encodeRun } from '../core/run-file.ts'

const MIB = 1024 * 1024
/** Bytes on disk: a run of 1000 histograms has about 3 MiB. */
const MOST_ON_DISK = 64 * MIB
/** Bytes once unpacked: gzip can make 1000 of one. */
const MOST_UNPACKED = 256 * MIB

/** Writes `run` so that a reader sees the old file or the new one, never a part; makes the folder if there is none. */
export async function saveRun(path: string, run: Run): Promise<void> {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await mkdir(folder, { recursive: true })
    const packed = await promisify(gzip)(encodeRun(run))
    const file = await open(draft, 'wx')
    try {
      await file.writeFile(packed)
      // Else a power cut after the rename could leave an empty file under the final name.
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw new UserError(`cannot be written: ${(error as Error).message}`, { place: path, cause: error })
  }
}

/**
 * Reads a saved run, gzipped or plain. Throws UserError with the file and the path inside it. What a person named may
 * be a link; in a restored folder a link could name any file of the machine, and is refused.
 */
export async function loadRun(path: string, links: 'follow' | 'refuse' = 'follow'): Promise<Run> {
  const bytes = await readCapped(path, links === 'refuse')
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = packed ? await unpack(bytes, path) : bytes
  if (plain.length === 0) throw new UserError('is empty', { place: path })
  return decodeRun(new TextDecoder().decode(plain), path)
}

async function readCapped(path: string, noLinks: boolean): Promise<Buffer> {
  // Windows has neither flag; there making a link takes rights of its own. A pipe would keep the reader waiting.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const flags = O_RDONLY | O_NONBLOCK | (noLinks ? O_NOFOLLOW : 0)
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(unopenable(error), { place: path, cause: error })
  })
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new UserError('is not a file', { place: path })
    if (found.size > MOST_ON_DISK)
      throw new UserError(`is larger than ${MOST_ON_DISK / MIB} MiB: not a saved run`, { place: path })
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function unopenable(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such file'
  return error.code === 'ELOOP'
    ? 'is a symbolic link, which is not followed'
    : `cannot be read: ${error.message}`
}

async function unpack(bytes: Buffer, path: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_UNPACKED })
  } catch (error) {
    const what =
      (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacks to more than ${MOST_UNPACKED / MIB} MiB: not a saved run`
        : `cannot be unpacked: ${(error as Error).message}`
    throw new UserError(what, { place: path, cause: error })
  }
}
