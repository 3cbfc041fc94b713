// The tool server: POST /tools/NAME with arguments as JSON. Whatever it asks of others has a deadline and a way out.
import { writeFileSync } from 'node:fs'
import { Agent, request as ask, createServer } from 'node:http'
import { join } from 'node:path'
import { openLocks } from './locks.mjs'
import { openPeople } from './people.mjs'
import { openStore, Refused } from './store.mjs'
import { holds, openIndex } from './words.mjs'

/** Milliseconds that a database or an upstream may take, where the caller does not say `deadline`. */
const DEADLINE = 5000
/** The regressed variant searches without an index: it reads every record. */
const REGRESSED = process.env.REGRESSED === '1'

const store = await openStore(process.env.DATA)
if (store.keys().length === 0) await store.seed(notes())
const index = openIndex()
for (const key of store.keys()) index.set(key, store.read(key).text)
const locks = openLocks()
const people = openPeople(process.env.DATABASE_PORT)
const agent = new Agent({ keepAlive: true })
const NOTES = store.keys().filter((key) => key.startsWith('note '))
let turn = 0

function* notes() {
  const things = ['boiler', 'lift', 'printer', 'door', 'pump', 'window', 'lamp', 'antenna']
  const states = ['checked', 'broken', 'repaired', 'ordered', 'painted']
  for (let i = 0; i < 2000; i++) {
    const [thing, state] = [things[i % 8], states[i % 5]]
    const text = `The ${thing} on floor ${i % 30} was ${state}. Its number is ${i}. Ask about the ${thing} again in week ${i % 52}.`
    yield { key: `note ${i}`, text }
  }
}

/** Without a key: the notes in turn. */
const keyOf = ({ key }) => key ?? NOTES[turn++ % NOTES.length]

function read(args) {
  const record = store.read(keyOf(args))
  if (record === undefined) throw new Refused(404, 'no such record')
  return record
}

const TOOLS = {
  read,
  write: async (args) => {
    const key = keyOf(args)
    const version = await store.write(key, args.text, args.expect)
    index.set(key, args.text)
    return { key, version }
  },
  search: ({ words }) =>
    REGRESSED
      ? store
          .keys()
          .filter((key) => holds(store.read(key).text, words))
          .slice(0, 10)
      : index.search(words),
  lookup: async ({ name }, deadline) => {
    const told = await people(name, deadline)
    if (told === undefined) throw new Refused(504, 'the database does not answer')
    return told
  },
  summarise: async (args, deadline) => {
    const { text } = read(args)
    const summary = await upstream(text, deadline)
    return summary === undefined ? { summary: text.split('. ')[0], own: true } : { summary }
  },
  lock: async ({ key }) => ({ token: await locks.lock(key) }),
  unlock: ({ key, token }) => locks.unlock(key, token),
}

/** Undefined: it does not answer, or not in time. */
function upstream(text, deadline) {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(deadline)
    const call = ask(
      { port: process.env.UPSTREAM_PORT, host: '127.0.0.1', method: 'POST', agent, signal },
      (answer) => textOf(answer).then(resolve, () => resolve(undefined)),
    )
    call.on('error', () => resolve(undefined))
    call.end(text)
  })
}

async function textOf(stream) {
  let text = ''
  for await (const piece of stream.setEncoding('utf8')) text += piece
  return text
}

async function answer(request) {
  const body = await textOf(request)
  if (request.url === '/health') return { data: process.env.DATA, repaired: store.repaired() }
  const tool = TOOLS[request.url.slice('/tools/'.length)]
  if (tool === undefined) throw new Refused(404, 'no such tool')
  return (await tool(JSON.parse(body || '{}'), Number(request.headers.deadline ?? DEADLINE))) ?? {}
}

const server = createServer((request, response) => {
  answer(request).then(
    (told) => response.end(JSON.stringify(told)),
    (error) => {
      response.statusCode = error.status ?? 500
      response.end(JSON.stringify({ error: error.message }))
    },
  )
})
// Longer than callers keep an idle connection: else one may be closed just when a request comes on it.
server.keepAliveTimeout = 120_000
server.listen(process.env.PORT, '127.0.0.1', () => writeFileSync(join(process.env.DATA, 'ready'), ''))
process.on('SIGTERM', () => process.exit(0))
// For suites: takes memory until there is none.
process.on('SIGUSR2', () => {
  for (const all = []; ; ) all.push(new Array(100_000).fill(all.length + 0.5))
})
