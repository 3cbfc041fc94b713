import { expect, test } from 'vitest'
import type { LoadOptions } from '../../src/config/load.ts'
import { loadPlan } from '../../src/config/load.ts'
import type { Plan } from '../../src/core/plan.ts'

const ONE = 'benchmarks: [{ name: json, run: node bench.mjs }]\n'
const percent = (value: number) => ({ kind: 'relative', value }) as const

test('everything has a default but the benchmarks', () => {
  expect(loadPlan(ONE, 'tailgate.yml')).toEqual({
    benchmarks: [
      {
        name: 'json',
        run: 'node bench.mjs',
        format: 'auto',
        timeout: 600_000,
        env: {},
        thresholds: {},
        budgets: [],
        place: 'tailgate.yml:1:14',
        line: 1,
      },
    ],
    statistics: ['p50', 'p95', 'p99'],
    thresholds: { '*': percent(0.05) },
    overrides: [],
    compare: 'auto',
    rounds: { min: 6, max: 30, warmup: 1 },
    falseAlarms: 0.01,
    time: 600_000,
    buildTimeout: 1_800_000,
    carry: [],
    baseline: { store: 'cache', keep: 30, release: false },
    failOn: ['regression', 'budget', 'missing', 'error'],
    file: 'tailgate.yml',
  } satisfies Plan)
})

const FULL = `
threshold: 5%
statistics: [p50, p(95), p99, p99]
compare: base
rounds: { min: 8, max: 20, warmup: 0 }
false-alarms: 0.1%
time: 1h30m
build: npm ci && npm run build
build-timeout: 90s
carry: [node_modules]
baseline: { store: .tailgate, branch: main, keep: 5 }
fail-on: [regression, inconclusive]
branches:
  "release/*": { threshold: 3%, baseline: { release: true } }
  "release/1.*": { rounds: { max: 12 } }
overrides:
  - { match: "json/hash*", threshold: 10%, statistics: [mean] }
benchmarks:
  - name: json
    run: |
      node bench/json.mjs
    format: samples
    output: bench/out.json
    timeout: 2m
    env: { VERSION: 1.10, ID: 007, DEBUG: true, EMPTY: "" }
    statistics: [avg]
    threshold: { p99: 10%, throughput: 3%, memory.peak: 5MB }
    budgets: ["p(95) < 35ms", "mean < 50ms"]
  - name: slow/one
    run: ./slow
suites:
  quick:
    benchmarks: ["json*"]
    rounds: { min: 2, max: 4 }
    overrides: [{ match: "json/x", threshold: 50% }]
    set: { json: { timeout: 5s, env: { ID: "8" }, threshold: { p99: 20% } } }
  rest: { benchmarks: ["*", "!json*"], threshold: { p99: 15% } }
`
const full = (options: LoadOptions = {}) => loadPlan(FULL, 'ci/tailgate.yml', options)

test('every key is read', () => {
  const { benchmarks, ...rest } = full()
  expect(rest).toEqual({
    statistics: ['p50', 'p95', 'p99'],
    thresholds: { '*': percent(0.05) },
    overrides: [
      { match: 'json/hash*', statistics: ['mean'], thresholds: { '*': percent(0.1) }, budgets: [] },
    ],
    compare: 'base',
    rounds: { min: 8, max: 20, warmup: 0 },
    falseAlarms: 0.001,
    time: 5_400_000,
    build: 'npm ci && npm run build',
    buildTimeout: 90_000,
    carry: ['node_modules'],
    baseline: { store: '.tailgate', branch: 'main', keep: 5, release: false },
    failOn: ['regression', 'inconclusive'],
    file: 'ci/tailgate.yml',
  })
  expect(benchmarks[0]).toMatchObject({
    name: 'json',
    run: 'node bench/json.mjs\n',
    format: 'samples',
    output: 'bench/out.json',
    timeout: 120_000,
    env: { VERSION: '1.10', ID: '007', DEBUG: 'true', EMPTY: '' },
    statistics: ['mean'],
    thresholds: {
      p99: percent(0.1),
      throughput: percent(0.03),
      'memory.peak': { kind: 'absolute', value: 5e6, unit: 'B' },
    },
    place: 'ci/tailgate.yml:19:5',
    line: 19,
  })
  expect(benchmarks[0]!.budgets.map(({ limit, unit }) => `${limit} ${unit}`)).toEqual([
    '35000000 ns',
    '50000000 ns',
  ])
  expect(benchmarks[1]).toMatchObject({ name: 'slow/one', place: 'ci/tailgate.yml:29:5', line: 29 })
})

test('a suite chooses and overrides, key by key', () => {
  const plan = full({ suite: 'quick' })
  expect(plan.suite).toBe('quick')
  expect(plan.benchmarks.map(({ name }) => name)).toEqual(['json'])
  expect(plan.rounds).toEqual({ min: 2, max: 4, warmup: 0 })
  expect(plan.overrides.map(({ match }) => match)).toEqual(['json/hash*', 'json/x'])
  expect(plan.benchmarks[0]).toMatchObject({
    timeout: 5000,
    format: 'samples',
    env: { VERSION: '1.10', ID: '8' },
    thresholds: { p99: percent(0.2), throughput: percent(0.03) },
  })
})

