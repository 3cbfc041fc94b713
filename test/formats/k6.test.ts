import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merge, type Sampled, weighted } from '../../src/core/distribution.ts'
import { find, keys, read, refusal, statistic } from './read.ts'

const declare = (name: string, type: string, contains: string) =>
  JSON.stringify({
    type: 'Metric',
    data: { name, type, contains, thresholds: [], submetrics: null },
    metric: name,
  })
const at = (second: number) => `2026-11-21T08:11:0${second}.5Z`
const point = (metric: string, value: number, time = at(1), tags: object = { status: '200' }) =>
  JSON.stringify({ metric, type: 'Point', data: { time, value, tags } })
const DURATION = declare('http_req_duration', 'trend', 'time')

test('points of a trend, a rate and a counter', () => {
  const parsed = read(
    'k6',
    [
      declare('http_reqs', 'counter', 'default'),
      point('http_reqs', 1, at(1)),
      point('http_reqs', 1, at(3)),
      DURATION,
      point('http_req_duration', 1.5),
      point('http_req_duration', 2.5),
      declare('http_req_failed', 'rate', 'default'),
      point('http_req_failed', 0),
      point('http_req_failed', 1),
      declare('cart', 'trend', 'default'),
      point('cart', 7),
    ].join('\n'),
  )
  expect(statistic(parsed, '', 'latency', 'mean')).toBe(2e6)
  expect(statistic(parsed, '', 'throughput', 'value')).toBe(1)
  expect(find(parsed, '', 'error_rate').data).toEqual({ kind: 'scalar', value: 0.5, total: 2 })
  expect(find(parsed, '', 'cart')).toMatchObject({ unit: 'value', primary: false })
})

test('a line is read alike however its keys are ordered, its numbers written and its strings escaped', () => {
  const lines = [
    '{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-21T08:11:01Z","value":1.5e0,"tags":{}}}',
    '{ "type" : "Point", "metric" : "http_req_duration", "data" : { "value" : 15E-1, "time" : "2026-11-21T08:11:01Z", "tags":null } }',
    '{"metric":"http_req\\u005fduration","type":"Point","data":{"time":"2026-11-21T08:11:01Z","value":1.50,"tags":{"a":"}}\\"value\\":9,"}}}',
    '{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-21T08:11:01Z","value":1.5,"tags":{"name":"\\"}}"},"metadata":{"trace":"x"}}}',
    '{"data":{"tags":{"value":"8"},"value":1.5,"time":"2026-11-21T08:11:01Z"},"type":"Point","metric":"http_req_duration"}',
  ]
  for (const line of lines)
    expect(statistic(read('k6', `${DURATION}\n${line}\n`), '', 'latency', 'mean')).toBe(1.5e6)
})

test('where every request failed the run is failed, however fast it was', () => {
  const text = [
    DURATION,
    point('http_req_duration', 0.1),
    declare('http_req_failed', 'rate', 'default'),
    point('http_req_failed', 1),
  ]
  expect(keys(read('k6', text.join('\n')))).toEqual([' failed'])
})

test.each([
  [`${DURATION}\n${point('http_req_duration', -1)}`, 'k6: out:2: "value" is negative'],
  [
    `${DURATION}\n${point('http_req_duration', 1).replace(':1,', ':1e999,')}`,
    'k6: out:2: $.data.value: expected a finite number, got Infinity',
  ],
  [
    `${DURATION}\n${point('http_req_duration', 1).replace(':1,', ':"1",')}`,
    'k6: out:2: $.data.value: expected a finite number, got "1"',
  ],
  [
    `${DURATION}\n${point('other', 1)}`,
    'k6: out:2: a point of "other", which no line before declares (was the beginning cut off?)',
  ],
  [
    `${DURATION}\n${point('http_req_duration', 1).slice(0, 70)}`,
    'k6: out:2: expected a line of JSON, got "{\\"metric\\":\\"http_req_duration\\",\\"type\\":\\"Point\\",\\"data\\":{\\"time\\":…"',
  ],
  [DURATION, 'k6: out: there is no benchmark in it'],
  [
    `${DURATION}\n${declare('x', 'thing', 'time')}`,
    'k6: out:2: $.data.type: expected counter, gauge, rate, trend, got "thing"',
  ],
])('%#: refused with its line', (text, line) => {
  expect(refusal('k6', text)).toBe(line)
})

