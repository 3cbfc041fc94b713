// Records by key. What is confirmed is in the journal and synced; from there it goes to a table and to its replica, which
// are synced when the journal has become long. Every write makes the version of its record one higher.
import { constants, mkdirSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lineOf, parsed } from './record.mjs'
import { openTable, SLOT } from './table.mjs'

/** Bytes of a journal that is long. */
const LONG = 1 << 20
/** How many slots are looked after in one go, and milliseconds between two. */
const SCRUB = { slots: 200, every: 50 }

export class Refused extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

export async function openStore(folder) {
  mkdirSync(folder, { recursive: true })
  const tables = [openTable(join(folder, 'table')), openTable(join(folder, 'replica'))]
  const journal = await open(join(folder, 'journal'), constants.O_RDWR | constants.O_CREAT)
  /** Where each record is, and its confirmed version. */
  const places = new Map()
  /** Versions that are on their way to the journal. */
  const pending = new Map()
  /** In the journal only, as the tables could not be written. */
  const late = new Map()
  let slots = 0
  let size = 0
  let repaired = 0

  const same = (record, key, version) => record?.key === key && record.version === version

  function put(record) {
    const slot = places.get(record.key)?.slot ?? slots++
    places.set(record.key, { slot, version: record.version })
    try {
      for (const table of tables) table.write(slot, record)
      late.delete(record.key)
    } catch {
      late.set(record.key, record)
    }
  }

  /** From whichever copy is whole; the other is made whole again. */
  function read(key) {
    const place = places.get(key)
    if (place === undefined || late.has(key)) return late.get(key)
    const copies = tables.map((table) => table.read(place.slot))
    const record = copies.find((copy) => same(copy, key, place.version))
    if (record === undefined) throw new Refused(500, `no copy of ${key} is whole`)
    if (!copies.every((copy) => same(copy, key, place.version))) {
      put(record)
      repaired += 1
    }
    return record
  }

  /** The newest whole copy of each record, then whatever the journal holds beyond: a torn last line goes. */
  async function recover() {
    slots = Math.max(...tables.map((table) => table.slots()))
    for (let slot = 0; slot < slots; slot++) {
      const copies = tables.map((table) => table.read(slot))
      const record = copies.reduce((a, b) => ((b?.version ?? -1) > (a?.version ?? -1) ? b : a))
      if (record === undefined) continue
      places.set(record.key, { slot, version: record.version })
      if (!copies.every((copy) => same(copy, record.key, record.version))) put(record)
    }
    for (const line of (await readFile(join(folder, 'journal'), 'utf8')).split('\n')) {
      const record = parsed(line)
      if (record !== undefined && record.version > (places.get(record.key)?.version ?? -1)) put(record)
    }
    await checkpoint()
  }

  async function checkpoint() {
    for (const record of [...late.values()]) put(record)
    if (late.size > 0) return
    await Promise.all(tables.map((table) => table.sync()))
    await journal.truncate(0)
    await journal.datasync()
    size = 0
  }

  let queue = []
  let busy = false
  /** All that came while the disk was busy go to it together. */
  async function flush() {
    if (busy) return
    busy = true
    while (queue.length > 0) {
      const batch = queue
      queue = []
      try {
        size += await append(Buffer.from(batch.map(({ record }) => lineOf(record)).join('')))
      } catch (error) {
        // Who came meanwhile built upon these.
        for (const { failed } of [...batch, ...queue.splice(0)]) failed(new Refused(507, error.message))
        pending.clear()
        continue
      }
      for (const { record, done } of batch) {
        put(record)
        if (pending.get(record.key) === record.version) pending.delete(record.key)
        done(record.version)
      }
      if (size > LONG) await checkpoint()
    }
    busy = false
  }

  async function append(bytes) {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await journal.write(bytes, done, bytes.length - done, size + done)
        done += bytesWritten
      }
      await journal.datasync()
      return bytes.length
    } catch (error) {
      // No room: nothing of it may stay, or it would come back as if it had been confirmed.
      await journal.truncate(size)
      throw error
    }
  }

  await recover()
  let next = 0
  const scrubbing = setInterval(() => {
    const keys = [...places.keys()]
    for (let i = 0; i < SCRUB.slots; i++) {
      try {
        read(keys[next++ % keys.length])
      } catch {}
    }
  }, SCRUB.every)

  return {
    read,
    keys: () => [...places.keys()],
    repaired: () => repaired,
    /** Comes with the new version once that is on disk. `expect`: which version it replaces, and no other. */
    write: (key, text, expect) => {
      const version = pending.get(key) ?? places.get(key)?.version ?? 0
      if (expect !== undefined && expect !== version)
        throw new Refused(409, `${key} is of version ${version}, not ${expect}`)
      const record = { key, version: version + 1, text }
      if (Buffer.byteLength(lineOf(record)) > SLOT) throw new Refused(413, 'too long')
      pending.set(key, record.version)
      return new Promise((done, failed) => {
        queue.push({ record, done, failed })
        flush()
      })
    },
    /** Before anybody else: version 0 of many. */
    seed: async (records) => {
      for (const record of records) put({ ...record, version: 0 })
      await checkpoint()
    },
    close: () => clearInterval(scrubbing),
  }
}
