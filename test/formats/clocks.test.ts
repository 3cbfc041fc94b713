import { expect, test } from 'vitest'
import { isFailed } from '../../src/core/result.ts'
import { ingestText } from '../../src/ingest.ts'

const parse = (text: string) => ingestText(text, 'out.txt', 'auto')

test('GNU time: a command may run over lines and hold what looks like times', () => {
  const run = (command: string, elapsed: string) => `\tCommand being timed: "${command}"
\tUser time (seconds): 0.13
\tSystem time (seconds): 0.05
\tElapsed (wall clock) time (h:mm:ss or m:ss): ${elapsed}
\tMaximum resident set size (kbytes): 22364
\tExit status: 0
`
  const script = 'python3 -c print("real 1")\n\tExit status: 1\nprint("|")'
  const parsed = parse(`what the command printed: 1\n${run(script, '1:02:03')}${run('true', '0:00.19')}`)
  const latencies = parsed.results.filter((result) => !isFailed(result) && result.metric === 'latency')
  expect(latencies).toMatchObject([
    { benchmark: script, data: { value: 3723e9 } },
    { benchmark: 'true', data: { value: 0.19e9 } },
  ])
})

test('perf: the time elapsed is the latency, and duration_time beside it keeps its name', () => {
  const text = `
 Performance counter stats for 'sh -c exit 0' (3 runs):

              0.27 msec task-clock                       #    0.462 CPUs utilized            ( +-  7.71% )
            426784 ns   duration_time                    #    1.364 G/sec                    ( +- 21.88% )

         0.0005873 +- 0.0000934 seconds time elapsed  ( +- 15.90% )

`
  const parsed = parse(text)
  expect(parsed.results).toMatchObject([
    { metric: 'task-clock', data: { mean: 270e3, count: 3 } },
    { metric: 'duration_time', data: { mean: 426784 } },
    { metric: 'latency', data: { mean: 587300 } },
  ])
})

test('perf: parts of a run are found and refused with what to do', () => {
  const head = '# started on Sat Nov 21 11:14:18 2026\n\n'
  expect(() =>
    parse(`${head}     0.050076927,0.36,msec,task-clock,361768,100.00,0.007,CPUs utilized\n`),
  ).toThrow(expect.objectContaining({ remedy: 'run perf stat without -I', place: 'perf-stat: out.txt:3' }))
  expect(() => parse(`${head}CPU0,51.89,msec,task-clock,51887628,100.00,1.000,CPUs utilized\n`)).toThrow(
    expect.objectContaining({ remedy: 'run perf stat without -A' }),
  )
})

test('callgrind and cachegrind: a program that was killed is refused', () => {
  const log = (tool: string) =>
    `==1== ${tool}, a profiler\n==1== Command: ./ab\n==1== Process terminating with default action of signal 6 (SIGABRT)\n==1== Events    : Ir\n==1== Collected : 121469\n==1== \n==1== I   refs:      121,469\n`
  for (const tool of ['Callgrind', 'Cachegrind']) expect(() => parse(log(tool))).toThrow(/ended by signal 6/)
})

test('of many counts one stands for the run: without it none would be judged', () => {
  const cachegrind = `==1== Cachegrind, a cache profiler
==1== Command: ./vg
==1== I   refs:      209,195
==1== I1  misses:      1,317
==1== LL misses:      2,705
`
  const perf = `123,,page-faults,1000,100.00,,
<not supported>,,instructions,0,100.00,,
108.85,msec,task-clock,108849631,100.00,0.927,CPUs utilized
`
  const main = (text: string) =>
    parse(text).results.flatMap((result) =>
      isFailed(result) || result.primary === false ? [] : [result.metric],
    )
  expect(main(cachegrind)).toEqual(['Ir'])
  expect(main(perf)).toEqual(['task-clock'])
})
