import { expect, test } from 'vitest'
import { ingestText } from '../../src/ingest.ts'

const parse = (text: string) => ingestText(text, 'out.txt', 'auto')
const HEADER =
  '"test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"\n'
const FIGURES = '"100.5","0.063","0.016","0.063","0.095","0.127","3.863"\n'

test('a name keeps its quotes, commas, markup and line ends', () => {
  const name = 'eval return redis.call("set","a|b",\n"<b>")'
  expect(
    parse(`${HEADER}"${name}",${FIGURES}"GET",${FIGURES}`).results.map((each) => each.benchmark),
  ).toEqual([name, name, 'GET', 'GET'])
})

test('the table of versions before 6.2 has no header and is nobody’s', () => {
  expect(() => parse('"SET","53475.93"\n"GET","52770.45"\n')).toThrow(/no known tool/)
})

test('a server that cannot be reached, or refuses, is told in its own words', () => {
  const refused =
    'Could not connect to Redis at 127.0.0.1:1: Connection refused\nWARNING: Could not fetch server CONFIG\n'
  expect(() => parse(refused)).toThrow(/Connection refused/)
  expect(() => parse(`Error from server: ERR unknown command 'x'\n${HEADER}`)).toThrow(/unknown command/)
  expect(() => parse(HEADER)).toThrow(/no benchmark/)
})

test('progress alone is no result', () => {
  const progress =
    '\rSET: rps=0.0 (overall: -nan) avg_msec=-nan (overall: -nan)\r        \rSET: rps=9 (overall: 9) avg_msec=1 (overall: 1)\r'
  expect(() => parse(progress)).toThrow(/only the progress of "SET"/)
  const after = `\rGET: 142857.14 requests per second, p50=0.023 msec\n${progress}`
  expect(() => parse(after)).toThrow(/only the progress of "SET"/)
})

test('figures that are not numbers are refused with their line', () => {
  expect(() => parse(`${HEADER}"SET",${FIGURES.replace('100.5', '-nan')}`)).toThrow(
    expect.objectContaining({ place: 'redis-benchmark: out.txt:2' }),
  )
  expect(() => parse(`${HEADER}"SET","1.5","0.063"`)).toThrow(/not whole/)
})

test('a run of an hour has its progress on one line', () => {
  const progress = '\rSET: rps=48848.6 (overall: 48848.6) avg_msec=0.069 (overall: 0.069)'.repeat(14_400)
  const text = `${progress}\rSET: 142857.14 requests per second, p50=0.023 msec\n\n`
  expect(parse(text).results.map((each) => each.benchmark)).toEqual(['SET', 'SET'])
})
