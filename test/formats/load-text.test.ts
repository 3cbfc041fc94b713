import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ingestText } from '../../src/ingest.ts'
import { find, keys, read, refusal, statistic } from './read.ts'

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/formats', name), 'utf8')

const WRK = fixture('wrk/latency/input.txt')

test('wrk that was interrupted is refused, and its rounding of minutes is not taken for it', () => {
  expect(refusal('wrk', WRK.replace('in 4.01s', 'in 1.00s'))).toBe(
    'wrk: out:11: it ran for 1.00s of 4s (was wrk interrupted?)',
  )
  // wrk -d 100 prints the nearest minute.
  const long = WRK.replace('Running 4s', 'Running 2m').replace('in 4.01s', 'in 1.67m')
  expect(statistic(read('wrk', long), '', 'throughput', 'value')).toBe(765.32)
})

test('wrk that reached nobody says so', () => {
  expect(() => ingestText('unable to connect to 127.0.0.1:1 Connection refused\n', 'out', 'auto')).toThrow(
    expect.objectContaining({
      line: 'wrk: out:1: unable to connect to 127.0.0.1:1 Connection refused (is the service up?)',
    }),
  )
})

const WRK2 = `Running 30s test @ http://127.0.0.1:8080/a
  2 threads and 100 connections
  Thread calibration: mean lat.: 1.234ms, rate sampling interval: 10ms
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.12ms  519.00us   5.03ms   64.29%
    Req/Sec     1.05k    86.32     1.22k    82.25%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%    1.05ms
 99.900%    4.20ms
100.000%    5.03ms

  Detailed Percentile spectrum:
       Value   Percentile   TotalCount 1/(1-Percentile)

       0.123     0.000000            1         1.00
#[Mean    =        1.120, StdDeviation   =        0.519]
----------------------------------------------------------
  60000 requests in 30.00s, 13.37MB read
Requests/sec:   2000.00
Transfer/sec:    456.34KB
`

test('wrk2 tells its percentiles from when a request was due, and is not to be mixed with wrk', () => {
  const parsed = ingestText(WRK2, 'out', 'auto')
  expect(find(parsed, '').data).toEqual({
    kind: 'told',
    count: 60000,
    mean: 1.12e6,
    sd: 519e3,
    max: 5.03e6,
    quantiles: { p50: 1.05e6, 'p99.9': 4.2e6 },
  })
  expect(parsed.warnings.map((warning) => warning.code)).toEqual(['corrected-histogram'])
})

test('builds of wrk2 with the 99th percentile in the place of the maximum are read by their header', () => {
  const { data } = find(read('wrk', WRK2.replace('Stdev     Max', 'Stdev     99%')), '')
  expect(data).toMatchObject({ quantiles: { p99: 5.03e6 } })
  expect(data).not.toHaveProperty('max')
})

test('two runs in one output are refused: both are anonymous', () => {
  expect(refusal('wrk', `${WRK}${WRK}`)).toBe(
    'wrk: out:15: a second run begins here (give each run an output of its own)',
  )
  const siege = fixture('siege/json/input.json')
  expect(refusal('siege', siege + siege)).toContain('a second run begins here')
})

const AB = fixture('ab/text/input.txt')

test('ab that ended early is refused with the reason it gave', () => {
  expect(refusal('ab', `${AB.slice(0, 190)}\napr_socket_recv: Connection refused (111)\n`)).toContain(
    'ab stopped: apr_socket_recv: Connection refused (111) (is the service up?)',
  )
  expect(refusal('ab', AB.replace('(be patient)', '(be patient)...'))).toContain(
    'stopped before its last request',
  )
  expect(refusal('ab', AB.replace('(be patient)', '(be patient)\nCompleted 100 requests'))).toContain(
    'stopped before its last request',
  )
})

