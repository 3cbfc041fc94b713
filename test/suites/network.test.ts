/** Each kind of weather with real sockets on both sides of the proxy, and under a load. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { FaultPlan, Weather } from '../../src/core/fault-plan.ts'
import { chanceOf } from '../../src/measure/faults/chance.ts'
import { openRelay, type Relay } from '../../src/measure/faults/relay.ts'
import { benchmark, load, service, stage, value } from './world.ts'

interface Line {
  readonly relay: Relay
  /** Of the service itself. */
  readonly port: number
  /** What the service has been told, over all connections. */
  heard(): string
  /** How its connections ended that nobody closed. */
  readonly broken: readonly (string | undefined)[]
}

/** A service that says back what it is told, and `!` once it is told that there is no more. */
async function echo(random: () => number = () => 0.5): Promise<Line> {
  let heard = ''
  const accepted: Socket[] = []
  const broken: (string | undefined)[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket)
    socket.on('error', (error: NodeJS.ErrnoException) => broken.push(error.code))
    socket.on('data', (data) => {
      heard += data.toString()
      socket.write(data)
    })
    socket.on('end', () => socket.end('!'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const relay = await openRelay({ port, random })
  onTestFinished(async () => {
    await relay.close()
    for (const socket of accepted) socket.destroy()
    server.close()
  })
  return { relay, port, heard: () => heard, broken }
}

interface Client {
  readonly socket: Socket
  text(): string
  ended(): boolean
  /** Come when it has been told just this, no more, or that its connection is broken. */
  says(text: string): Promise<void>
  ends(): Promise<void>
  fails(): Promise<string | undefined>
}

async function client(port: number): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  let text = ''
  let ended = false
  let fault: NodeJS.ErrnoException | undefined
  const waiting: { holds: () => boolean; resolve: () => void }[] = []
  const look = (): void => {
    for (const one of waiting) if (one.holds()) one.resolve()
  }
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ holds, resolve })
      look()
    })
  socket.on('data', (data) => {
    text += data.toString()
    look()
  })
  socket.on('end', () => {
    ended = true
    look()
  })
  socket.on('error', (error) => {
    fault = error
    look()
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve).once('error', () => resolve()))
  return {
    socket,
    text: () => text,
    ended: () => ended,
    says: (expected) => until(() => text === expected),
    ends: () => until(() => ended),
    fails: () => until(() => fault !== undefined).then(() => fault!.code),
  }
}

/** Milliseconds until it has been told so much. */
async function took(one: Client, send: string, expected: string): Promise<number> {
  const began = performance.now()
  one.socket.write(send)
  await one.says(expected)
  return performance.now() - began
}

/** Goes on until what was sent before has certainly come to the proxy: says and hears some things without it. */
async function past(port: number): Promise<void> {
  const one = await client(port)
  for (let i = 1; i <= 20; i++) {
    one.socket.write('p')
    await one.says('p'.repeat(i))
  }
}

test('clear weather changes nothing, not even half a close', async () => {
  const { relay } = await echo()
  const one = await client(relay.port)
  one.socket.write('a')
  await one.says('a')
  one.socket.end('b')
  await one.says('ab!')
  await one.ends()
})

test('a partition holds everything back, of connections old and new, and lets it go in order', async () => {
  const { relay, port, heard } = await echo()
  const old = await client(relay.port)
  old.socket.write('a')
  await old.says('a')
  relay.set({ partition: true })
  old.socket.write('b')
  const late = await client(relay.port)
  late.socket.write('c')
  // What is said past the proxy arrives, however often.
  await past(port)
  expect(heard().replaceAll('p', '')).toBe('a')
  expect([old.text(), late.text()]).toEqual(['a', ''])
  old.socket.end('d')
  relay.set({})
  await late.says('c')
  await old.says('abd!')
  await old.ends()
})

test('a reset breaks connections old and new, and only while it lasts', async () => {
  const { relay, broken } = await echo()
  const old = await client(relay.port)
  old.socket.write('a')
  await old.says('a')
  relay.set({ reset: true })
  expect(await old.fails()).toBe('ECONNRESET')
  expect(await (await client(relay.port)).fails()).toBe('ECONNRESET')
  relay.set({})
  const next = await client(relay.port)
  next.socket.write('b')
  await next.says('b')
  expect(broken).toEqual(['ECONNRESET'])
})

