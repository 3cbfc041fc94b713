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