test('a response that is both of another length and of a bad status is one failure', () => {
  expect(find(read('ab', AB), '', 'error_rate').data).toEqual({ kind: 'scalar', value: 11 / 800, total: 800 })
  const more = AB.replace('Non-2xx responses:      11', 'Non-2xx responses:      30')
  expect(statistic(read('ab', more), '', 'error_rate', 'value')).toBe(30 / 800)
  const received = AB.replace('Receive: 0', 'Receive: 5')
  expect(statistic(read('ab', received), '', 'error_rate', 'value')).toBe(16 / 800)
})

test('rows that ab or h2load cut in their last cell are not taken for whole', () => {
  for (const name of ['ab/samples/input.tsv', 'h2load/log/input.tsv'])
    expect(refusal(name.split('/')[0]!, fixture(name).slice(0, -1))).toContain('the last line has no end')
})

test('h2load of later versions tells a median, p95 and p99', () => {
  const later = fixture('h2load/text/input.txt')
    .replace(
      'min         max         mean         sd        +/- sd',
      'min         max      median         p95         p99        mean         sd     +/- sd',
    )
    .replace(
      'time for request:      212us     88.74ms      4.57ms ',
      'request     :      212us     88.74ms      3.20ms     7.10ms    57.59ms    4.57ms ',
    )
  expect(find(read('h2load', later), '').data).toMatchObject({
    mean: 4.57e6,
    max: 88.74e6,
    quantiles: { p50: 3.2e6, p95: 7.1e6, p99: 57.59e6 },
  })
})

test('siege of versions that tell milliseconds, and of those before its object', () => {
  const text = `Transactions:		          80 hits
Availability:		      100.00 %
Elapsed time:		        0.84 secs
Response time:		       20.50 ms
Transaction rate:	       95.24 trans/sec
Successful transactions:          78
Failed transactions:	           2
Longest transaction:	      260.10 ms
Shortest transaction:	        4.20 ms
`
  const parsed = ingestText(text, 'out', 'auto')
  expect(find(parsed, '').data).toMatchObject({ mean: 20.5e6, max: 260.1e6 })
  expect(find(parsed, '').resolution).toMatchObject({ absolute: 1e4 })
  expect(statistic(parsed, '', 'error_rate', 'value')).toBe(4 / 82)
  expect(find(read('siege', text.replaceAll(' ms', ' secs')), '').resolution).toMatchObject({ absolute: 1e7 })
})

test('bombardier in a progress bar and after its first line', () => {
  const json = `Bombarding http://127.0.0.1/a with 800 request(s) using 4 connection(s)\n${fixture('bombardier/json/input.json')}`
  expect(statistic(ingestText(json, 'out', 'auto'), '', 'latency', 'p99')).toBe(72165e3)
  const bar = ` 100 / 500 [==>----]  20.00%\r 500 / 500 [======] 100.00% 868/s 0s\rDone!\n${fixture('bombardier/text/input.txt')}`
  expect(statistic(ingestText(bar, 'out', 'auto'), '', 'throughput', 'value')).toBe(868.29)
})

test('an object after what npm prints of its script', () => {
  const text = `\n> bench\n> autocannon --json -d 3 http://127.0.0.1/a\n\n${fixture('autocannon/json/input.json')}\n`
  expect(statistic(ingestText(text, 'out', 'auto'), '', 'latency', 'p99')).toBe(77e6)
  expect(refusal('autocannon', text.replace('"max":89', '"max":-89'))).toBe(
    'autocannon: out: $.latency.max: expected a number that is not negative, got -89',
  )
})

test('a run without any answer is failed or refused, never fast', () => {
  for (const [format, name] of [
    ['autocannon', 'autocannon/all-refused/input.json'],
    ['hey', 'hey/all-refused/input.txt'],
    ['h2load', 'h2load/all-refused/input.txt'],
    ['httperf', 'httperf/all-refused/input.txt'],
    ['siege', 'siege/refused/input.json'],
    ['wrk', 'wrk/all-404/input.txt'],
    ['ab', 'ab/all-404/input.txt'],
  ] as const)
    expect(keys(read(format, fixture(name)))).toEqual([' failed'])
  const hung = WRK.replace('3070 requests', '0 requests').replace(/ {2}Non-2xx.*\n/, '')
  expect(refusal('wrk', hung)).toContain('not one request was answered')
})
