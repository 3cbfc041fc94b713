import { expect, test } from 'vitest'
import { isFailed } from '../../src/core/result.ts'
import { ingestText } from '../../src/ingest.ts'

const parse = (text: string) => ingestText(text, 'out.txt', 'auto')
const metric = (text: string, name: string) =>
  parse(text).results.find((result) => !isFailed(result) && result.metric === name)
const OPENING = 'sysbench 1.0.20 (using system LuaJIT 2.1.0-beta3)\n\nThreads started!\n\n'
const FAIRNESS = `
Threads fairness:
    events (avg/stddev):           250.0000/0.00
    execution time (avg/stddev):   1.9962/0.00
`
const report = (events: number, rates = '', latency = '0.25') => `${OPENING}${rates}
General statistics:
    total time:                          2.0000s
    total number of events:              ${events}

Latency (ms):
         min:                                    ${latency}
         avg:                                    ${latency}
         max:                                    ${latency}
         95th percentile:                        ${latency}
         sum:                                 2996.18
${FAIRNESS}`

test('a script that stops says why', () => {
  expect(() => parse(`${OPENING}FATAL: \`thread_run' function failed: ./t.lua:1: boom\n`)).toThrow(/boom/)
  expect(() => parse(OPENING)).toThrow(/latencies are missing/)
  expect(parse(report(0)).results).toMatchObject([{ status: 'failed' }])
})

test('a rate that is not told follows from the events and the time', () => {
  expect(metric(report(500), 'throughput')).toMatchObject({ data: { value: 250 } })
})

test('0.00 ms is no latency', () => {
  expect(metric(report(500, '', '0.00'), 'latency')).toBeUndefined()
  expect(parse(report(500, '', '0.00')).warnings).toMatchObject([{ code: 'below-resolution' }])
})

test('ignored errors are errors of all that was tried', () => {
  const rates = `    transactions:                        480    (240.00 per sec.)
    queries:                             9600   (4800.00 per sec.)
    ignored errors:                      20     (10.00 per sec.)
`
  expect(metric(report(480, rates), 'error_rate')).toMatchObject({ data: { value: 0.04, total: 500 } })
  expect(metric(report(480, rates), 'throughput')).toMatchObject({ data: { value: 240 } })
})

test('the report before version 1 has its units behind the figures', () => {
  const old = `sysbench 0.4.12:  multi-threaded system evaluation benchmark

Test execution summary:
    total time:                          10.0003s
    total number of events:              10000
    total time taken by event execution: 9.9985
    per-request statistics:
         min:                                  0.96ms
         avg:                                  1.02ms
         max:                                  2.11ms
         approx.  95 percentile:               1.17ms
${FAIRNESS}`
  expect(metric(old, 'latency')).toMatchObject({ data: { mean: 1.02e6, quantiles: { p95: 1.17e6 } } })
})

test('two runs in one file are refused, and so is a histogram of which a part is gone', () => {
  expect(() => parse(report(5) + report(5))).toThrow(/several runs/)
  const histogram = 'Latency histogram (values are in milliseconds)\n       0.296 |*****   499\n'
  expect(() => parse(report(500, histogram))).toThrow(/499 of 500/)
})
