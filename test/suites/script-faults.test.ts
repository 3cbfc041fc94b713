/** Faults beside a script that makes its own load: a poll tells how the service fared. */
import { expect, test } from 'vitest'
import type { Disturbance, FaultPlan } from '../../src/core/fault-plan.ts'
import type { PollPlan } from '../../src/core/watch-plan.ts'
import { benchmark, parsedOf, reasonOf, service, stage, value } from './world.ts'

/** Answers until `broken` is there, and ends when it is asked for `/die`. */
const SERVICE = `
import { createServer } from 'node:http'
import { existsSync } from 'node:fs'
createServer((request, response) => {
  if (request.url === '/die') process.exit(3)
  if (existsSync('broken')) response.statusCode = 503
  response.end('ok')
}).listen(Number(process.env.PORT), '127.0.0.1')
`

/** A load generator such as any: goes on through errors, and tells what it measured when it is over. */
const GENERATOR = `
const [seconds, path = '/'] = process.argv.slice(2)
const values = []
let failed = 0
for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
  const began = performance.now()
  const good = await fetch('http://127.0.0.1:' + process.env.PORT + path).then((r) => r.ok, () => false)
  if (good) values.push(performance.now() - began)
  else failed += 1
  await new Promise((resolve) => setTimeout(resolve, 5))
}
console.log(JSON.stringify({ unit: 'ms', values }))
console.log(JSON.stringify({ metric: 'error_rate', unit: 'ratio', value: failed / (failed + values.length) }))
`
/** Nanoseconds for which a fault of 400 ms lasts at least: timers may come a little early. */
const HELD = 395e6

const FILES = { 'service.mjs': SERVICE, 'generator.mjs': GENERATOR }
const api = service('api', { start: 'exec node service.mjs' })
const health: PollPlan = {
  name: 'health',
  ask: { kind: 'url', url: 'http://127.0.0.1:${PORT}/' },
  every: 20,
  timeout: 300,
}

function under(disturbance: Disturbance, seconds: number, more: Partial<FaultPlan> = {}) {
  const plan = { name: 'fault', after: 1200, for: 400, disturbance, window: 300, tolerance: 9 }
  return benchmark({
    run: `node generator.mjs ${seconds}`,
    polls: [health],
    faults: [{ ...plan, poll: 'health', ...more }],
  })
}

test('recovery from what is done beside a script is told by a poll', async () => {
  const one = under({ kind: 'kill', service: 'api' }, 3.4, { verify: 'echo 0' })
  const outcome = await stage(FILES).execute(one, [api])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(1)
  expect(value(outcome, 'recovered')).toBe(1)
  expect(value(outcome, 'recovery', 'a/fault')).toBeGreaterThanOrEqual(HELD)
  expect(value(outcome, 'fault_errors', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'detect', 'a/fault')).toBeGreaterThan(0)
  expect(value(outcome, 'data_loss', 'a/fault')).toBe(0)
  // The script met the fault too, and what it told is as it told it.
  expect(value(outcome, 'error_rate')).toBeGreaterThan(0)
  expect(parsedOf(outcome).format).toBe('samples')
  const timelines = outcome.kind === 'measured' ? outcome.timelines! : []
  expect(timelines.map((timeline) => timeline.benchmark)).toEqual(['a', 'a/health'])
  expect(timelines[0]!.faults).toHaveLength(1)
  expect(timelines[1]!.load!.some((slot) => slot.failed > 0)).toBe(true)
})

test('one that stays broken has not recovered, and its alert fires', async () => {
  const one = under({ kind: 'command', inject: 'touch broken', heal: 'true' }, 3)
  const alert = {
    name: 'unwell',
    ask: { kind: 'url', url: 'http://127.0.0.1:${PORT}/', status: [503] },
    every: 50,
    timeout: 300,
    expect: 'fires',
    by: 'fault',
  } as const
  const outcome = await stage(FILES).execute({ ...one, alerts: [alert] }, [api])
  expect(value(outcome, 'recovered', 'a/fault')).toBe(0)
  expect(value(outcome, 'alert.fired', 'a/unwell')).toBe(1)
})

test('a script that ends too soon has told nothing', async () => {
  const { execute } = stage(FILES)
  const told = { kind: 'command', inject: 'true', heal: 'true' } as const
  expect(reasonOf(await execute(under(told, 0.1, { after: 60_000 }), [api]))).toBe(
    'the script ended before the fault "fault" could be injected',
  )
  // Healed by its end, or so short before that nobody knows what came of it.
  for (const more of [{ for: 60_000 }, { for: 100, window: 5000 }])
    expect(reasonOf(await execute(under(told, 1.8, more), [api]))).toMatch(
      /^the script ended after [\d.]+ s, too soon to see whether the fault "fault" was over: let it take [\d.]+ s or more$/,
    )
  expect(reasonOf(await execute(under(told, 2.4, { after: 250 }), [api]))).toMatch(
    /^the fault "fault": before the fault there were \d+ answers in \d+ slots of time: too few/,
  )
})

test('what nobody has counted is not compared with what is there', async () => {
  const verify = 'node -e "console.log(process.env.TAILGATE_ANSWERED - 1)"'
  const one = under({ kind: 'command', inject: 'true', heal: 'true' }, 3, { verify })
  expect(reasonOf(await stage(FILES).execute(one, [api]))).toBe(
    `verify \`${verify}\` told NaN, which is no number of records`,
  )
})

test('where the service ends by itself or a fault cannot be injected the script is not waited for', async () => {
  const { execute } = stage(FILES)
  const run = (line: string) => ({ ...under({ kind: 'pause', service: 'api' }, 60), run: line })
  expect(reasonOf(await execute(run('node generator.mjs 60 /die'), [api]))).toMatch(
    /^the service api ended while it was used: exit code 3/,
  )
  const failing = under({ kind: 'command', inject: 'exit 1', heal: 'true' }, 60)
  expect(reasonOf(await execute(failing, [api]))).toBe(
    'the fault "fault" could not be injected: `exit 1`: exit code 1',
  )
})