test('a suite may leave out by pattern; a map of thresholds adds', () => {
  const plan = full({ suite: 'rest' })
  expect(plan.benchmarks.map(({ name }) => name)).toEqual(['slow/one'])
  expect(plan.thresholds).toEqual({ '*': percent(0.05), p99: percent(0.15) })
})

test('branches by pattern, in the order of the file', () => {
  const plan = full({ branch: 'release/1.2' })
  expect(plan.thresholds).toEqual({ '*': percent(0.03) })
  expect(plan.baseline).toEqual({ store: '.tailgate', branch: 'main', keep: 5, release: true })
  expect(plan.rounds.max).toBe(12)
  expect(full({ branch: 'main' }).thresholds).toEqual({ '*': percent(0.05) })
})

test('a single threshold replaces what a map said', () => {
  const text = `threshold: { p99: 10%, "*": 4% }\nbranches: { main: { threshold: 3% } }\n${ONE}`
  expect(loadPlan(text, 'f').thresholds).toEqual({ '*': percent(0.04), p99: percent(0.1) })
  expect(loadPlan(text, 'f', { branch: 'main' }).thresholds).toEqual({ '*': percent(0.03) })
})

test('flags win over all', () => {
  const flags = {
    compare: 'history',
    threshold: '2.5%',
    failOn: 'budget, no-baseline',
    statistics: 'p50,p(99.9)',
    rounds: { min: 3, max: 3 },
    time: '30s',
    store: 'artifact',
  }
  expect(full({ suite: 'rest', branch: 'release/1.2', flags })).toMatchObject({
    compare: 'history',
    thresholds: { '*': percent(0.025) },
    failOn: ['budget', 'no-baseline'],
    statistics: ['p50', 'p99.9'],
    rounds: { min: 3, max: 3, warmup: 0 },
    time: 30_000,
    baseline: { store: 'artifact', keep: 5, branch: 'main', release: true },
  })
  expect(full({ flags: { failOn: '' } }).failOn).toEqual([])
})

test.each([
  ['json', ['json']],
  ['*', ['json', 'slow/one']],
  ['s*', ['slow/one']],
  ['!json', ['slow/one']],
])('--only %s', (only, names) => {
  expect(full({ only }).benchmarks.map(({ name }) => name)).toEqual(names)
})

test.each([
  ['', { min: 6, max: 30, warmup: 1 }],
  ['rounds: { max: 4 }', { min: 4, max: 4, warmup: 1 }],
  ['rounds: { min: 40 }', { min: 40, max: 40, warmup: 1 }],
  ['rounds: { warmup: 0 }', { min: 6, max: 30, warmup: 0 }],
  ['compare: none', { min: 1, max: 1, warmup: 0 }],
  ['compare: none\nrounds: { min: 3 }', { min: 3, max: 3, warmup: 0 }],
  ['compare: none\nrounds: { max: 16 }', { min: 1, max: 16, warmup: 0 }],
  ['compare: none\nrounds: { warmup: 1 }', { min: 1, max: 1, warmup: 1 }],
])('rounds of %j', (settings, rounds) => {
  expect(loadPlan(`${ONE}${settings}`, 'f').rounds).toEqual(rounds)
})

test.each([
  ['', { max: 3 }, { min: 3, max: 3 }],
  ['rounds: { min: 6, max: 30 }', { max: 3 }, { min: 3, max: 3 }],
  ['rounds: { min: 6, max: 30 }', { min: 40 }, { min: 40, max: 40 }],
  ['rounds: { min: 6, max: 30 }', { max: 12 }, { min: 6, max: 12 }],
  ['rounds: { min: 6 }', { min: 2, max: 2 }, { min: 2, max: 2 }],
])('what is told later wins: %j and then %j', (settings, rounds, expected) => {
  expect(loadPlan(`${ONE}${settings}`, 'f', { flags: { rounds } }).rounds).toMatchObject(expected)
})

test('sides imply that they are compared, and have no environment unless told', () => {
  const plan = loadPlan(`${ONE}sides: { head: { env: { FAST: 1 } } }`, 'f')
  expect(plan).toMatchObject({ compare: 'sides', sides: { base: {}, head: { FAST: '1' } } })
  expect(loadPlan(`${ONE}sides: { head: {} }`, 'f', { flags: { compare: 'none' } }).compare).toBe('none')
})

test('anchors, aliases and merge keys', () => {
  const plan = loadPlan(
    'benchmarks:\n  - &a { name: a, run: x, timeout: 5s }\n  - { <<: *a, name: b }\n',
    'f',
  )
  expect(plan.benchmarks.map(({ name, timeout, place }) => [name, timeout, place])).toEqual([
    ['a', 5000, 'f:2:8'],
    ['b', 5000, 'f:3:5'],
  ])
})

test.each(['\ufeff', '# a comment\n', '---\n', '%YAML 1.2\n---\n'])('reads after %j', (start) => {
  expect(loadPlan(start + ONE, 'f').benchmarks).toHaveLength(1)
})

test('CRLF and JSON are read alike', () => {
  expect(loadPlan(FULL.replaceAll('\n', '\r\n'), 'ci/tailgate.yml').benchmarks[1]).toEqual(
    full().benchmarks[1],
  )
  expect(loadPlan('{"benchmarks": [{"name": "a", "run": "x"}]}', 'f').benchmarks[0]!.name).toBe('a')
})
