import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampled } from '../../src/core/distribution.ts'
import { encodeHistogram } from '../../src/core/histogram.ts'
import { isFailed } from '../../src/core/result.ts'
import { hdrhistogram } from '../../src/formats/hdrhistogram.ts'
import { ingestText } from '../../src/ingest.ts'

await hdrhistogram.prepare?.()

const parse = (text: string) => ingestText(text, 'out', 'auto')
const histogram = (...values: number[]) => encodeHistogram(sampled(values)).hdr
const interval = (most: string, payload: string, tag = '') =>
  `${tag}1700000000.000,1.000,${most},${payload}\n`
const table = readFileSync(
  join(import.meta.dirname, '../../fixtures/formats/hdrhistogram/hgrm/input.hgrm'),
  'utf8',
)

test('intervals of a tag are one distribution, and tags are apart', () => {
  const log =
    '#[Histogram log format version 1.3]\n' +
    interval('2', histogram(1000, 2000), 'Tag=read,') +
    interval('9', histogram(9000), 'Tag=write-path,') +
    interval('3', histogram(3000), 'Tag=read,') +
    interval('4', histogram(4000))
  const counts = parse(log).results.map((result) => [
    result.benchmark,
    isFailed(result) || result.data.kind === 'scalar' ? undefined : result.data.count,
  ])
  expect(counts).toEqual([
    ['read', 3],
    ['write-path', 1],
    ['', 1],
  ])
})

test('many intervals add up exactly', () => {
  const log = Array.from({ length: 200 }, (_, i) => interval('1', histogram(1000 + i))).join('')
  expect(parse(log).results).toMatchObject([{ data: { count: 200 } }])
})

test('a payload that is cut or damaged is refused with its line', () => {
  const log = interval('2', histogram(1000, 2000)) + interval('2', histogram(1000, 2000).slice(0, 40))
  expect(() => parse(log)).toThrow(expect.objectContaining({ place: 'hdrhistogram: out:2' }))
  expect(() => parse(`${interval('2', histogram(1))}1700000000.000,1.0`)).toThrow(/no interval/)
  expect(() => parse(`${histogram(5)}\n${histogram(6)}\n`)).toThrow(/several histograms/)
})

test('nothing is said of the unit, which a warning says; less is better all the same', () => {
  for (const text of [table, histogram(1000, 2000)]) {
    const parsed = parse(text)
    expect(parsed.results[0]).toMatchObject({ unit: 'unknown', better: 'lower' })
    expect(parsed.warnings).toMatchObject([{ code: 'unit-unknown' }])
  }
})

test('a percentile that is no row is not told', () => {
  const [result] = parse(table).results
  expect(result).not.toHaveProperty('data.quantiles.p99')
  expect(result).toHaveProperty('data.quantiles.p95', 4.547)
})

test('a table without its last row, or whose rows go back, is refused', () => {
  expect(() => parse(table.replace(/^.* 1\.000000000000 .*\n/m, ''))).toThrow(/row of all values is missing/)
  expect(() => parse(table.replace('0.200000000000        201', '0.200000000000         20'))).toThrow(
    /do not ascend/,
  )
})

test('the table of a load generator that prints more before it is not claimed', () => {
  expect(() => parse(`Running 10s test\n${table}`)).toThrow(/no known tool/)
})
