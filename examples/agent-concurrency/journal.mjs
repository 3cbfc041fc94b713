// Records on disk: appended, synced before they are confirmed, read back up to the last whole one.
import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fdatasync)
/** Bytes after which what is in the file is summed up. */
const MOST = 64 * 2 ** 20
/** Steps that are remembered, so that one that is told twice counts once. */
const REMEMBERED = 10_000

const idOf = ({ run, step }) => `${run} ${step}`

/** What is in a file: `finished` runs, the last steps, `bytes` of whole lines, and how many steps stand in it twice. */
function read(file) {
  const told = { finished: 0, steps: new Set(), bytes: 0, doubled: 0 }
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      take(told, JSON.parse(line))
    } catch {
      break
    }
    told.bytes += Buffer.byteLength(line) + 1
  }
  return told
}

function take(told, record) {
  if (record.sum !== undefined) {
    told.finished = record.sum
    told.steps = new Set(record.steps)
    return
  }
  const id = idOf(record)
  if (told.steps.has(id)) told.doubled += 1
  else if (record.done) told.finished += 1
  told.steps.add(id)
  if (told.steps.size > REMEMBERED) told.steps.delete(told.steps.values().next().value)
}

export function openJournal(file) {
  let handle = openSync(file, 'a+')
  const told = read(file)
  ftruncateSync(handle, told.bytes)
  let running = Promise.resolve()
  let next

  /** All that came while the disk was busy share its next turn. */
  const durable = () =>
    (next ??= running.then(() => {
      next = undefined
      running = sync(handle)
      return running
    }))

  /** A sum in the place of all records, written beside and renamed; who waits for the old file has been served by then. */
  function sumUp() {
    const beside = openSync(`${file}.new`, 'w')
    const line = `${JSON.stringify({ sum: told.finished, steps: [...told.steps] })}\n`
    writeSync(beside, line)
    fsyncSync(beside)
    renameSync(`${file}.new`, file)
    const old = handle
    handle = openSync(file, 'a+')
    closeSync(beside)
    running.finally(() => closeSync(old))
    told.bytes = Buffer.byteLength(line)
  }

  return {
    append: (record) => {
      if (!told.steps.has(idOf(record))) {
        const line = `${JSON.stringify(record)}\n`
        writeSync(handle, line)
        take(told, record)
        told.bytes += Buffer.byteLength(line)
        if (told.bytes > MOST) sumUp()
      }
      return durable()
    },
    finished: () => told.finished,
    /** From the disk, not from memory. */
    check: () => {
      const { finished, doubled } = read(file)
      return { finished, doubled }
    },
    remove: () => rmSync(file, { force: true }),
  }
}
