/** Faults in real services under real load: recovered or not, what was lost, and everything healed. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Disturbance, FaultPlan } from '../../src/core/fault-plan.ts'
import type { BenchmarkPlan } from '../../src/core/plan.ts'
import { processesWith } from '../measure/sandbox.ts'
import { benchmark, load, parsedOf, reasonOf, service, stage, value } from './world.ts'

/** Writes each number it is sent to a file before it says so, or (`FORGETFUL`) only keeps it in memory. */
const STORE = `
import { createServer } from 'node:http'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
let kept = existsSync('store') ? readFileSync('store', 'utf8').length : 0
createServer((request, response) => {
  if (request.url === '/count') return void response.end(String(kept))
  kept += 1
  if (!process.env.FORGETFUL) appendFileSync('store', 'x')
  response.end('ok')
}).listen(Number(process.env.PORT), '127.0.0.1')
`

/** Asks the store for each answer; what the store does not answer is an error. */
const FRONT = `
import { createServer, request } from 'node:http'
createServer((_, response) => {
  const asked = request({ host: '127.0.0.1', port: process.env.DB_PORT, agent: false, timeout: 300 }, (told) => {
    told.resume()
    told.on('end', () => response.end('ok'))
  })
  asked.on('timeout', () => asked.destroy(new Error('late')))
  asked.on('error', () => { response.statusCode = 503; response.end('no') })
  asked.end()
}).listen(Number(process.env.PORT), '127.0.0.1')
`

/** Nanoseconds for which a fault of 400 ms lasts at least: timers may come a little early. */
const HELD = 395e6

const FILES = { 'store.mjs': STORE, 'front.mjs': FRONT }

function fault(disturbance: Disturbance, more: Partial<FaultPlan> = {}): FaultPlan {
  return { name: 'fault', after: 1000, for: 400, disturbance, window: 300, tolerance: 9, ...more }
}

const store = (more: object = {}) => service('db', { start: 'exec node store.mjs', ...more })
const front = service('api', { start: 'exec node front.mjs', dependsOn: ['db'] })

function under(faults: readonly FaultPlan[], more: Partial<BenchmarkPlan> = {}): BenchmarkPlan {
  const { load: own = load('/', { rate: 200, connections: 4, duration: 2800, timeout: 500 }), ...rest } = more
  return benchmark({ services: ['db'], load: own, faults, ...rest })
}

const VERIFY =
  "node -e \"fetch('http://127.0.0.1:' + process.env.PORT + '/count').then((r) => r.text()).then((n) => console.log(Math.max(0, process.env.TAILGATE_ANSWERED - n)))\""

test('a service that is killed is started again, recovers, and has kept what it had confirmed', async () => {
  const one = under([fault({ kind: 'kill', service: 'db' }, { verify: VERIFY })])
  const outcome = await stage(FILES).execute(one, [store()])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'recovered')).toBe(1)
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'detect', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'data_loss', 'a/fault')).toBe(0)
  // The restarted process is one of the sampled ones, and the load is told as always.
  expect(value(outcome, 'memory.end')).toBeGreaterThan(1e6)
  expect(value(outcome, 'throughput')).toBeGreaterThan(10)
})

test('one that confirms before it has written has lost it', async () => {
  const one = under([fault({ kind: 'kill', service: 'db' }, { verify: VERIFY })])
  const outcome = await stage(FILES).execute(one, [store({ env: { FORGETFUL: '1' } })])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'data_loss', 'a/fault')).toBeGreaterThan(0)
})

test('one that never comes back has not recovered', async () => {
  const broken =
    'if [ -e started ]; then exec node server.mjs & sleep 60; fi; touch started; exec node store.mjs'
  const ready = { kind: 'command', line: 'true' } as const
  // Started again it listens nowhere.
  const silent = broken.replace('exec node server.mjs &', '')
  const outcome = await stage(FILES).execute(
    under([fault({ kind: 'kill', service: 'db' })], { load: load('/', { duration: 2800, warmup: 500 }) }),
    [store({ start: silent, ready })],
  )
  expect(value(outcome, 'recovered', 'a/fault')).toBe(0)
  expect(value(outcome, 'recovered')).toBe(0)
})

test('one that is slow to start again has not recovered when the load ends', async () => {
  const slow = 'if [ -e started ]; then sleep 2.5; fi; touch started; exec node store.mjs'
  const outcome = await stage(FILES).execute(under([fault({ kind: 'kill', service: 'db' })]), [
    store({ start: slow }),
  ])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(0)
  // So long as was watched.
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThan(1e9)
}, 20_000)

/** Keeps a store going; `LAZY`: never again. */
const SUPERVISOR = `
import { spawn } from 'node:child_process'
const start = () => {
  const child = spawn(process.execPath, ['store.mjs'], { stdio: 'inherit' })
  child.on('exit', (code, signal) => {
    console.log('the store ended by ' + signal)
    if (!process.env.LAZY) setTimeout(start, 200)
  })
}
start()
setInterval(() => {}, 1000)
`
const kept = { kind: 'kill', service: 'db', process: 'store.mjs' } as const

