// Audit log and budget monitor: every record is on disk before it is confirmed, every check is answered from memory.
import { createHash } from 'node:crypto'
import { fdatasync, fdatasyncSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const THRESHOLDS = JSON.parse(readFileSync(new URL('alerts.json', import.meta.url), 'utf8'))
const LOG = join(process.env.DATA ?? tmpdir(), `audit-${process.env.PORT}.jsonl`)
/** The regressed variant sums up the whole log for every check, and waits for the disk for every record by itself. */
const REGRESSED = process.env.REGRESSED === '1'

const log = openSync(LOG, 'a+')
const spent = new Map()
let records = 0
let chain = ''
let size = 0
recover()
if (records === 0) for (let i = 0; i < 20_000; i++) write({ actor: 'seed', account: `a${i % 20}`, amount: 1 })

/** After a crash: whatever was written whole counts, a torn last line goes. */
function recover() {
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const record = parsed(line)
    if (record === undefined || record.chain !== digest(chain, record.entry)) break
    take(record, Buffer.byteLength(line) + 1)
  }
  ftruncateSync(log, size)
}

function parsed(line) {
  try {
    return line === '' ? undefined : JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Each record holds a digest of the one before it: one that was left out or changed is found. */
function digest(before, entry) {
  return createHash('sha1').update(before).update(JSON.stringify(entry)).digest('base64')
}

function take({ entry, chain: own }, bytes) {
  records += 1
  chain = own
  size += bytes
  spent.set(entry.account, (spent.get(entry.account) ?? 0) + (entry.amount ?? 0))
}

function write(entry) {
  const record = { entry, chain: digest(chain, entry) }
  const line = `${JSON.stringify(record)}\n`
  writeSync(log, line)
  take(record, Buffer.byteLength(line))
}

const sync = promisify(fdatasync)
let running = Promise.resolve()
let next
/** All that came while the disk was busy share its next turn. */
function durable() {
  if (REGRESSED) return fdatasyncSync(log)
  next ??= running.then(() => {
    next = undefined
    running = sync(log)
    return running
  })
  return next
}

function append(entries) {
  for (const entry of entries) write(entry)
  return durable()
}

const used = (account) => (REGRESSED ? summedUp(account) : (spent.get(account) ?? 0)) / THRESHOLDS.budget
function summedUp(account) {
  const entries = readFileSync(LOG, 'utf8')
    .split('\n')
    .flatMap((line) => parsed(line)?.entry ?? [])
  return entries.filter((entry) => entry.account === account).reduce((sum, { amount = 0 }) => sum + amount, 0)
}

/** Opens after so many failures in a row, and lets one through again after a while. */
const breaker = { failures: 0, until: 0 }
function guarded(work) {
  if (breaker.failures >= THRESHOLDS.breaker.failures && Date.now() < breaker.until) return { open: true }
  try {
    const told = work()
    breaker.failures = 0
    return told
  } catch (error) {
    breaker.failures += 1
    breaker.until = Date.now() + THRESHOLDS.breaker.pause
    throw error
  }
}

let turn = 0
const account = () => `a${turn++ % 20}`
const entry = () => ({ actor: 'load', account: account(), amount: 0.001 })

const ROUTES = {
  'POST /audit': () => append([entry()]),
  'POST /audit/bulk': () => append(Array.from({ length: 10 }, entry)),
  'POST /session': () => append([{ actor: 'session', account: 'a0', action: 'open' }]),
  'GET /report': () => Object.fromEntries([...spent].sort((a, b) => b[1] - a[1]).slice(0, 10)),
  'GET /budget': () => ({ used: used(account()) }),
  'GET /breaker': () => guarded(() => ({ used: used(account()) })),
  'POST /spend': async () => {
    const told = { used: used(account()) }
    await append([entry()])
    return told
  },
  'POST /overspend': () => append([{ actor: 'fault', account: 'a1', amount: THRESHOLDS.budget }]),
  'POST /refund': () => append([{ actor: 'fault', account: 'a1', amount: -THRESHOLDS.budget }]),
  'POST /broken': () => {
    throw new Error('a record that nobody can write')
  },
  'GET /alerts': () =>
    [...spent].filter(([one]) => used(one) > THRESHOLDS.used).map(([one]) => `budget ${one} firing`),
  'GET /count': () => records,
  'GET /health': () => 'well',
}

const server = createServer((request, response) => {
  const route = ROUTES[`${request.method} ${request.url}`]
  request.resume()
  request.on('end', async () => {
    try {
      const told = await route?.()
      response.statusCode = route === undefined ? 404 : 200
      response.end(JSON.stringify(told ?? {}))
    } catch (error) {
      response.statusCode = 500
      response.end(JSON.stringify({ error: error.message }))
    }
  })
})
server.listen(process.env.PORT, '127.0.0.1')
process.on('SIGTERM', () => {
  server.close()
  // For suites: what a round wrote is of no use to anybody else.
  if (process.env.THROW_AWAY === '1') rmSync(LOG, { force: true })
  process.exit(0)
})
