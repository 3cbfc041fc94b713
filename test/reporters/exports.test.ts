import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotations } from '../../src/reporters/annotations.ts'
import { csv } from '../../src/reporters/csv.ts'
import { reporters } from '../../src/reporters/index.ts'
import { json } from '../../src/reporters/json.ts'
import { junit } from '../../src/reporters/junit.ts'
import { openMetrics } from '../../src/reporters/open-metrics.ts'
import { results } from '../../src/reporters/results.ts'
import { expectGolden } from '../golden.ts'
import { hostile } from './hostile-text.ts'
import { CASES, gone, latency, report } from './reports.ts'

for (const name of ['regression', 'hostile', 'error', 'budgets'])
  test(`${name}: every export`, () => {
    const folder = `fixtures/reports/${name}`
    const each = CASES[name]!
    expectGolden(`${folder}/junit.xml`, junit(each))
    expectGolden(`${folder}/metrics.txt`, openMetrics(each))
    expectGolden(`${folder}/RESULTS.md`, results(each))
    expectGolden(`${folder}/annotations.json`, `${JSON.stringify(annotations(each, place), null, 2)}\n`)
  })

function place(benchmark: string) {
  return benchmark.startsWith('json') ? { file: 'tailgate.yml', line: 14 } : undefined
}

test('every reporter has a name and a file of its own and is never empty', () => {
  expect(new Set(reporters.map(({ name }) => name)).size).toBe(reporters.length)
  expect(new Set(reporters.map(({ file }) => file)).size).toBe(reporters.length)
  for (const { file, extension, render } of reporters) {
    expect(file).toMatch(new RegExp(`\\.${extension}$`))
    for (const each of [report(), ...Object.values(CASES)]) expect(render(each).length).toBeGreaterThan(20)
  }
})

test('the order of fields is the documented one, whatever the order in the report', () => {
  const { verdict, schema, ...rest } = report({ comparisons: [latency('a', 0.1)] })
  const [comparison] = rest.comparisons
  const shuffled = {
    ...rest,
    comparisons: [Object.fromEntries(Object.entries(comparison!).reverse())],
    verdict,
    schema,
  }
  expect(json(shuffled as never)).toBe(json(report({ comparisons: [latency('a', 0.1)] })))
  const fields = Object.keys(JSON.parse(json(shuffled as never)).comparisons[0])
  expect(fields.slice(0, 5)).toEqual(['benchmark', 'metric', 'statistic', 'unit', 'better'])
})

test('JUnit: well-formed whatever the names are, counted right', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, word) => {
      const text = junit(
        report({
          verdict: 'fail',
          comparisons: [latency(name, 0.3), latency(word, 0), gone(name, { statistic: 'p99' })],
          failures: [{ benchmark: word, status: 'error', reason: `${name}\n${word}` }],
        }),
      )
      expect(text).toContain('<testsuites name="tailgate" tests="4" failures="2" errors="1" skipped="0">')
      const left = text
        .replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '')
        .replaceAll(/<\/?[a-z]+(?: [a-z]+="[^"<>&]*(?:&(?:amp|lt|gt|quot);[^"<>&]*)*")*\/?>/g, '')
      expect(left).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/)
      expect(text).not.toMatch(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
    }),
    { seed: 41, numRuns: 300 },
  )
})

test('OpenMetrics: every line is of the grammar, families are together, no sample twice', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, unit) => {
      const text = openMetrics(
        report({ comparisons: [latency(name, 0.3, { unit }), latency(name, 0.3, { unit })] }),
      )
      const lines = text.split('\n')
      expect(lines.slice(-2)).toEqual(['# EOF', ''])
      const samples = lines.slice(0, -2).filter((line) => !line.startsWith('# '))
      for (const line of samples)
        expect(line).toMatch(/^[a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\["\\])*",?)+\} -?[\d.]+(?:e[+-]?\d+)?$/)
      expect(new Set(samples.map((line) => line.slice(0, line.lastIndexOf(' ')))).size).toBe(samples.length)
    }),
    { seed: 42 },
  )
})

test('CSV: a row a quantile, no formula, no row broken', () => {
  expect(csv(CASES.green!)).toBe(
    [
      'benchmark,metric,unit,side,operations,quantile,value',
      'json/parse,latency,ns,base,24000,0.5,1830000',
      'json/parse,latency,ns,base,24000,0.99,4026000',
      'json/parse,latency,ns,head,24000,0.5,1837000',
      'json/parse,latency,ns,head,24000,0.99,4070000',
      '',
    ].join('\n'),
  )
  const plot = { metric: 'latency', unit: 'ns', base: [[0.5, 1]] as [number, number][], count: {} }
  const told = csv(
    report({ distributions: ['=1+1', 'a,"b"', 'c\nd'].map((benchmark) => ({ ...plot, benchmark })) }),
  )
  expect(told.split('\n').slice(1, 4)).toEqual([
    "'=1+1,latency,ns,base,,0.5,1",
    '"a,""b""",latency,ns,base,,0.5,1',
    'c d,latency,ns,base,,0.5,1',
  ])
})

test('annotations: ten of a level at most, the worst first, the rest summed up', () => {
  const comparisons = Array.from({ length: 40 }, (_, i) => latency(`b${i}`, 0.1 + i / 100))
  const told = annotations(
    report({ verdict: 'fail', failedBy: ['regression'], comparisons }),
    () => undefined,
  )
  expect(told).toHaveLength(10)
  expect(told.every(({ level }) => level === 'error')).toBe(true)
  expect(told[0]!.title).toBe('b39 p50 +49.0 %')
  expect(told[9]!.title).toBe('31 more, told in the report')
})

test('annotations: what belongs to one benchmark is one, at its line', () => {
  const comparisons = [latency('json', 0.1), latency('json', 0.3, { statistic: 'p99' })]
  const [only, ...rest] = annotations(report({ verdict: 'fail', comparisons }), place)
  expect(rest).toEqual([])
  expect(only).toMatchObject({
    level: 'error',
    file: 'tailgate.yml',
    line: 14,
    title: 'json p99 +30.0 % and 1 more finding',
  })
  expect(only!.message).toMatch(/^json p99 \+30\.0 %: p99 went from 1\.83 ms to 2\.38 ms/)
})
