// A file of slots of one size, a record in each: written in place, read with one call.
import { constants, fdatasync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { lineOf, parsed } from './record.mjs'

export const SLOT = 1024

const sync = promisify(fdatasync)

export function openTable(file) {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT)
  const buffer = Buffer.alloc(SLOT)
  return {
    slots: () => Math.ceil(fstatSync(handle).size / SLOT),
    /** Undefined where there is none that is whole. */
    read: (slot) => {
      const size = readSync(handle, buffer, 0, SLOT, slot * SLOT)
      const end = buffer.indexOf('\n')
      return end === -1 || end >= size ? undefined : parsed(buffer.toString('utf8', 0, end))
    },
    write: (slot, record) => {
      const bytes = Buffer.alloc(SLOT, ' ')
      bytes.write(lineOf(record))
      if (writeSync(handle, bytes, 0, SLOT, slot * SLOT) < SLOT)
        throw new Error('a slot was not written whole')
    },
    sync: () => sync(handle),
  }
}
