import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'
import { UserError } from '../../src/core/errors.ts'
import { factorAt, LOAD_PROFILES, mostConnections } from '../../src/core/load-plan.ts'

const HEAD = `services:
  db: { start: ./db.sh, ready: { command: pg_isready -p $PORT, within: 1m }, ports: [PORT], keep: true }
  api-v2: { start: node server.mjs, depends-on: [db], env: { DATABASE: "localhost:\${DB_PORT}" } }
`
const plan = (text: string, suite?: string) => loadPlan(`${HEAD}${text}`, 'f.yml', { suite })
const one = (keys: string) =>
  plan(`benchmarks:\n  - name: a\n    ${keys.trim().replaceAll('\n', '\n    ')}\n`)

function line(text: string): string {
  try {
    loadPlan(text, 'f.yml')
  } catch (error) {
    if (error instanceof UserError) return error.line
    throw error
  }
  return 'nothing is wrong'
}

test('services with their defaults', () => {
  const { services } = one('run: x')
  expect(services!.db).toEqual({
    name: 'db',
    start: './db.sh',
    ready: { kind: 'command', line: 'pg_isready -p $PORT' },
    within: 60_000,
    env: {},
    dependsOn: [],
    ports: ['PORT'],
    keep: true,
    grace: 5000,
    place: 'f.yml:2:7',
  })
  expect(services!['api-v2']).toMatchObject({
    ready: { kind: 'port', port: '${PORT}' },
    within: 30_000,
    dependsOn: ['db'],
  })
})

test('a load with its profile, of which each figure can be another', () => {
  const [spike] = one(
    'service: api-v2\nload: { url: "http://x/", profile: spike, connections: 20, duration: 5s }',
  ).benchmarks
  expect(spike).toMatchObject({ run: '', services: ['api-v2'] })
  expect(spike!.load).toEqual({
    profile: 'spike',
    connections: 20,
    duration: 5000,
    warmup: 2000,
    timeout: 10_000,
    stages: LOAD_PROFILES.spike!.stages,
    requests: [{ name: '', weight: 1, method: 'GET', url: 'http://x/', headers: {} }],
  })
  expect(mostConnections(spike!.load!)).toBe(200)
})

test('every profile is whole: its stages fill its time', () => {
  for (const [name, { stages, connections }] of Object.entries(LOAD_PROFILES)) {
    const [benchmark] = one(`load: { url: "http://x/", profile: ${name} }`).benchmarks
    expect(benchmark!.load!.connections).toBe(connections)
    expect(benchmark!.load!.stages.reduce((sum, stage) => sum + stage.share, 0)).toBeCloseTo(1, 9)
    if (stages === undefined) expect(factorAt(benchmark!.load!.stages, 0.5)).toBe(1)
  }
  const { stages } = LOAD_PROFILES.spike!
  expect([0, 0.39, 0.41, 0.59, 0.61, 1].map((share) => factorAt(stages!, share))).toEqual([
    1, 1, 10, 10, 1, 1,
  ])
})

test('a mix takes what it does not say from the load', () => {
  const [benchmark] = one(`load:
  url: "http://127.0.0.1:\${PORT}/x"
  headers: { a: "1", b: "1" }
  status: [200, 429]
  requests:
    - { name: read, weight: 25, path: /items/1, headers: { b: "2" } }
    - { name: write, method: POST, body: '{}', status: 201 }`).benchmarks
  expect(benchmark!.load!.requests).toEqual([
    {
      name: 'read',
      weight: 25,
      method: 'GET',
      url: 'http://127.0.0.1:${PORT}/items/1',
      headers: { a: '1', b: '2' },
      status: [200, 429],
    },
    {
      name: 'write',
      weight: 1,
      method: 'POST',
      url: 'http://127.0.0.1:${PORT}/x',
      headers: { a: '1', b: '1' },
      body: '{}',
      status: [201],
    },
  ])
})