test('handleSummary has its figures under values', () => {
  const parsed = read(
    'k6',
    JSON.stringify({
      metrics: {
        'http_req_duration{name:a|b}': {
          type: 'trend',
          contains: 'time',
          values: { avg: 2, min: 1, med: 2, max: 3, 'p(90)': 2.5, 'p(99.9)': 3 },
          thresholds: { 'p(95)<9': { ok: true } },
        },
        http_req_duration: { type: 'trend', contains: 'time', values: { avg: 2, 'p(99.9)': 3, count: 9 } },
        http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0.25, passes: 1, fails: 3 } },
        http_reqs: { type: 'counter', contains: 'default', values: { count: 4, rate: 2 } },
        vus: { type: 'gauge', contains: 'default', values: { value: 3, min: 1, max: 3 } },
        data_sent: { type: 'counter', contains: 'data', values: { count: 100, rate: 50 } },
        own_size: { type: 'trend', contains: 'default', values: { avg: -2 } },
      },
      root_group: {},
      options: {},
      state: {},
    }),
  )
  expect(find(parsed, '').data).toEqual({ kind: 'told', count: 9, mean: 2e6, quantiles: { 'p99.9': 3e6 } })
  expect(find(parsed, 'name:a|b')).toMatchObject({ primary: false })
  expect(statistic(parsed, '', 'error_rate', 'value')).toBe(0.25)
  expect(statistic(parsed, '', 'throughput', 'value')).toBe(2)
  expect(find(parsed, '', 'data_sent')).toMatchObject({ unit: 'B' })
  expect(find(parsed, '', 'data_sent')).not.toHaveProperty('better')
})

test('the machine-readable summary has its metrics in a list', () => {
  const parsed = read(
    'k6',
    JSON.stringify({
      version: '1.5.0',
      config: { duration: 3, execution: 'local' },
      results: {
        metrics: [
          { name: 'http_req_duration', type: 'trend', contains: 'time', values: { avg: 2, 'p(95)': 4 } },
          {
            name: 'http_req_failed',
            type: 'rate',
            contains: 'default',
            values: { matches: 1, total: 8, rate: 0.125 },
          },
          { name: 'http_reqs', type: 'counter', contains: 'default', values: { count: 8, rate: 4 } },
        ],
        checks: [],
      },
    }),
  )
  expect(find(parsed, '').data).toMatchObject({ quantiles: { p95: 4e6 } })
  expect(statistic(parsed, '', 'error_rate', 'value')).toBe(0.125)
})

test('of a run without requests the iterations are measured', () => {
  const parsed = read(
    'k6',
    JSON.stringify({
      root_group: {},
      metrics: { iteration_duration: { avg: 5, 'p(95)': 6 }, iterations: { count: 4, rate: 2 } },
    }),
  )
  expect(statistic(parsed, '', 'latency', 'mean')).toBe(5e6)
  expect(statistic(parsed, '', 'throughput', 'value')).toBe(2)
})

