import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'
import { loosened } from '../../src/config/loosened.ts'
import { UserError } from '../../src/core/errors.ts'
import { budgetsFor } from '../../src/core/settings.ts'

const text = (keys: string, load = 'duration: 30s') => `services:
  db: { start: ./db, ready: { command: "true" } }
  kept: { start: ./kept, keep: true }
  api: { start: ./api, depends-on: [db, kept] }
benchmarks:
  - name: a
    service: api
    load: { url: "http://127.0.0.1:\${PORT}/", ${load} }
    ${keys.trim().replaceAll('\n', '\n    ')}
`
const one = (keys: string, load?: string) => loadPlan(text(keys, load), 'f.yml').benchmarks[0]!

const line = (keys: string, load?: string) => lineOf(() => one(keys, load))

function lineOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return error.line
    throw error
  }
  return 'nothing is wrong'
}

test('a fault as the manual has it, with what it is judged by', () => {
  const keys =
    'faults: [ { name: database restart, after: 10s, kill: db, for: 2s, recover-within: 5s, verify: node verify.js } ]'
  const plan = loadPlan(text(keys), 'f.yml')
  const [benchmark] = plan.benchmarks
  expect(benchmark!.faults).toEqual([
    {
      name: 'database restart',
      after: 10_000,
      for: 2000,
      disturbance: { kind: 'kill', service: 'db' },
      recoverWithin: 5000,
      verify: 'node verify.js',
      window: 1000,
      tolerance: 1,
    },
  ])
  const expressions = (name: string) => budgetsFor(plan, benchmark, name).map(({ expression }) => expression)
  expect(expressions('a/database restart')).toEqual(['recovered == 100%', 'recovery < 5s', 'data_loss == 0'])
  expect(expressions('a[connections=5]/database restart')).toHaveLength(3)
  expect(expressions('a')).toEqual([])
  expect(expressions('a/other')).toEqual([])
})

test('every kind of fault', () => {
  const faults = one(
    `faults:
  - { name: kill, after: 2s, for: 1s, kill: db }
  - { name: pause, after: 6s, for: 1s, pause: api }
  - { name: cpu, after: 10s, for: 1s, cpu: api, limit: 20% }
  - { name: memory, after: 14s, for: 1s, memory: api, limit: 100MB }
  - { name: net, after: 18s, for: 1s, network: db, latency: 200ms, jitter: 50ms, bandwidth: 10kB/s, slow-close: 1s }
  - { name: cut, after: 22s, for: 1s, network: db, partition: true, reset: true }
  - { name: disk, after: 26s, for: 1s, disk-full: data, leave: 1MiB }
  - { name: child, after: 40s, kill: db, process: worker }
  - { name: line, after: 30s, for: 1s, inject: pause it, heal: go on, tolerance: 50%, window: 2s }`,
    'duration: 1m',
  ).faults!
  expect(faults.map(({ disturbance }) => disturbance)).toEqual([
    { kind: 'kill', service: 'db' },
    { kind: 'pause', service: 'api' },
    { kind: 'cpu', service: 'api', limit: 0.2 },
    { kind: 'memory', service: 'api', limit: 1e8 },
    {
      kind: 'network',
      service: 'db',
      weather: { latency: 200, jitter: 50, bandwidth: 1e4, slowClose: 1000 },
    },
    { kind: 'network', service: 'db', weather: { partition: true, reset: true } },
    { kind: 'disk-full', folder: 'data', leave: 2 ** 20 },
    { kind: 'command', inject: 'pause it', heal: 'go on' },
    { kind: 'kill', service: 'db', process: 'worker' },
  ])
  expect(faults.at(-2)).toMatchObject({ tolerance: 0.5, window: 2000 })
  expect(faults.at(-1)).toMatchObject({ for: 0 })
})

test.each([
  ['{ name: x, after: 1s, for: 1s }', 'expected one of kill, pause'],
  ['{ name: x, after: 1s, for: 1s, kill: db, pause: db }', 'expected one of kill, pause'],
  ['{ name: x, after: 1s, for: 1s, kill: dc }', 'for the service "dc", which this benchmark does not use'],
  ['{ name: x, after: 1s, for: 1s, kill: db, limit: 5% }', '`limit` is for cpu and memory'],
  ['{ name: x, after: 1s, for: 1s, cpu: db }', '`cpu` needs a limit'],
  ['{ name: x, after: 1s, for: 1s, cpu: db, limit: 10MB }', '`cpu` needs a limit'],
  ['{ name: x, after: 1s, for: 1s, memory: db, limit: 10% }', '`memory` needs a limit in bytes'],
  ['{ name: x, after: 1s, for: 1s, network: db }', '`network` needs one of latency'],
  ['{ name: x, after: 1s, for: 1s, network: kept, reset: true }', 'which is kept over all rounds'],
  ['{ name: x, after: 1s, for: 1s, inject: a }', '`inject` needs `heal`'],
  ['{ name: x, after: 1s, for: 1s, disk-full: /data }', 'not relative to the folder'],
  ['{ name: x, after: 1s, kill: db }', 'expected a duration in `for`'],
  ['{ name: x, after: 1s, for: 1s, kill: db, process: worker }', 'remove `for`'],
  ['{ name: x, after: 1s, for: 1s, pause: db, process: worker }', '`process` is for kill'],
  ['{ name: x, after: 100ms, for: 1s, kill: db }', 'no time to see what is normal'],
  ['{ name: x, after: 28s, for: 1s, kill: db }', 'the load ends before it can be seen'],
  [
    '{ name: x, after: 1s, for: 1s, kill: db }, { name: y, after: 3s, for: 1s, kill: db }',
    '"y" comes before it can be seen whether "x" is over',
  ],
  ['{ name: x, after: 1s, for: 1s, kill: db }, { name: x, after: 9s, for: 1s, kill: db }', 'are named "x"'],
])('%s is refused', (fault, message) => {
  const told = line(`faults: [ ${fault} ]`)
  expect(told).toContain(message)
  expect(told).toMatch(/^f\.yml:\d+:\d+: /)
})