test('a suite changes single figures of a load', () => {
  const text = `benchmarks:
  - name: a
    load: { url: "http://x/", connections: 50, duration: 1m, warmup: 5s }
suites:
  quick: { set: { a: { load: { duration: 2s, warmup: 0 } } } }
  soak: { set: { a: { load: { profile: endurance, duration: 24h } } } }
`
  expect(plan(text, 'quick').benchmarks[0]!.load).toMatchObject({
    connections: 50,
    duration: 2000,
    warmup: 0,
  })
  expect(plan(text, 'soak').benchmarks[0]!.load).toMatchObject({
    connections: 50,
    duration: 86_400_000,
    profile: 'endurance',
  })
})

test('a sweep', () => {
  expect(one('run: x\nsweep: { users: [1, 5, many] }').benchmarks[0]!.sweep).toEqual({
    key: 'users',
    values: [1, 5, 'many'],
  })
})

const WRONG: readonly (readonly [text: string, line: string])[] = [
  [
    'benchmarks: [{ name: a, run: x, load: { url: "http://x/" } }]',
    'f.yml:1:14: `run` and `load` stand beside each other (remove one: a benchmark is a script or a load)',
  ],
  [
    'benchmarks: [{ name: a, load: { connections: 5 } }]',
    'f.yml:1:14: the load has no `url` (write url: "http://127.0.0.1:${PORT}/")',
  ],
  [
    'benchmarks: [{ name: a, load: { url: localhost } }]',
    'f.yml:1:38: "localhost" is not a URL (write "http://127.0.0.1:${PORT}/")',
  ],
  [
    'benchmarks: [{ name: a, load: { url: "http://x/", conections: 5 } }]',
    'f.yml:1:51: unknown key "conections" (did you mean "connections"?)',
  ],
  [
    'benchmarks: [{ name: a, load: { url: "http://x/", profile: hevy } }]',
    'f.yml:1:60: expected one of light, medium, heavy, spike, endurance, steps',
  ],
  [
    'benchmarks: [{ name: a, load: { url: "http://x/", connections: 0 } }]',
    'f.yml:1:64: expected a whole number from 1 to 100000, such as 50, not 0',
  ],
  [
    'benchmarks: [{ name: a, load: { url: "http://x/", status: 2 } }]',
    'f.yml:1:59: expected a whole number from 100 to 599, such as 200, not 2',
  ],
  [
    'benchmarks: [{ name: a, load: { url: "http://x/", headers: { "a b": x } } }]',
    'f.yml:1:62: "a b" is not a header of one line',
  ],
  [
    'benchmarks: [{ name: a, run: x, service: api }]',
    'f.yml:1:14: no service is named "api" (add it to `services`)',
  ],
  [
    'benchmarks: [{ name: a, run: x, sweep: { a: [1], b: [2] } }]',
    'f.yml:1:40: a sweep is over one parameter (write { connections: [1, 5, 10, 20] })',
  ],
  [
    'benchmarks: [{ name: a, run: x, sweep: { connections: [1, 1] } }]',
    'f.yml:1:40: a sweep needs at least two values, all different (write { connections: [1, 5, 10, 20] })',
  ],
  [
    'services: { a: { start: x, ready: soon } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:35: "soon" is not a URL (write "http://127.0.0.1:${PORT}/health", or a map such as { log: "listening on" })',
  ],
  [
    'services: { a: { start: x, ready: { log: x, port: 1 } } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:35: expected one of url, port, log and command (write for example { log: "listening on" })',
  ],
  [
    'services: { a: { start: x, depends-on: b }, b: { start: x, depends-on: a } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:40: services a → b → a go in a circle (leave one of them out)',
  ],
  [
    'services: { a: { start: x, depends-on: c } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:40: no service is named "c" (did you mean "a"?)',
  ],
  [
    'services: { a-b: { start: x }, a.b: { start: x } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:37: "a.b" and "a-b" would both be A_B_PORT (rename one)',
  ],
  [
    'services: { a: { start: x, keep: true, depends-on: b }, b: { start: x } }\nbenchmarks: [{ name: a, run: x }]',
    'f.yml:1:34: "a" is kept, but "b" that it depends on is not (write keep: true for b too)',
  ],
]

test.each(WRONG)('%s', (text, told) => {
  expect(line(text)).toBe(told)
})
