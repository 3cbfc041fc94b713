/**
 * An archive of one file, as artifacts are. Reading is strict: what was not made by the writer below, or by GitHub's
 * own client with one file, is refused. Format: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { UserError } from '../core/errors.ts'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22
const DEFLATED = 8
const STORED = 0

export function zipOne(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const file = Buffer.from(name)
  // From "version needed" to the length of the extra field: the same in both headers.
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(DEFLATED, 4)
  common.writeUInt16LE(0x21, 8) // 1 January 1980: no clock is needed
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(file.length, 22)
  const local = Buffer.concat([uint32(LOCAL), common, file, packed])
  const central = Buffer.concat([uint32(CENTRAL), Buffer.from([20, 0]), common, Buffer.alloc(14), file])
  const end = Buffer.alloc(END_SIZE)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

/** The content of the only file, `name`, of at most `most` bytes. Throws UserError, placed at `place`. */
export function unzipOne(archive: Buffer, name: string, most: number, place: string): Buffer {
  try {
    return read(archive, name, most)
  } catch (error) {
    // A number that points outside of the buffer is a RangeError, broken data an error of zlib.
    throw new UserError(`is not an archive of one file ${name}: ${(error as Error).message}`, {
      place,
      cause: error,
    })
  }
}

function read(archive: Buffer, name: string, most: number): Buffer {
  const end = archive.length - END_SIZE
  demand(end >= 0 && archive.readUInt32LE(end) === END, 'its end is not there')
  demand(archive.readUInt16LE(end + 10) === 1, `it holds ${archive.readUInt16LE(end + 10)} files`)
  const central = archive.readUInt32LE(end + 16)
  demand(archive.readUInt32LE(central) === CENTRAL, 'its list of files is not there')
  const encrypted = (archive.readUInt16LE(central + 8) & 1) !== 0
  demand(!encrypted, 'it is encrypted')
  const method = archive.readUInt16LE(central + 10)
  const crc = archive.readUInt32LE(central + 16)
  const packedSize = archive.readUInt32LE(central + 20)
  const size = archive.readUInt32LE(central + 24)
  demand(size <= most, `the file has ${size} bytes, more than ${most}`)
  const nameLength = archive.readUInt16LE(central + 28)
  demand(
    archive.toString('utf8', central + 46, central + 46 + nameLength) === name,
    'the file has another name',
  )
  const local = archive.readUInt32LE(central + 42)
  demand(archive.readUInt32LE(local) === LOCAL, 'the file is not there')
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(start, start + packedSize)
  demand(packed.length === packedSize, 'the file is cut')
  demand(method === DEFLATED || method === STORED, `its method of compression is ${method}`)
  const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
  demand(content.length === size && crc32(content) === crc, 'the file is damaged')
  return content
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** The polynomial of ISO 3309, reflected. `zlib.crc32` is not there before Node 20.15. */
const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

function crc32(bytes: Buffer): number {
  let c = 0xffffffff
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