const script = (keys: string) => text(keys).replace(/load: .*/, 'run: k6 run shop.js')
const POLL = 'polls: [ { name: health, url: "http://127.0.0.1:${PORT}/health" } ]'
const KILL = 'faults: [ { name: restart, after: 5s, for: 1s, kill: db } ]'

test('a script under a fault, told by a poll', () => {
  const [benchmark] = loadPlan(script(`${KILL}\n${POLL}`), 'f.yml').benchmarks
  expect(benchmark).toMatchObject({ run: 'k6 run shop.js', faults: [{ poll: 'health', window: 1000 }] })
  const slow = POLL.replace(' }', ', every: 1s }')
  const rare = loadPlan(script(`${KILL.replace('5s', '25s')}\n${slow}`), 'f.yml').benchmarks[0]!
  expect(rare.faults![0]).toMatchObject({ window: 5000 })
})

test.each([
  ['', '', 'nothing tells when "restart" is over: of a script only its end is seen (add polls'],
  [POLL.replace(' ]', ', { name: other, command: "true" } ]'), '', 'write poll: "health" or "other"'],
  [POLL, ', poll: helth', 'told by the poll "helth", which is none (did you mean "health"?)'],
  [
    POLL,
    ', window: 500ms',
    'too short to tell "restart" by answers that come every 200 ms (write window: 600ms',
  ],
  [POLL.replace(' }', ', every: 1s }'), '', 'write after: 25000ms or more, or ask more often'],
  [`${POLL}\ntimeout: 7s`, '', 'the script is ended before it can be seen'],
])('%s with%s is refused beside a script', (polls, more, message) => {
  const keys = `${KILL.replace(' } ]', `${more} } ]`)}\n${polls}`
  expect(lineOf(() => loadPlan(script(keys), 'f.yml'))).toContain(message)
})

test('a poll does not tell of a load', () => {
  expect(line(`${KILL.replace(' } ]', ', poll: health } ]')}\n${POLL}`)).toContain(
    'is told from the answers to the load (remove `poll`)',
  )
})

test('polls and alerts, with what they are judged by', () => {
  const keys = `faults: [ { name: restart, after: 5s, for: 1s, kill: db } ]
polls: [ { name: health, url: "http://127.0.0.1:\${PORT}/health", status: 200 } ]
alerts:
  - { name: errors, command: sh check.sh, expect: fires, by: restart, within: 5s, every: 1s }
  - { name: disk, url: "http://127.0.0.1:\${PORT}/alerts", contains: DiskFull, expect: silent }`
  const plan = loadPlan(text(keys), 'f.yml')
  const [benchmark] = plan.benchmarks
  expect(benchmark!.polls).toEqual([
    {
      name: 'health',
      ask: { kind: 'url', url: 'http://127.0.0.1:${PORT}/health', status: [200] },
      every: 200,
      timeout: 5000,
    },
  ])
  expect(benchmark!.alerts![0]).toEqual({
    name: 'errors',
    ask: { kind: 'command', line: 'sh check.sh' },
    every: 1000,
    timeout: 5000,
    expect: 'fires',
    by: 'restart',
    within: 5000,
  })
  const expressions = (name: string) => budgetsFor(plan, benchmark, name).map(({ expression }) => expression)
  expect(expressions('a/errors')).toEqual(['alert.fired == 100%', 'alert.delay < 5s'])
  expect(expressions('a/disk')).toEqual(['alert.fired == 0%'])
  expect(line('polls: [ { name: x } ]')).toContain('expected one of url and command')
  expect(line('alerts: [ { name: x, command: x } ]')).toContain('expected one of fires, silent')
  expect(line('alerts: [ { name: x, command: x, expect: silent, within: 1s } ]')).toContain(
    'for an alert that fires',
  )
  expect(line('alerts: [ { name: x, command: x, expect: fires, by: y } ]')).toContain('which is no fault')
})

test('a fault that is gone, and one of which less is asked, are told', () => {
  const fault = (more: string) => `faults: [ { name: x, after: 5s, for: 1s, kill: db${more} } ]`
  const told = (before: string, now: string) =>
    loosened(loadPlan(text(before), 'f.yml'), loadPlan(text(now), 'f.yml')).map(({ message }) => message)
  expect(told(fault(''), '')).toEqual(['a: the fault "x" is gone'])
  expect(told(fault(', recover-within: 2s'), fault(', recover-within: 3s'))).toHaveLength(1)
  expect(told(fault(', verify: x'), fault(''))).toHaveLength(1)
  expect(told(fault(''), fault(', verify: x, recover-within: 3s'))).toEqual([])
  expect(
    loosened(
      loadPlan(`${text('')}readiness: { least: 90 }\n`, 'f.yml'),
      loadPlan(`${text('')}readiness: { least: 80 }\n`, 'f.yml'),
    ).map(({ message }) => message),
  ).toEqual(['the least readiness went from 90 to 80'])
})
