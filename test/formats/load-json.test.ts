import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const text = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/formats', name), 'utf8')

/** A fixture with members changed by their path (`aggregate/counters/vusers.created`); undefined takes one away. */
function changed(name: string, changes: Readonly<Record<string, unknown>>): string {
  const root = JSON.parse(text(name)) as Record<string, unknown>
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('/')
    const last = keys.pop()!
    const holder = keys.reduce((object, key) => object[key] as Record<string, unknown>, root)
    if (value === undefined) delete holder[last]
    else holder[last] = value
  }
  return JSON.stringify(root)
}

test('connections that the server closed under autocannon are failures, at the rate -R they cannot be told', () => {
  const closed = read('autocannon', text('autocannon/closed-connections/input.json'))
  expect(find(closed, '', 'error_rate').data).toEqual({ kind: 'scalar', value: 118 / 1182, total: 1182 })
  const paced = read('autocannon', text('autocannon/rate-corrected/input.json'))
  expect(find(paced, '', 'error_rate').data).toEqual({ kind: 'scalar', value: 0, total: 411 })
  // With -R and answers within a millisecond nothing is filled in, and the count still begins at the rate.
  const fast = changed('autocannon/rate-corrected/input.json', {
    'latency/max': 1,
    'latency/totalCount': 411,
  })
  expect(statistic(read('autocannon', fast), '', 'error_rate', 'value')).toBe(0)
})

test('timeouts of autocannon are among its errors and counted once', () => {
  const run = (timeouts: number) =>
    changed('autocannon/json/input.json', { errors: 10, timeouts, 'requests/sent': 2138 })
  expect(statistic(read('autocannon', run(4)), '', 'error_rate', 'value')).toBe(46 / 2134)
  expect(refusal('autocannon', run(11))).toContain('$.timeouts: expected at most the 10 errors, got 11')
})

test('requests that -z of oha cut off are no failures, and no run if there are no others', () => {
  const name = 'oha/json/input.json'
  expect(find(read('oha', text(name)), '', 'error_rate').data).toMatchObject({ total: 403 })
  const none = (error: string) =>
    changed(name, {
      statusCodeDistribution: {},
      errorDistribution: { [error]: 5 },
      'summary/slowest': null,
      'summary/fastest': null,
      'summary/average': null,
    })
  expect(refusal('oha', none('aborted due to deadline'))).toContain(
    '$.statusCodeDistribution: not one request was answered',
  )
  expect(keys(read('oha', none('Connection refused (os error 111)')))).toEqual([' failed'])
})

test('percentiles of oha that need more requests are absent', () => {
  const run = changed('oha/json/input.json', { 'latencyPercentiles/p99.99': null })
  const { data } = find(read('oha', run), '')
  expect(data.kind === 'told' && Object.keys(data.quantiles)).not.toContain('p99.99')
})

test('fortio counts by its own rule: a redirect is an error, a teapot is not', () => {
  const rate = (codes: object) =>
    find(read('fortio', changed('fortio/json/input.json', { RetCodes: codes })), '', 'error_rate').data
  const scalar = (value: number, total: number) => ({ kind: 'scalar', value, total })
  expect(rate({ '200': 90, '418': 5, '302': 3, '-1': 2 })).toEqual(scalar(0.05, 100))
  expect(rate({ SERVING: 9, ERROR: 1 })).toEqual(scalar(0.1, 10))
})

test('fortio that was interrupted is refused; one at a rate needs no warning', () => {
  const run = (took: number) =>
    changed('fortio/json/input.json', {
      RequestedDuration: '5s',
      ActualDuration: took,
      RequestedQPS: '100',
    })
  expect(refusal('fortio', run(2e8))).toContain('$.ActualDuration: it ran for 0.2 s of 5s')
  expect(read('fortio', run(5.01e9)).warnings).toEqual([])
})

