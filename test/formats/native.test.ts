import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const row = (fields: object) => ({
  name: 'BM',
  run_name: 'BM',
  run_type: 'iteration',
  repetitions: 1,
  threads: 1,
  iterations: 10,
  real_time: 2,
  cpu_time: 1,
  time_unit: 'ns',
  ...fields,
})
const google = (...rows: object[]) =>
  read('google-benchmark', JSON.stringify({ context: {}, benchmarks: rows.map(row) }))

test('Google Benchmark: the unit is of the row, repetitions may be interleaved', () => {
  const parsed = google(
    { real_time: 1, time_unit: 'ms' },
    { run_name: 'other', real_time: 5 },
    { real_time: 2000, time_unit: 'us' },
  )
  expect(find(parsed, 'BM')).toMatchObject({ data: { count: 2 }, unit: 'ns' })
  expect(statistic(parsed, 'BM', 'latency', 'mean')).toBe(1.5e6)
  expect(find(parsed, 'BM').rounds).toHaveLength(2)
})

test('Google Benchmark: aggregates alone, and fits that are no times', () => {
  const parsed = google(
    { name: 'BM_mean', run_type: 'aggregate', aggregate_name: 'mean', iterations: 5, real_time: 10 },
    { name: 'BM_median', run_type: 'aggregate', aggregate_name: 'median', iterations: 5, real_time: 9 },
    { name: 'BM_stddev', run_type: 'aggregate', aggregate_name: 'stddev', iterations: 5, real_time: 1 },
    {
      name: 'BM_cv',
      run_type: 'aggregate',
      aggregate_name: 'cv',
      aggregate_unit: 'percentage',
      iterations: 5,
      real_time: 0.1,
    },
    {
      name: 'BM_BigO',
      run_type: 'aggregate',
      aggregate_name: 'BigO',
      aggregate_unit: 'time',
      cpu_coefficient: 3,
      big_o: 'N',
      real_time: undefined,
    },
  )
  expect(find(parsed, 'BM').data).toEqual({ kind: 'told', count: 5, mean: 10, sd: 1, quantiles: { p50: 9 } })
})

test('Google Benchmark: errors, skips and counters of the user', () => {
  const parsed = google(
    { run_name: 'bad', error_occurred: true, error_message: 'no file' },
    { run_name: 'off', skipped: 'SkippedWithMessage', skip_message: 'later' },
    { hits: 0.5, bytes_per_second: 8, items_per_second: 4 },
  )
  expect(keys(parsed)).toEqual([
    'bad failed',
    'off skipped',
    'BM latency',
    'BM cpu_time',
    'BM hits',
    'BM bytes_per_second',
    'BM throughput',
  ])
  expect(find(parsed, 'BM', 'hits')).not.toHaveProperty('better')
})

test('Google Benchmark: the CSV may follow the description of the machine', () => {
  const head =
    '2026-11-21\nRunning ./b\nname,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message,"hits"\n'
  const parsed = read(
    'google-benchmark',
    `${head}"BM<std::pair<int,""x"">>",10,2,1,us,,,"a, b",,,7\n"BM_bad",,,,,,,,true,"no, file",\n`,
  )
  expect(keys(parsed)).toEqual([
    'BM<std::pair<int,"x">> latency',
    'BM<std::pair<int,"x">> cpu_time',
    'BM<std::pair<int,"x">> hits',
    'BM_bad failed',
  ])
  expect(refusal('google-benchmark', `${head}"BM",10,2,1\n`)).toContain('out:4: expected 11 cells, got 4')
})

test('Catch2: version 3, sections, exponents, and a benchmark that failed', () => {
  const parsed = read(
    'catch2',
    `<?xml version="1.0" encoding="UTF-8"?>
<Catch2TestRun name="t" rng-seed="1" xml-format-version="3" catch2-version="3.7.1">
  <TestCase name="case &lt;a&gt;" tags="[b]"><Section name="deep &quot;one&quot;">
    <BenchmarkResults name="x | y" samples="10" resamples="9" iterations="1" clockResolution="1" estimatedDuration="1">
      <mean value="2.08102e+06" lowerBound="1" upperBound="3" ci="0.95"/><standardDeviation value="5" lowerBound="1" upperBound="9" ci="0.95"/>
    </BenchmarkResults>
    <BenchmarkResults name="throws"><failed message="boom &amp; bust"/></BenchmarkResults>
  </Section><OverallResult success="true"/></TestCase>
</Catch2TestRun>
`,
  )
  expect(keys(parsed)).toEqual(['case <a>/deep "one"/x | y latency', 'case <a>/deep "one"/throws failed'])
  expect(find(parsed, 'case <a>/deep "one"/x | y').data).toEqual({
    kind: 'told',
    count: 10,
    mean: 2.08102e6,
    sd: 5,
    quantiles: {},
  })
})

test('Rust: a whole nanosecond is as fine as older toolchains tell', () => {
  const parsed = read(
    'libtest',
    'running 1 test\ntest a ... bench:         234 ns/iter (+/- 56) = 12 MB/s\n\ntest result: ok. 0 passed\n',
  )
  expect(find(parsed, 'a')).toMatchObject({ data: { quantiles: { p50: 234 } }, resolution: { absolute: 1 } })
  expect(statistic(parsed, 'a', 'throughput', 'value')).toBe(12e6)
  expect(refusal('libtest', 'running 1 test\ntest a ... bench:       1,234 ns/iter (+/- 56)\n')).toContain(
    'a suite has no "test result:"',
  )
})

