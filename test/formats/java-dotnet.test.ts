import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const metric = (fields: object) => ({
  score: 1,
  scoreError: 'NaN',
  scoreConfidence: ['NaN', 'NaN'],
  scorePercentiles: {},
  scoreUnit: 'us/op',
  ...fields,
})
const run = (fields: object) => ({
  jmhVersion: '1.37',
  benchmark: 'a.B.c',
  mode: 'avgt',
  threads: 1,
  forks: 2,
  primaryMetric: metric({ rawData: [[1, 2], [3]] }),
  secondaryMetrics: {},
  ...fields,
})
const jmh = (...runs: object[]) => read('jmh', JSON.stringify(runs.map(run)))

test('JMH: each fork is a round', () => {
  const latency = find(jmh({}), 'a.B.c')
  expect(latency.data).toMatchObject({ kind: 'sampled', count: 3 })
  expect(latency.rounds?.map((round) => 'count' in round && round.count)).toEqual([2, 1])
  expect(statistic(jmh({}), 'a.B.c', 'latency', 'mean')).toBe(2000)
})

test('JMH: parameters are part of the name, the mode only where two measure the same', () => {
  expect(
    names(jmh({ params: { size: '10', kind: 'a,b' } }, { params: { size: '20', kind: 'a,b' } })),
  ).toEqual(['a.B.c[size=10,kind=a,b]', 'a.B.c[size=20,kind=a,b]'])
  const rate = { mode: 'thrpt', primaryMetric: metric({ scoreUnit: 'ops/ms', rawData: [[4]] }) }
  const both = jmh({}, rate)
  expect(keys(both)).toEqual(['a.B.c latency', 'a.B.c throughput'])
  expect(statistic(both, 'a.B.c', 'throughput', 'mean')).toBe(4000)
  expect(names(jmh({}, { mode: 'ss' }))).toEqual(['a.B.c[mode=avgt]', 'a.B.c[mode=ss]'])
})

test('JMH: mode sample keeps its histogram', () => {
  const parsed = jmh({
    mode: 'sample',
    primaryMetric: metric({
      scoreUnit: 'ns/op',
      rawDataHistogram: [
        [
          [
            [10, 3],
            [20, 1],
          ],
        ],
        [
          [
            [10, 1],
            [1000, 1],
          ],
        ],
      ],
    }),
  })
  expect(find(parsed, 'a.B.c').data).toMatchObject({
    count: 6,
    values: Float64Array.of(10, 20, 1000),
    counts: Float64Array.of(4, 1, 1),
  })
})

test('JMH: what a profiler tells beside has a direction only per operation', () => {
  const parsed = jmh({
    secondaryMetrics: {
      '·gc.alloc.rate': metric({ scoreUnit: 'MB/sec', rawData: [[5]] }),
      'gc.alloc.rate.norm': metric({ scoreUnit: 'B/op', rawData: [[16]] }),
      'gc.count': metric({ scoreUnit: 'counts', rawData: [[2]] }),
    },
  })
  expect(find(parsed, 'a.B.c', 'gc.alloc.rate')).not.toHaveProperty('better')
  expect(find(parsed, 'a.B.c', 'gc.alloc.rate.norm')).toMatchObject({
    unit: 'B',
    better: 'lower',
    primary: false,
  })
  expect(keys(parsed)).toContain('a.B.c gc.count')
})

test('JMH: where all failed there is nothing', () => {
  expect(refusal('jmh', '[ ]')).toBe('jmh: out: there is no benchmark in it')
  expect(refusal('jmh', JSON.stringify([run({ primaryMetric: metric({ rawData: [['NaN']] }) })]))).toBe(
    'jmh: out: $[0].primaryMetric.rawData[0][0]: expected a finite number, got "NaN"',
  )
})

test('JMH CSV: percentiles belong to their benchmark, an empty parameter does not apply', () => {
  const head = '"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: n"\n'
  const parsed = read(
    'jmh',
    `${head}"a.B.c","sample",1,100,2.5,0.1,"us/op",10\n"a.B.c:c·p0.99","sample",1,1,9,NaN,"us/op",10\n"a.B.c:·gc.alloc.rate.norm","sample",1,5,16,0,"B/op",10\n"a.B.d","ss",1,5,3,NaN,"ms/op",\n`,
  )
  expect(find(parsed, 'a.B.c[n=10]').data).toEqual({
    kind: 'told',
    count: 100,
    mean: 2500,
    quantiles: { p99: 9000 },
  })
  expect(keys(parsed)).toEqual(['a.B.c[n=10] latency', 'a.B.c[n=10] gc.alloc.rate.norm', 'a.B.d latency'])
})

test('BenchmarkDotNet: jobs that run the same are told apart', () => {
  const run = (job: string) => ({
    DisplayInfo: `A.B: ${job}(Runtime=.NET 8.0)`,
    FullName: 'A.B',
    Statistics: { N: 3, Mean: 5, Percentiles: { P0: 1, P50: 5, P95: 7 } },
  })
  const parsed = read(
    'benchmarkdotnet',
    JSON.stringify({ HostEnvironmentInfo: {}, Benchmarks: [run('Job-A'), run('Job-B')] }),
  )
  expect(names(parsed)).toEqual(['A.B[job=Job-A]', 'A.B[job=Job-B]'])
  expect(find(parsed, 'A.B[job=Job-A]').data).toEqual({
    kind: 'told',
    count: 3,
    mean: 5,
    quantiles: { p50: 5, p95: 7 },
  })
})