test('a service that is started again by its own supervisor recovers without Tailgate', async () => {
  const { execute } = stage({ ...FILES, 'supervisor.mjs': SUPERVISOR })
  const name = `k${process.hrtime.bigint()}`
  const one = under([fault(kept, { for: 0, verify: VERIFY })])
  const supervised = (env: object) => store({ start: 'node supervisor.mjs', env: { NAME: name, ...env } })
  const outcome = await execute(one, [supervised({})])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  // The supervisor waits for 200 ms before it starts another.
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(195e6)
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'data_loss', 'a/fault')).toBe(0)
  const left = await execute(under([fault(kept, { for: 0 })]), [supervised({ LAZY: '1' })])
  expect(value(left, 'recovered', 'a/fault')).toBe(0)
  expect(processesWith(name)).toEqual([])
})

test('a process that is not there cannot be killed, nor can the first one', async () => {
  const { execute } = stage({ ...FILES, 'supervisor.mjs': SUPERVISOR })
  const none = under([fault({ ...kept, process: 'worker' }, { for: 0 })])
  expect(reasonOf(await execute(none, [store({ start: 'exec node supervisor.mjs' })]))).toMatch(
    /could not be injected: no process of the service db has "worker" in its command line \(there are ".*node store\.mjs"\)$/,
  )
  expect(reasonOf(await execute(under([fault(kept, { for: 0 })]), [store()]))).toMatch(
    /no process of the service db has "store\.mjs" in its command line \(it has started none\)$/,
  )
})

test('a pause is noticed as silence, and over when it is over', async () => {
  const name = `p${process.hrtime.bigint()}`
  const outcome = await stage(FILES).execute(under([fault({ kind: 'pause', service: 'db' })]), [
    store({ env: { NAME: name } }),
  ])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
  expect(processesWith(name)).toEqual([])
})

test('a throttled processor is noticed in the answers, and survived', async () => {
  const outcome = await stage(FILES).execute(under([fault({ kind: 'cpu', service: 'db', limit: 0.2 })]), [
    store(),
  ])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
  // Four fifths of the time nobody answers: half of the answers wait for a good part of it.
  const [timeline] = outcome.kind === 'measured' ? outcome.timelines! : []
  const during = timeline!.load!.filter(({ at }) => at >= 1100 && at < 1400).map(({ p50 = 0 }) => p50)
  expect(Math.max(...during)).toBeGreaterThan(25e6)
})

test.each([
  ['a partition', { partition: true }, 1],
  ['resets', { reset: true }, 1],
  ['latency', { latency: 250, jitter: 20 }, 0],
  ['a narrow line', { bandwidth: 200 }, 0],
] as const)('%s between a service and what it depends on', async (_, weather, errors) => {
  const one = under([fault({ kind: 'network', service: 'db', weather })], { services: ['api'] })
  const outcome = await stage(FILES).execute(one, [front, store()])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThanOrEqual(errors)
})

test('commands inject and heal, also when the load comes to nothing', async () => {
  const { execute, root } = stage(FILES)
  const told = { kind: 'command', inject: 'echo in >> log', heal: 'echo out >> log' } as const
  parsedOf(await execute(under([fault(told)]), [store()]))
  expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in\nout\n')
  const controller = new AbortController()
  const going = execute(under([fault(told, { after: 0, for: 60_000 })]), [store()], {
    signal: controller.signal,
  })
  while (readFileSync(join(root, 'log'), 'utf8').split('\n').length < 4)
    await new Promise((resolve) => setTimeout(resolve, 5))
  controller.abort()
  expect(await going).toEqual({ kind: 'aborted' })
  expect(readFileSync(join(root, 'log'), 'utf8')).toBe('in\nout\nin\nout\n')
})

test('what cannot be injected, healed or verified is an error, and healed all the same', async () => {
  const { execute, root } = stage(FILES)
  const failing = { kind: 'command', inject: 'echo no rights >&2; exit 1', heal: 'touch healed' } as const
  expect(reasonOf(await execute(under([fault(failing)]), [store()]))).toBe(
    'the fault "fault" could not be injected: `echo no rights >&2; exit 1`: exit code 1: no rights',
  )
  expect(existsSync(join(root, 'healed'))).toBe(true)
  const unhealed = { kind: 'command', inject: 'true', heal: 'exit 3' } as const
  expect(reasonOf(await execute(under([fault(unhealed)]), [store()]))).toMatch(
    /could not be healed: `exit 3`/,
  )
  const verify = fault({ kind: 'pause', service: 'db' }, { verify: 'no-such-command' })
  expect(reasonOf(await execute(under([verify]), [store()]))).toMatch(
    /^verify `no-such-command`: exit code 127/,
  )
  const late = fault({ kind: 'pause', service: 'db' }, { after: 60_000 })
  expect(reasonOf(await execute(under([late]), [store()]))).toBe(
    'the load ended before the fault "fault" could be injected',
  )
})

test('the disk of the machine is not filled', async () => {
  const full = fault({ kind: 'disk-full', folder: 'data', leave: 0 })
  expect(reasonOf(await stage({ ...FILES, 'data/.keep': '' }).execute(under([full]), [store()]))).toMatch(
    /^the fault "fault" cannot be injected here: data is no file system of its own/,
  )
})