test('Rust: the last line may have lost its end of line', () => {
  const text = 'running 1 test\ntest a ... bench:         234 ns/iter (+/- 56)\n\ntest result: ok. 0 passed'
  expect(keys(read('libtest', text))).toEqual(['a latency'])
  expect(refusal('libtest', text.slice(0, 30))).toContain('out:2: not a whole line: "test a ... benc"')
})

test('criterion: a long name stands above its figures, throughput is told beside', () => {
  const name = 'group/a function with a rather long name/parameter'
  const parsed = read(
    'criterion',
    `Benchmarking ${name}\nBenchmarking ${name}: Warming up for 3.0000 s\n${name}\n                        time:   [906.26 ps 1.0434 ns 1.5 ns]\n                        thrpt:  [1.1 Gelem/s 1.25 Gelem/s 1.3 Gelem/s]\n                 change:\n                        time:   [-1.0% +0.1% +1.0%] (p = 0.9 > 0.05)\n                        thrpt:  [-1.0% +0.1% +1.0%]\n                        No change in performance detected.\n`,
  )
  expect(keys(parsed)).toEqual([`${name} latency`, `${name} throughput`])
  expect(statistic(parsed, name, 'latency', 'mean')).toBeCloseTo(1.0434, 9)
  expect(statistic(parsed, name, 'throughput', 'mean')).toBe(1.25e9)
  expect(
    refusal('criterion', `Benchmarking ${name}\nBenchmarking ${name}: Warming up for 3.0000 s\n`),
  ).toContain('has no time')
})

test('GNU time: a command that was killed has no time', () => {
  const killed =
    'Command terminated by signal 9\n\tCommand being timed: "sleep 9"\n\tElapsed (wall clock) time (h:mm:ss or m:ss): 1:02:03\n\tExit status: 0\n'
  expect(keys(read('time', killed))).toEqual(['sleep 9 failed'])
  const long = killed.split('\n').slice(1).join('\n')
  expect(statistic(read('time', long), 'sleep 9', 'latency', 'value')).toBe(3723e9)
})

test('GNU time: appended runs are rounds, and those that failed are errors', () => {
  const one = (status: number) =>
    `\tCommand being timed: "x"\n\tElapsed (wall clock) time (h:mm:ss or m:ss): 0:01.50\n\tMaximum resident set size (kbytes): 2\n\tExit status: ${status}\n`
  const parsed = read('time', one(0) + one(1))
  expect(find(parsed, 'x').rounds).toHaveLength(2)
  expect(statistic(parsed, 'x', 'memory.peak', 'mean')).toBe(2048)
  expect(statistic(parsed, 'x', 'error_rate', 'value')).toBe(0.5)
})

test('perf: what could not be counted is not 0', () => {
  const parsed = read(
    'perf-stat',
    '5.5,msec,task-clock,5500000,100.00,0.9,CPUs utilized\n<not supported>,,cycles:u,0,100.00,,\n',
  )
  expect(keys(parsed)).toEqual([' task-clock'])
  expect(statistic(parsed, '', 'task-clock', 'value')).toBe(5.5e6)
  expect(parsed.warnings).toEqual([
    { code: 'not-counted', message: 'perf could not count cycles:u on this machine' },
  ])
  expect(refusal('perf-stat', '<not counted>,,cycles,0,100.00,,\n')).toContain('no event was counted')
  expect(refusal('perf-stat', '     0.010,5.5,msec,task-clock,5500000,100.00,0.9,CPUs utilized\n')).toContain(
    'run perf stat without -I',
  )
})

test('callgrind: the order of the events is read, and the summary is what it says it collected', () => {
  const text =
    '# callgrind format\ncreator: callgrind-3.19.0\ncmd: ./a "b c"\nevents: Dr Ir Dw D1mr D1mw\nsummary: 10 100 5 2 1\nfn=x\n1 1\ntotals: 10 102 5 2 1\n'
  const parsed = read('callgrind', text)
  expect(parsed.results.map((result) => 'metric' in result && [result.metric, result.data])).toEqual([
    ['Ir', { kind: 'scalar', value: 100 }],
    ['D refs', { kind: 'scalar', value: 15 }],
    ['D1 misses', { kind: 'scalar', value: 3 }],
  ])
  expect(names(parsed)).toEqual(['./a "b c"'])
  expect(refusal('callgrind', text.replace('totals: ', 'tot'))).toContain('its totals are missing')
  expect(refusal('callgrind', text.replaceAll(' 2 1\n', ' 2\n'))).toContain('expected 5 totals, got 4')
})

test('custom formats: the name of the format says which way is good', () => {
  const text = '[{"name":"a","unit":"points","value":"1,200.5"},{"name":"b","unit":"ms","value":2}]'
  expect(find(read('customBiggerIsBetter', text), 'a', 'value')).toMatchObject({
    better: 'higher',
    unit: 'points',
    data: { value: 1200.5 },
  })
  expect(find(read('customSmallerIsBetter', text), 'b')).toMatchObject({
    better: 'lower',
    data: { value: 2e6 },
  })
  expect(() => read('auto', text)).toThrow(
    'this could be the output of customBiggerIsBetter or customSmallerIsBetter',
  )
  expect(read('auto', text.replace('points', 's')).format).toBe('customSmallerIsBetter')
  expect(refusal('customSmallerIsBetter', '[{"name":"a","unit":"ms","value":""}]')).toContain(
    '$[0].value: expected a finite number',
  )
  expect(
    refusal(
      'customSmallerIsBetter',
      '[{"name":"a","unit":"ms","value":1},{"name":"a","unit":"ms","value":1}]',
    ),
  ).toContain('"a" stands here twice')
})
