/** Polls and alerts of real services while load and faults go on. */
import { expect, test } from 'vitest'
import type { AlertPlan } from '../../src/core/watch-plan.ts'
import { alertResults, pollResults } from '../../src/core/watch-results.ts'
import { benchmark, load, metric, reasonOf, service, stage, value } from './world.ts'

/** Fails while `broken` is there, and tells of it at `/alerts` until it is not. */
const SERVICE = `
import { createServer } from 'node:http'
import { existsSync } from 'node:fs'
createServer((request, response) => {
  const broken = existsSync('broken')
  if (request.url === '/alerts') return void response.end(broken ? 'firing: Errors' : 'quiet')
  if (broken) response.statusCode = 500
  response.end('ok')
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const api = service('api', { start: 'exec node service.mjs' })
const BREAK = {
  name: 'breakage',
  after: 1500,
  for: 500,
  window: 300,
  tolerance: 3,
  disturbance: { kind: 'command', inject: 'touch broken', heal: 'rm -f broken' },
} as const

function alert(more: Partial<AlertPlan>): AlertPlan {
  const ask = { kind: 'url', url: 'http://127.0.0.1:${PORT}/alerts', contains: 'firing' } as const
  return { name: 'errors', ask, every: 50, timeout: 1000, expect: 'fires', by: 'breakage', ...more }
}

test('a health endpoint and alerts, while a fault lasts', async () => {
  const outcome = await stage({ 'service.mjs': SERVICE }).execute(
    benchmark({
      load: load('/', { rate: 100, duration: 3500 }),
      faults: [BREAK],
      polls: [
        { name: 'health', ask: { kind: 'url', url: 'http://127.0.0.1:${PORT}/' }, every: 50, timeout: 1000 },
        {
          name: 'board',
          ask: { kind: 'url', url: 'http://127.0.0.1:${PORT}/alerts' },
          every: 50,
          timeout: 1000,
        },
      ],
      alerts: [
        alert({}),
        alert({ name: 'never', ask: { kind: 'command', line: 'test -e nowhere' } }),
        alert({ name: 'quiet', expect: 'silent' }),
      ],
    }),
    [api],
  )
  expect(value(outcome, 'availability', 'a/board')).toBe(1)
  const health = value(outcome, 'availability', 'a/health')
  expect(health).toBeGreaterThan(0)
  expect(health).toBeLessThan(1)
  expect(metric(outcome, 'response', 'a/health')?.data).toMatchObject({ kind: 'sampled' })
  expect(value(outcome, 'alert.fired', 'a/errors')).toBe(1)
  expect(value(outcome, 'alert.delay', 'a/errors')).toBeGreaterThan(0)
  expect(value(outcome, 'alert.delay', 'a/errors')).toBeLessThan(500e6 + 1000e6)
  expect(value(outcome, 'alert.fired', 'a/never')).toBe(0)
  expect(value(outcome, 'alert.fired', 'a/quiet')).toBe(1)
})

test('a script is watched as well, and what nothing sets is an error', async () => {
  const polls = (url: string) => [
    { name: 'health', ask: { kind: 'url', url } as const, every: 20, timeout: 500 },
  ]
  const run = 'sleep 0.3; echo \'{"unit": "ms", "value": 1}\''
  const { execute } = stage({ 'service.mjs': SERVICE })
  const outcome = await execute(benchmark({ run, polls: polls('http://127.0.0.1:${PORT}/') }), [api])
  expect(value(outcome, 'availability', 'a/health')).toBe(1)
  expect(reasonOf(await execute(benchmark({ run, polls: polls('http://${NOWHERE}/') }), [api]))).toContain(
    'nothing sets ${NOWHERE}',
  )
})

test('a question that takes longer than the whole load has been asked', async () => {
  const SLOW = `
import { createServer } from 'node:http'
createServer((request, response) => {
  setTimeout(() => response.end('ok'), request.url === '/slow' ? 1500 : 0)
}).listen(Number(process.env.PORT), '127.0.0.1')
`
  const url = 'http://127.0.0.1:${PORT}/slow'
  const outcome = await stage({ 'service.mjs': SLOW }).execute(
    benchmark({
      load: load('/', { duration: 500 }),
      polls: [{ name: 'board', ask: { kind: 'url', url }, every: 50, timeout: 5000 }],
    }),
    [api],
  )
  expect(value(outcome, 'availability', 'a/board')).toBe(1)
  expect(metric(outcome, 'response', 'a/board')?.data).toMatchObject({ kind: 'sampled' })
})

const polls = (...yes: readonly number[]) => yes.map((one, i) => ({ at: i * 100, took: 10, yes: one === 1 }))
const told = (expected: AlertPlan['expect'], yes: readonly number[], cause = 200) =>
  alertResults('a', { name: 'x', expect: expected }, polls(...yes), { cause, end: 1000 }).map(({ data }) =>
    data.kind === 'scalar' ? data.value : undefined,
  )

test('the delay counts from the cause to the answer that told it', () => {
  expect(told('fires', [0, 0, 0, 0, 1, 1])).toEqual([1, 210e6])
  expect(told('fires', [0, 0, 0, 0, 0, 0])).toEqual([0, 800e6])
  expect(told('fires', [1, 0, 0, 1])).toEqual([1, 110e6])
  // Asked before and answered after: what came between may be what it tells.
  expect(told('fires', [0, 0, 1], 205)).toEqual([1, 5e6])
})

test('one that fires before its cause has told nothing of it', () => {
  expect(told('fires', [0, 1, 1, 1])).toEqual([0, 800e6])
})

test('one that is to be silent may not fire at any time', () => {
  expect(told('silent', [0, 0, 0])).toEqual([0])
  expect(told('silent', [1, 0, 0])).toEqual([1])
})

test('an endpoint that never said yes is as slow as anybody had patience for', () => {
  const [response, availability] = pollResults('a', { name: 'x', timeout: 500 }, polls(0, 0))
  expect(response!.data).toMatchObject({ kind: 'sampled', count: 1, values: Float64Array.of(500e6) })
  expect(availability!.data).toEqual({ kind: 'scalar', value: 0, total: 2 })
})
