import { expect, test } from 'vitest'
import { isFailed, type Parsed } from '../../src/core/result.ts'
import { ingestText } from '../../src/ingest.ts'

const parse = (text: string): Parsed => ingestText(text, 'out.txt', 'auto')
const metric = (parsed: Parsed, name: string, benchmark?: string) =>
  parsed.results.find(
    (result) =>
      !isFailed(result) &&
      result.metric === name &&
      (benchmark === undefined || result.benchmark === benchmark),
  )
const REPORT = `pgbench (15.18 (Debian 15.18-0+deb12u1))
transaction type: /home/runner/checkout-7/ser.sql
scaling factor: 1
query mode: simple
number of clients: 4
number of threads: 1
maximum number of tries: 3
number of transactions per client: 100
number of transactions actually processed: 335/400
number of failed transactions: 65 (16.250%)
number of serialization failures: 65 (16.250%)
number of deadlock failures: 0 (0.000%)
number of transactions retried: 100 (25.000%)
total number of retries: 181
latency average = 0.914 ms (including failures)
initial connection time = 23.869 ms
tps = 3666.491551 (without initial connection time)
statement latencies in milliseconds, failures and retries:
         0.099           0           0  SELECT tps FROM "latency average = 9 ms";
`

test('failures are counted, and a mean that includes them has them in its count', () => {
  const parsed = parse(REPORT)
  expect(metric(parsed, 'latency')).toMatchObject({ benchmark: 'ser.sql', data: { mean: 914e3, count: 400 } })
  expect(metric(parsed, 'error_rate')).toMatchObject({ data: { value: 65 / 400, total: 400 } })
  expect(metric(parsed, 'retried')).toMatchObject({ data: { value: 0.25 }, primary: false })
})

test('an aborted run is failed although its report says that nothing failed', () => {
  const aborted = REPORT.replace('335/400', '2/400').replaceAll('65 (16.250%)', '0 (0.000%)')
  expect(parse(aborted).results).toEqual([
    {
      benchmark: 'ser.sql',
      status: 'failed',
      reason: 'the run was aborted: 2 of 400 transactions were made',
    },
  ])
  const told = `${REPORT}pgbench: error: Run was aborted; the above results are incomplete.\n`
  expect(() => parse(told)).toThrow(/Run was aborted/)
})

test('a server that cannot be reached is told in its own words', () => {
  expect(() =>
    parse('pgbench: error: connection to server at "127.0.0.1", port 1 failed: Connection refused\n'),
  ).toThrow(/Connection refused/)
})

test('reports before version 14 say the rate twice; the one without connecting is meant', () => {
  const old = `starting vacuum...end.
transaction type: <builtin: TPC-B (sort of)>
scaling factor: 10
query mode: simple
number of clients: 10
number of threads: 1
number of transactions per client: 1000
number of transactions actually processed: 10000/10000
latency average = 15.844 ms
latency stddev = 2.715 ms
tps = 618.764555 (including connections establishing)
tps = 622.977698 (excluding connections establishing)
`
  expect(metric(parse(old), 'throughput')).toMatchObject({ data: { value: 622.977698 } })
  expect(metric(parse(old), 'latency')).toMatchObject({ data: { mean: 15.844e6, sd: 2.715e6, count: 10000 } })
  expect(metric(parse(old), 'error_rate')).toBeUndefined()
})

test('words in a log are errors, and numbers that are not there are told', () => {
  const log =
    '0 1 619 0 1795258128 849362\n1 3 skipped 0 1795258128 849421\n1 4 serialization 0 1795258128 849460\n'
  const parsed = parse(log)
  expect(metric(parsed, 'error_rate')).toMatchObject({ data: { value: 2 / 3, total: 3 } })
  expect(parsed.warnings).toMatchObject([{ code: 'partial-log' }])
  expect(() => parse(`${log}1 5 17 0 17952581`)).toThrow(/^no transaction/)
  expect(parse('0 1 failed 0 1795258128 849362\n').results).toMatchObject([{ status: 'failed' }])
})

test('a mix of which a script is not there was cut short', () => {
  const script = (n: number, name: string, count: number) =>
    `SQL script ${n}: ${name}\n - weight: 1 (targets 50.0% of total)\n - ${count} transactions (50.0% of total, tps = 10.5)\n - latency average = 1.5 ms\n`
  const head = REPORT.replace(/transaction type: .*/, 'transaction type: multiple scripts')
    .replace('335/400', '400/400')
    .replaceAll('65 (16.250%)', '0 (0.000%)')
    .replace(/statement lat[\s\S]*$/, '')
  const whole = head + script(1, 'a.sql', 150) + script(2, 'a.sql', 250)
  expect(metric(parse(whole), 'latency', 'a.sql (2)')).toMatchObject({ data: { count: 250, mean: 1.5e6 } })
  expect(() => parse(head + script(1, 'a.sql', 150))).toThrow(/not all 400/)
})
