import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepServices } from '../../src/measure/services/kept.ts'
import { freePort } from '../../src/measure/services/ports.ts'
import { processesWith } from '../measure/sandbox.ts'
import { benchmark, parsedOf, reasonOf, service, stage, value } from './world.ts'

const unique = (): string => `s${process.hrtime.bigint()}`

/** Asks the service under test and prints its answer's status as a result. */
const ASK = `node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/').then((r) => console.log(JSON.stringify({ metric: 'status', unit: 'count', better: 'lower', value: r.status })))"`

test.each([
  ['a URL', { kind: 'url', url: 'http://127.0.0.1:${PORT}/' }],
  ['a port', { kind: 'port', port: '${PORT}' }],
  ['a log line', { kind: 'log', text: 'listening on ${PORT}' }],
  ['a command', { kind: 'command', line: 'node -e "fetch(\'http://127.0.0.1:\' + process.env.PORT)"' }],
] as const)('a service is used when %s says that it is ready, and ended after', async (_, ready) => {
  const name = unique()
  const { execute, root } = stage()
  const outcome = await execute(benchmark({ run: ASK }), [service('api', { ready, env: { NAME: name } })])
  expect(value(outcome, 'status')).toBe(200)
  expect(processesWith(name)).toEqual([])
  expect(readdirSync(join(root, 'scratch'))).toEqual(['.keep'])
})

test('one that is never ready is told with its last lines, and nothing of it lives', async () => {
  const name = unique()
  const { execute } = stage()
  const start = `echo starting up; echo no such database ${name} >&2; sleep 60 & sleep 60`
  const never = service('api', { start, within: 1000, env: { NAME: name } })
  const reason = reasonOf(await execute(benchmark({ run: ASK }), [never]))
  expect(reason).toMatch(
    /^the service api was not ready within 1 s: http:\S+ does not answer \(ECONNREFUSED\)/,
  )
  expect(reason).toContain(`no such database ${name}`)
  expect(reason).toContain('starting up')
  expect(processesWith(name)).toEqual([])
})

test('one that ends before it is ready is told at once', async () => {
  const { execute } = stage()
  const broken = service('api', { start: 'echo port in use >&2; exit 7', within: 60_000 })
  expect(reasonOf(await execute(benchmark({ run: ASK }), [broken]))).toBe(
    'the service api ended before it was ready: exit code 7: port in use',
  )
})

test('one that ends while it is used makes the execution an error, whatever the script says', async () => {
  const { execute } = stage()
  const run = `${ASK}; node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/die').catch(() => {})"; sleep 0.2`
  expect(reasonOf(await execute(benchmark({ run })))).toMatch(
    /^the service api ended while it was used: exit code 3/,
  )
})

test('services start in the order of their needs, know each other, and stop in the opposite order', async () => {
  const { execute, root } = stage()
  const noted = (name: string): string =>
    `echo start ${name} "$DB_PORT" >> log; trap 'echo stop ${name} >> log; exit 0' TERM; while :; do sleep 0.02; done`
  const ready = { kind: 'command', line: 'true' } as const
  const outcome = await execute(
    benchmark({
      run: `echo '{"value": '$API_PORT', "unit": "count", "metric": "port", "better": "lower"}'; echo "$PORT $API_PORT $DB_PORT" > seen`,
    }),
    [
      service('api', { start: noted('api'), ready, dependsOn: ['db'] }),
      service('db', { start: noted('db'), ready }),
    ],
  )
  parsedOf(outcome)
  const [port, api, db] = readFileSync(join(root, 'seen'), 'utf8').trim().split(' ')
  expect(port).toBe(api)
  expect(db).not.toBe(api)
  expect(readFileSync(join(root, 'log'), 'utf8').trim().split('\n')).toEqual([
    'start db ',
    `start api ${db}`,
    'stop api',
    'stop db',
  ])
})

test('what a service left behind in another session is ended too', async () => {
  const name = unique()
  const { execute } = stage()
  const start = `setsid sh -c 'sleep 60; : ${name}' & exec node server.mjs`
  parsedOf(await execute(benchmark({ run: ASK }), [service('api', { start })]))
  expect(processesWith(name)).toEqual([])
})

test('its own way of stopping comes first', async () => {
  const { execute, root } = stage()
  const start = 'while [ ! -e stopping ]; do sleep 0.02; done; echo gently > how'
  const outcome = await execute(benchmark({ run: `echo '{"value": 1, "unit": "ms"}'` }), [
    service('api', { start, stop: 'touch stopping', ready: { kind: 'command', line: 'true' } }),
  ])
  parsedOf(outcome)
  expect(readFileSync(join(root, 'how'), 'utf8')).toBe('gently\n')
})

test('a service that is kept serves several executions of its side, and goes at the end', async () => {
  const name = unique()
  const { execute, root } = stage()
  const keeper = keepServices(join(root, 'scratch'))
  const kept = [service('api', { keep: true, env: { NAME: name } })]
  const first = await execute(benchmark({ run: `${ASK}; echo $PORT >> ports` }), kept, { keeper })
  expect(value(first, 'status')).toBe(200)
  const running = processesWith(name)
  expect(running.length).toBeGreaterThan(0)
  parsedOf(await execute(benchmark({ run: `${ASK}; echo $PORT >> ports` }), kept, { keeper }))
  expect(processesWith(name)).toEqual(running)
  const other = { side: 'base', folder: root, env: {} } as const
  parsedOf(
    await execute(benchmark({ run: `${ASK}; echo $PORT >> ports` }), kept, { keeper, workplace: other }),
  )
  const ports = readFileSync(join(root, 'ports'), 'utf8').trim().split('\n')
  expect(ports[1]).toBe(ports[0])
  expect(ports[2]).not.toBe(ports[0])
  await keeper.stop()
  expect(processesWith(name)).toEqual([])
})

test('an abort while a service starts ends it', async () => {
  const name = unique()
  const { execute } = stage()
  const controller = new AbortController()
  const start = `: ${name}; sleep 60`
  const going = execute(benchmark({ run: ASK }), [service('api', { start })], { signal: controller.signal })
  while (processesWith(name).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  controller.abort()
  expect(await going).toEqual({ kind: 'aborted' })
  expect(processesWith(name)).toEqual([])
})

test('ports that are given out are never the same', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
  expect(new Set(ports).size).toBe(50)
})
