import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

test('benchmark.js: the figures follow the last x of the line', () => {
  const text = [
    'split a|b `tick` <script>alert(1)</script> x 1,234 ops/sec ±1.02% (11 runs sampled)',
    'sleep x 3 ops/sec x 187 ops/sec ±0.51% (1 run sampled)',
    'ünï × 日本 x 3.21 ops/sec ±9.01% (5 runs sampled)',
    'throws: ',
    ' 1,000 items x 10,000 ops/sec ±0.1% (9 runs sampled)',
    'Fastest is sleep x 3 ops/sec',
    '',
  ].join('\n')
  const parsed = read('benchmarkjs', text)
  expect(keys(parsed)).toEqual([
    'split a|b `tick` <script>alert(1)</script> throughput',
    'sleep x 3 ops/sec throughput',
    'ünï × 日本 throughput',
    'throws failed',
    ' 1,000 items throughput',
  ])
  expect(statistic(parsed, ' 1,000 items', 'throughput', 'mean')).toBe(10_000)
})

test('tinybench: a task that threw, was not run, or was stopped has no figures', () => {
  const tasks = [
    { name: 'a', result: { state: 'errored', error: { message: 'boom' } } },
    { name: 'b' },
    { name: 'c', result: { state: 'aborted' } },
    { name: 'd', result: { state: 'completed', latency: { mean: 1, samples: [1, 2, 3] } } },
    { name: 'e', result: { error: {} } },
  ]
  const parsed = read('tinybench', JSON.stringify(tasks))
  expect(keys(parsed)).toEqual(['a failed', 'b failed', 'c failed', 'd latency', 'e failed'])
  expect(parsed.results.map((result) => 'reason' in result && result.reason)).toEqual([
    'boom',
    'it was not run',
    'its state is aborted',
    false,
    'it threw',
  ])
  expect(find(parsed, 'd').data).toMatchObject({ kind: 'sampled', count: 3 })
})

test('tinybench: the table of version 2', () => {
  const parsed = read(
    'tinybench',
    `┌─────────┬───────────┬─────────────┬────────────────────┬──────────┬─────────┐
│ (index) │ Task Name │ ops/sec     │ Average Time (ns)  │ Margin   │ Samples │
├─────────┼───────────┼─────────────┼────────────────────┼──────────┼─────────┤
│ 0       │ 'a'       │ '3,591,056' │ 278.46959475921827 │ '±9.34%' │ 143643  │
└─────────┴───────────┴─────────────┴────────────────────┴──────────┴─────────┘
`,
  )
  expect(statistic(parsed, 'a', 'latency', 'mean')).toBeCloseTo(278.4695947592, 9)
  expect(statistic(parsed, 'a', 'throughput', 'mean')).toBe(3_591_056)
})

test('vitest: the same name in two groups, and one that threw', () => {
  const parsed = read(
    'vitest-bench',
    JSON.stringify({
      files: [
        {
          filepath: '/x/a.bench.ts',
          groups: [
            {
              fullName: 'a.bench.ts > one',
              benchmarks: [
                { id: '1', name: 'x', rank: 1, rme: 0, samples: [], mean: 1, median: 1, hz: 1000 },
              ],
            },
            {
              fullName: 'a.bench.ts > two',
              benchmarks: [{ id: '2', name: 'x', rank: 0, rme: 0, samples: [] }],
            },
          ],
        },
      ],
    }),
  )
  expect(keys(parsed)).toEqual([
    'a.bench.ts > one > x latency',
    'a.bench.ts > one > x throughput',
    'a.bench.ts > two > x failed',
  ])
})

test('vitest 5: files of the same name bear their folder', () => {
  const module = (name: string) => ({
    name,
    status: 'passed',
    message: '',
    assertionResults: [
      {
        ancestorTitles: [],
        title: 't',
        status: 'passed',
        failureMessages: [],
        benchmarks: [{ name: 't', tasks: [{ name: 'x', latency: { mean: 1 } }] }],
      },
    ],
  })
  const parsed = read(
    'vitest-bench',
    JSON.stringify({ testResults: [module('/p/one/index.bench.ts'), module('/p/two/index.bench.ts')] }),
  )
  expect(names(parsed)).toEqual(['one/index.bench.ts > t > x', 'two/index.bench.ts > t > x'])
})