test('whatever the numbers, tags and order of keys, the same is read as by JSON.parse', () => {
  const number = fc.oneof(
    fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => String(value)),
    fc.tuple(fc.nat(1e6), fc.nat(1e9)).map(([whole, rest]) => `${whole}.${String(rest).padStart(9, '0')}`),
    fc.tuple(fc.nat(1e6), fc.integer({ min: -9, max: 9 })).map(([whole, power]) => `${whole}e${power}`),
    fc.constantFrom(
      '0',
      '0.0',
      '123456789012345',
      '1234567890123456',
      '0.1234567890123456789',
      '5E+2',
      '1.5e-3',
    ),
  )
  const tags = fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 8 }), {
    maxKeys: 4,
  })
  const row = fc.record({ number, tags, shape: fc.nat(3), fraction: fc.nat(999_999_999) })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
      const lines = rows.map(({ number, tags, shape, fraction }) => {
        const time = `2026-11-21T08:11:01.${String(fraction).padStart(9, '0')}Z`
        const told = JSON.stringify(tags)
        if (shape === 0)
          return `{"type":"Point","data":{"tags":${told},"value":${number},"time":"${time}"},"metric":"http_req_duration"}`
        if (shape === 1)
          return `{ "metric":"http_req_duration" ,"type":"Point","data":{"time":"${time}","value": ${number},"tags":${told}}}`
        if (shape === 2)
          return `{"metric":"http_req_duration","type":"Point","data":{"time":"${time}","value":${number},"tags":${told},"metadata":{"}}":"}}"}}}`
        return `{"metric":"http_req_duration","type":"Point","data":{"time":"${time}","value":${number},"tags":${told}}}`
      })
      const { data } = find(read('k6', [DURATION, ...lines].join('\n')), '')
      const expected = lines.map((line) => (JSON.parse(line) as { data: { value: number } }).data.value * 1e6)
      expect(data.kind === 'sampled' && [...data.values]).toEqual(expected.toSorted((a, b) => a - b))
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('the text of versions before 1, and of a run with groups', () => {
  const old = `
     ✗ status is 200
      ↳  97% — ✓ 54 / ✗ 1

     checks.........................: 98.18% ✓ 54       ✗ 1
     data_received..................: 21 kB  106 kB/s
   ✓ http_req_duration..............: avg=6.17ms  min=1.26ms   med=2.49ms p(90)=4.66ms p(95)=1m2.5s
       { expected_response:true }...: avg=6.24ms  min=1.26ms   med=2.49ms p(90)=4.67ms p(95)=21.89ms
     http_req_failed................: 1.81%  ✓ 1        ✗ 54
     http_reqs......................: 55     284.969343/s
     iterations.....................: 55     284.969343/s
`
  const parsed = read('k6', old)
  expect(find(parsed, '').data).toMatchObject({ mean: 6.17e6, quantiles: { p50: 2.49e6, p95: 62.5e9 } })
  expect(find(parsed, '', 'error_rate').data).toMatchObject({ value: 1 / 55, total: 55 })
  expect(find(parsed, 'expected_response:true')).toMatchObject({ primary: false })
  const grouped = `${old}\n  █ GROUP: login\n\n    http_req_duration..............: avg=99ms\n    iterations.....................: 1 1/s\n`
  expect(statistic(read('auto', grouped), '', 'latency', 'mean')).toBe(6.17e6)
  expect(refusal('k6', old.slice(0, 400))).toContain('the summary has no iterations')
})

test('a sub-metric that a threshold made has the points with its tags', () => {
  const declared = JSON.stringify({
    type: 'Metric',
    data: {
      name: 'http_req_duration',
      type: 'trend',
      contains: 'time',
      thresholds: [],
      submetrics: [
        {
          name: 'http_req_duration{expected_response:true}',
          suffix: 'x',
          tags: { expected_response: 'true' },
        },
        {
          name: 'http_req_duration{name:log|in,status:200}',
          suffix: 'x',
          tags: { name: 'log|in', status: '200' },
        },
      ],
    },
    metric: 'http_req_duration',
  })
  const parsed = read(
    'k6',
    [
      declared,
      point('http_req_duration', 1, at(1), { name: 'log|in', status: '200', expected_response: 'true' }),
      point('http_req_duration', 2, at(1), { name: 'log|in', status: '500' }),
      point('http_req_duration', 3, at(1), { name: 'log|in', status: '200', more: 'x' }),
    ].join('\n'),
  )
  expect(keys(parsed)).toEqual([' latency', 'name:log|in,status:200 latency'])
  expect(find(parsed, '').data).toMatchObject({ count: 3 })
  expect(statistic(parsed, 'name:log|in,status:200', 'latency', 'mean')).toBe(2e6)
})

test('parts of a stream merge to what the whole of it is', () => {
  const file = join(import.meta.dirname, '../../fixtures/formats/k6/points/input.ndjson')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const whole = find(read('k6', lines.join('\n')), '').data
  const parts = [0, 1, 2].map((part) =>
    lines.filter((line, i) => i % 3 === part || line.includes('"Metric"')),
  )
  const undeclared = [lines.slice(0, 300), lines.slice(300)]
  for (const shards of [parts, undeclared]) {
    const data = shards.map((shard) => find(read('k6', shard.join('\n')), '').data)
    const merged = merge(data.filter((one) => one.kind === 'sampled'))
    expect(weighted(expanded(merged))).toEqual(weighted(expanded(whole as Sampled)))
  }
})

function expanded(data: Sampled): [number, number][] {
  const tally = new Map<number, number>()
  data.values.forEach((value, i) => {
    tally.set(value, (tally.get(value) ?? 0) + (data.counts?.[i] ?? 1))
  })
  return [...tally]
}