test('virtual users of artillery that never ended mean that it was stopped', () => {
  const run = changed('artillery/report/input.json', { 'aggregate/counters/vusers.completed': 70 })
  expect(refusal('artillery', run)).toBe(
    'artillery: out: $.aggregate.counters["vusers.created"]: 10 of 80 virtual users did not come to an end (was artillery interrupted?)',
  )
})

test('transport errors of artillery are failures without a response', () => {
  const name = 'artillery/report/input.json'
  const some = changed(name, {
    'aggregate/counters/http.codes.200': 148,
    'aggregate/counters/errors.ECONNRESET': 10,
  })
  expect(find(read('artillery', some), '', 'error_rate').data).toEqual({
    kind: 'scalar',
    value: 12 / 160,
    total: 160,
  })
  const all = changed(name, {
    'aggregate/counters/http.codes.200': undefined,
    'aggregate/counters/errors.ECONNREFUSED': 158,
  })
  expect(keys(read('artillery', all))).toContain(' failed')
})

test('one endpoint of artillery is told once', () => {
  const name = 'plugins.metrics-by-endpoint.response_time.~slow'
  const renamed = text('artillery/report/input.json').replaceAll('response_time./slow', 'response_time.~slow')
  const run = JSON.parse(renamed) as { aggregate: { summaries: Record<string, unknown> } }
  delete run.aggregate.summaries[name]
  const parsed = read('artillery', JSON.stringify(run))
  expect(find(parsed, '').primary).toBeUndefined()
  expect(find(parsed, '/a').primary).toBe(false)
})

test('a report of vegeta whose statuses do not add up is refused', () => {
  const run = changed('vegeta/report-json/input.json', { 'status_codes/0': 5 })
  expect(refusal('vegeta', run)).toContain('$.status_codes: expected 600 requests in all')
})

test('bombardier counts requests without a response', () => {
  const run = changed('bombardier/json/input.json', { 'result/others': 200 })
  expect(find(read('bombardier', run), '', 'error_rate').data).toEqual({
    kind: 'scalar',
    value: 213 / 1000,
    total: 1000,
  })
})

test('the other files of locust say which one to give', () => {
  const history = 'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%\r\n1,0,,Aggregated,0,0,N/A\r\n'
  expect(refusal('locust', history)).toBe(
    'locust: out:1: these are moments of a run, each of its last seconds (give the file that ends in _stats.csv)',
  )
})

test('locust is named by method and name, and refused without its sum', () => {
  const csv = text('locust/stats-csv/input.csv')
  expect(names(read('locust', csv))).toEqual(['', 'GET /a', 'GET slow page'])
  expect(refusal('locust', csv.replace(/,Aggregated[^\n]*\n/, ''))).toContain(
    'the row "Aggregated" is missing',
  )
})

test('steps of locust grow with the figure', () => {
  const csv = text('locust/stats-csv/input.csv')
  expect(find(read('locust', csv), 'GET /a').resolution).not.toHaveProperty('relative')
  // p95 is 200 ms, and its neighbours are 190 and 210.
  expect(find(read('locust', csv), 'GET slow page').resolution).toMatchObject({ relative: 0.05 })
})

test('a histogram of locust that lost a part is refused', () => {
  const run = changed('locust/json/input.json', { '0/num_requests': 516 })
  expect(refusal('locust', run)).toContain('$[0].response_times: expected a time for each of the 516')
})

test('figures of older Gatling are texts, with a dash for none', () => {
  const old = text('gatling/global-stats/input.json')
    .replace(/("(?:total|ok|ko)": )([\d.]+)/g, '$1"$2"')
    .replaceAll('"ko": "0"', '"ko": "-"')
  expect(statistic(read('gatling', old), '', 'latency', 'p99')).toBe(246e6)
  const failed = old.replace('"ok": "886"', '"ok": "-"').replace('"ko": "14"', '"ko": "900"')
  expect(keys(read('gatling', failed))).toEqual([' failed'])
})