test('mitata: the runs have their arguments in their names, and an error has no figures', () => {
  const parsed = read(
    'mitata',
    JSON.stringify({
      layout: [{ name: null }, { name: 'strings' }],
      benchmarks: [
        {
          alias: 'join $n',
          group: 1,
          runs: [
            {
              name: 'join 10',
              args: { n: 10 },
              stats: { min: 1, max: 3, avg: 2, p50: 2, samples: [1, 2, 3] },
            },
            { name: 'join 20', args: { n: 20 }, error: { message: 'no' } },
          ],
        },
        {
          alias: 'plain',
          group: 0,
          runs: [{ name: 'plain', stats: { min: 1, max: 3, avg: 2, p999: 3, samples: null } }],
        },
      ],
      context: {},
    }),
  )
  expect(keys(parsed)).toEqual(['strings/join 10 latency', 'strings/join 20 failed', 'plain latency'])
  expect(find(parsed, 'plain').data).toEqual({
    kind: 'told',
    mean: 2,
    min: 1,
    max: 3,
    quantiles: { 'p99.9': 3 },
  })
})

test('benchmark-ips: what was warmed up must have been measured', () => {
  const text =
    'Warming up ---\n   a   1.0k i/100ms\n   b   2.0k i/100ms\nCalculating ---\n   a   10.5k (± 2.0%) i/s   (95.2 μs/i) -  50.0k in   4.9s\n'
  expect(refusal('benchmark-ips', text)).toContain('2 were warmed up and 1 measured')
  const whole = `${text}   b   2.5M (±10.0%) i/s - 9k in 1s\n`
  expect(statistic(read('benchmark-ips', whole), 'b', 'throughput', 'mean')).toBe(2.5e6)
})

test('benchmark-ips: a long label stands above its figures, and one script has several blocks', () => {
  const text = [
    'ruby 3.3.0 (2023-12-25) [x86_64-linux]',
    'Warming up --------------------------------------',
    'a label of more than twenty characters',
    '                         1.000k i/100ms',
    'Calculating -------------------------------------',
    'a label of more than twenty characters',
    '                         10.500k (± 2.0%) i/s   (95.2 μs/i) -  50.0k in   4.9s',
    '',
    'Comparison:',
    'a label of more than twenty characters:    10500.0 i/s',
    '',
    'Warming up --------------------------------------',
    '                 300     1.000k i/100ms',
    'Calculating -------------------------------------',
    '                 300     73.171k (± 4.1%) i/s -     30.655k in   0.419710s',
    '',
  ].join('\n')
  const parsed = read('auto', text)
  expect(names(parsed)).toEqual(['a label of more than twenty characters', '300'])
  expect(statistic(parsed, '300', 'throughput', 'mean')).toBe(73_171)
})

test('size-limit: what has no size has no figure', () => {
  expect(
    keys(
      read('size-limit', '[{"name":"a","passed":false,"size":9,"loading":0.5},{"name":"b","passed":true}]'),
    ),
  ).toEqual(['a size', 'a loading', 'b failed'])
})

test('Lighthouse: a page that did not load is refused, an audit without a figure is failed', () => {
  expect(
    refusal(
      'lighthouse',
      '{"lighthouseVersion":"12","runtimeError":{"code":"NO_FCP","message":"nothing painted"},"audits":{}}',
    ),
  ).toBe('lighthouse: out: $.runtimeError: Lighthouse could not load the page: nothing painted')
  const parsed = read(
    'lighthouse',
    '{"lighthouseVersion":"12","audits":{"speed-index":{"score":null,"scoreDisplayMode":"error","errorMessage":"no frames"},"interactive":{"scoreDisplayMode":"numeric","numericValue":5,"numericUnit":"millisecond"}}}',
  )
  expect(keys(parsed)).toEqual(['speed-index failed', 'interactive latency'])
})