test('latency is added once to each exchange, jitter at most twice, and nothing overtakes', async () => {
  const { relay } = await echo(chanceOf(1))
  const one = await client(relay.port)
  relay.set({ latency: 120 })
  expect(await took(one, 'a', 'a')).toBeGreaterThanOrEqual(119)
  relay.set({ jitter: 40 })
  const letters = Array.from({ length: 60 }, (_, i) => String.fromCharCode(65 + (i % 26)))
  for (const letter of letters) {
    one.socket.write(letter)
    await new Promise(setImmediate)
  }
  await one.says(`a${letters.join('')}`)
})

test('jitter is drawn between nothing and all of it', async () => {
  const draws = [0.5, 0.25]
  const { relay } = await echo(() => draws.shift() ?? 0)
  const one = await client(relay.port)
  relay.set({ jitter: 200 })
  expect(await took(one, 'a', 'a')).toBeGreaterThanOrEqual(149)
})

test('at a bandwidth bytes take their time, each way', async () => {
  const { relay, port } = await echo()
  const one = await client(relay.port)
  relay.set({ bandwidth: 100_000 })
  const text = 'abcdefghij'.repeat(1000)
  expect(await took(one, text, text)).toBeGreaterThanOrEqual(99)
  relay.set({ bandwidth: 10 })
  one.socket.write('z'.repeat(600))
  await past(port)
  // A minute of it, unless the weather clears.
  relay.set({})
  const all = text + 'z'.repeat(600)
  await one.says(all)
  // What an earlier line was still busy with is no burden on the next.
  relay.set({ bandwidth: 100_000 })
  one.socket.write('y')
  await one.says(`${all}y`)
})

test('a slow close holds back the end and nothing before it, until the weather clears', async () => {
  const { relay, port } = await echo()
  const one = await client(relay.port)
  relay.set({ slowClose: 100 })
  const began = performance.now()
  one.socket.end('a')
  await one.says('a')
  await one.ends()
  // Held back on the way there, and on the way back.
  expect(performance.now() - began).toBeGreaterThanOrEqual(198)
  relay.set({ slowClose: 3_600_000 })
  const other = await client(relay.port)
  other.socket.end('b')
  await other.says('b')
  await past(port)
  expect(other.ended()).toBe(false)
  relay.set({})
  await other.ends()
  expect(other.text()).toBe('b!')
})

/** Nanoseconds for which a fault of 400 ms lasts at least: timers may come a little early. */
const HELD = 395e6

/** Answers by ending the connection, as HTTP/1.0 does. */
const STORE = `
import { createServer } from 'node:net'
createServer((socket) => {
  socket.on('error', () => {})
  socket.once('data', () => socket.end('ok'))
}).listen(Number(process.env.PORT), '127.0.0.1')
`
/** Has an answer of the store when its connection has ended; what takes longer than 300 ms is an error. */
const FRONT = `
import { createServer } from 'node:http'
import { connect } from 'node:net'
createServer((_, response) => {
  const asked = connect({ host: '127.0.0.1', port: process.env.DB_PORT, timeout: 300 })
  const end = (status) => {
    asked.destroy()
    response.statusCode = status
    response.end()
  }
  asked.on('connect', () => asked.write('q'))
  asked.on('data', () => {})
  asked.on('end', () => end(200))
  asked.on('timeout', () => end(503))
  asked.on('error', () => end(503))
}).listen(Number(process.env.PORT), '127.0.0.1')
`

test.each([
  ['slow-close', { slowClose: 200 }, 0],
  ['a slow-close that nobody waits for', { slowClose: 60_000 }, 1],
  ['jitter', { jitter: 250 }, 0],
  ['a reset', { reset: true }, 1],
  ['a partition', { partition: true }, 1],
] as const satisfies readonly (readonly [string, Weather, number])[])(
  'a service survives %s of what it depends on',
  async (_, weather, errors) => {
    const disturbance = { kind: 'network', service: 'db', weather } as const
    const fault: FaultPlan = { name: 'fault', after: 1000, for: 400, disturbance, window: 300, tolerance: 9 }
    const one = benchmark({
      services: ['api'],
      load: load('/', { rate: 100, connections: 8, duration: 2800, timeout: 500 }),
      faults: [fault],
    })
    const outcome = await stage({ 'store.mjs': STORE, 'front.mjs': FRONT }).execute(one, [
      service('api', { start: 'exec node front.mjs', dependsOn: ['db'] }),
      service('db', { start: 'exec node store.mjs', ready: { kind: 'port', port: '${PORT}' } }),
    ])
    expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
    // It was noticed, and is not over before the weather has cleared.
    expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
    expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThanOrEqual(errors)
  },
)
