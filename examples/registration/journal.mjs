// What takes PostgreSQL's place where there is none: registrations and claims in memory, each a line of a file that is
// synced before it is confirmed (those that come together share a sync). It is asked over a socket, a line of JSON a question.
import { fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const sync = promisify(fdatasync)

/** Answers what stops it. */
export function serveJournal({ file, port }) {
  const journal = openSync(file, 'a+')
  const people = new Map()
  const claims = new Map()
  const policies = new Map()
  const policy = (id) => policies.get(id) ?? policies.set(id, { cover: 1_000_000, claims: 0 }).get(id)
  const take = {
    person: ({ email, kind }) => people.set(email, { id: people.size + 1, kind }),
    claim: ({ key, on, number, amount }) => {
      claims.set(key, { on, number })
      const held = policy(on)
      held.cover -= amount
      held.claims = number
    },
  }

  // After a crash: whatever was written whole counts, a torn last line goes.
  let size = 0
  for (const line of readFileSync(journal, 'utf8').split('\n')) {
    const record = parsed(line)
    if (record === undefined) break
    take[record.what](record)
    size += Buffer.byteLength(line) + 1
  }
  ftruncateSync(journal, size)

  let running = Promise.resolve()
  let next
  function write(record) {
    writeSync(journal, `${JSON.stringify(record)}\n`)
    take[record.what](record)
    next ??= running.then(() => {
      next = undefined
      running = sync(journal)
      return running
    })
    return next
  }

  let waiting = 0
  let maintained = Promise.resolve()
  let endMaintenance = () => {}
  const answers = {
    prepare: () => null,
    register: async (kind, email) => {
      if (people.has(email)) return null
      await write({ what: 'person', kind, email })
      return people.get(email).id
    },
    claim: async (key, on, amount) => {
      const known = claims.get(key)
      if (known !== undefined) return { number: known.number, told: true }
      const { cover, claims: before } = policy(on)
      if (cover < amount) return { told: false }
      await write({ what: 'claim', key, on, number: before + 1, amount })
      return { number: before + 1, told: false }
    },
    report: async () => {
      waiting += 1
      await maintained
      waiting -= 1
      return ['member', 'agent'].map((kind) => ({ kind, count: count(people, (one) => one.kind === kind) }))
    },
    maintain: () => {
      maintained = new Promise((resolve) => {
        endMaintenance = resolve
      })
    },
    endMaintenance: () => endMaintenance(),
    waiting: () => waiting,
    missing: (ids) => {
      const there = new Set([...people.values()].map(({ id }) => id))
      return ids.filter((id) => !there.has(id)).length
    },
    registered: (start) => {
      const found = [...people.keys()].filter((email) => email.startsWith(start)).length
      return { count: found, different: found }
    },
    claimed: (id) => {
      const mine = [...claims.values()].filter(({ on }) => on === id).map(({ number }) => number)
      return { count: mine.length, different: mine.length, max: Math.max(...mine), cover: policy(id).cover }
    },
  }

  const server = createServer((socket) => {
    const lines = createInterface({ input: socket })
    // A client that is gone: both tell it, and it ends nobody but itself.
    for (const one of [socket, lines]) one.on('error', () => {})
    lines.on('line', async (line) => {
      const [id, what, ...told] = JSON.parse(line)
      const answer = (await answers[what](...told)) ?? null
      socket.write(`${JSON.stringify([id, answer])}\n`)
    })
  })
  server.listen(port, '127.0.0.1', () => console.log('ready to accept connections'))
  return async () => {
    server.close()
    await running
  }
}

function parsed(line) {
  try {
    return line === '' ? undefined : JSON.parse(line)
  } catch {
    return undefined
  }
}

const count = (map, which) => [...map.values()].filter(which).length
