import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ingestText } from '../../src/ingest.ts'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/formats', name), 'utf8')

const vegetaLine = (
  url: string,
  code: number,
  latency: number,
  second: number,
  attack = '',
  method = 'GET',
) =>
  JSON.stringify({
    attack,
    seq: second,
    code,
    timestamp: `2026-11-21T08:10:0${second}.000000001+02:00`,
    latency,
    bytes_out: 0,
    bytes_in: 2,
    error: code === 0 ? 'Get "http://x": dial tcp: connection refused' : '',
    body: 'e30=',
    method,
    url,
    headers: null,
  })

test('several targets of vegeta are named without the origin they share: its port changes', () => {
  const run = (port: number) =>
    read(
      'vegeta',
      [
        vegetaLine(`http://127.0.0.1:${port}/a`, 200, 1e6, 0),
        vegetaLine(`http://127.0.0.1:${port}/a`, 0, 2e6, 1),
        vegetaLine(`http://127.0.0.1:${port}/b?x=1`, 302, 4e6, 2, '', 'POST'),
        '',
      ].join('\n'),
    )
  expect(names(run(8081))).toEqual(['', 'GET /a', 'POST /b?x=1'])
  expect(names(run(9999))).toEqual(names(run(8081)))
  const parsed = run(8081)
  expect(find(parsed, '', 'error_rate').data).toEqual({ kind: 'scalar', value: 1 / 3, total: 3 })
  // Two successes from the first start to the last end.
  expect(statistic(parsed, '', 'throughput', 'value')).toBeCloseTo(2 / 2.004, 9)
  expect(find(parsed, '').primary).toBe(false)
  expect(find(parsed, 'GET /a').primary).toBeUndefined()
})

test.each(['encode-json/input.ndjson', 'encode-csv/input.csv'])(
  'vegeta numbers its requests: what is missing of %s is said, and only that',
  (name) => {
    const lines = fixture(`vegeta/${name}`).trimEnd().split('\n')
    const told = (kept: readonly string[]) => read('vegeta', `${kept.join('\n')}\n`).warnings
    expect(told(lines)).toEqual([])
    expect(told(lines.toReversed())).toEqual([])
    // Of several attackers, each has numbers of its own.
    expect(told([...lines, ...lines])).toEqual([])
    expect(told(lines.slice(40))).toEqual([
      {
        code: 'partial-log',
        message: 'the results have 560 of at least 600 requests: some are missing, or were cut off',
      },
    ])
  },
)

test('vegeta names an attack by its name, and two origins by their URLs', () => {
  const one = read('vegeta', `${vegetaLine('http://a/x', 200, 1e6, 0, 'steady')}\n`)
  expect(names(one)).toEqual(['steady'])
  const two = [vegetaLine('http://a/x', 200, 1e6, 0), vegetaLine('http://b/x', 200, 1e6, 1), '']
  expect(names(read('vegeta', two.join('\n')))).toEqual(['', 'GET http://a/x', 'GET http://b/x'])
})

test('a target of which every request failed is failed, the others are not', () => {
  const text = [vegetaLine('http://a/x', 200, 1e6, 0), vegetaLine('http://a/y', 503, 1e3, 1), ''].join('\n')
  expect(keys(read('vegeta', text))).toEqual([
    ' latency',
    ' throughput',
    ' error_rate',
    'GET /x latency',
    'GET /x error_rate',
    'GET /y failed',
  ])
})

test('an error of vegeta with quotes, commas and line ends in it is one cell', () => {
  const row = (code: number, error: string) =>
    `1795248600831584402,${code},4702263,0,0,${error},,,0,GET,http://a/x,\n`
  const parsed = read('vegeta', row(200, '') + row(0, '"Get ""http://a/x"": dial tcp,\nrefused"'))
  expect(find(parsed, '', 'error_rate').data).toEqual({ kind: 'scalar', value: 0.5, total: 2 })
  expect(refusal('vegeta', row(200, '') + row(200, '').slice(0, 30))).toBe(
    'vegeta: out:2: expected 12 cells, got 3 (was the output cut short?)',
  )
})

test('a JTL in another order, with another separator, quoted names and codes in words', () => {
  const text = [
    'timeStamp;elapsed;label;responseCode;responseMessage;success;URL',
    '2026/11/21 08:15:18.100;100;"a; ""quoted""\nname";200;OK;true;null',
    '2026/11/21 08:15:18.600;300;home;Non HTTP response code: java.net.SocketTimeoutException;x;false;null',
    '2026/11/21 08:15:19.000;100;home;200;OK;true;null',
    '',
  ].join('\n')
  const parsed = ingestText(text, 'out', 'auto')
  expect(names(parsed)).toEqual(['', 'a; "quoted"\nname', 'home'])
  expect(statistic(parsed, 'home', 'error_rate', 'value')).toBe(0.5)
  expect(statistic(parsed, '', 'throughput', 'value')).toBe(3)
})

test('a JTL without a header is read by the columns that every version has', () => {
  const [, ...rows] = fixture('jmeter/csv/input.csv').split('\n')
  const parsed = ingestText(rows.join('\n'), 'out', 'auto')
  expect(parsed.format).toBe('jmeter')
  expect(statistic(parsed, 'home', 'latency', 'p50')).toBe(5e6)
})

test('a transaction is named and not counted with the samples it is made of', () => {
  const row = (start: number, label: string, message: string) =>
    `${start},100,${label},200,${message},t,,true,1`
  const header = 'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes'
  const sum = '"Number of samples in transaction : 2, number of failing samples : 0"'
  const lines = [header, row(1000, 'a', 'OK'), row(1100, 'b', 'OK'), row(1000, 'both', sum), '']
  const parsed = read('jmeter', lines.join('\n'))
  expect(find(parsed, '', 'error_rate').data).toMatchObject({ total: 2 })
  expect(find(parsed, 'both').data.kind).toBe('sampled')
  // Where only the parents were saved they are all there is.
  const parents = [header, row(1000, 'x', sum), row(1100, 'y', sum), '']
  expect(find(read('jmeter', parents.join('\n')), '', 'error_rate').data).toMatchObject({ total: 2 })
})

test('a JTL that does not say what succeeded is refused', () => {
  expect(refusal('jmeter', 'timeStamp,elapsed,label\n1,2,x\n')).toBe(
    'jmeter: out:1: there is no column "success" (set jmeter.save.saveservice.successful and .time to true)',
  )
})

test('a csv of hey with nothing but its header is no run', () => {
  const header = fixture('hey/csv/input.csv').split('\n', 1)[0]!
  expect(refusal('hey', `${header}\n`)).toBe('hey: out: there is no request in it (did the run make any?)')
})

test('names with an id in each do not fill the memory', () => {
  const lines = Array.from({ length: 2001 }, (_, i) => vegetaLine(`http://a/${i}`, 200, 1e6, 0))
  expect(refusal('vegeta', lines.join('\n'))).toBe(
    'vegeta: out:2001: more than 2000 names (give requests names without ids in them)',
  )
})

test('a time beyond all measure is refused in its line', () => {
  const text = fixture('h2load/log/input.tsv').replace('\t503\t4030', `\t503\t${'9'.repeat(400)}`)
  expect(refusal('h2load', text)).toBe(
    'h2load: out:2: no request takes Infinity (is the row in its right place?)',
  )
  const jtl = fixture('jmeter/csv/input.csv').replace(',55,home', ',1e308,home')
  expect(refusal('jmeter', jtl)).toContain('jmeter: out:3: no request takes 1e+308')
})
