/** A validation suite as people read it: budgets, faults, alerts, the score, and what was measured. */
import { expect, test } from 'vitest'
import { faultRows, watchRows } from '../../src/reporters/faults.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { openMetrics } from '../../src/reporters/open-metrics.ts'
import { results } from '../../src/reporters/results.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { expectGolden } from '../golden.ts'
import { madeSuite } from '../page/made-suite.ts'
import { budget, latency, report } from './reports.ts'

for (const [name, made] of Object.entries({
  'suite-broken': madeSuite({ alone: true, broken: true }),
  'suite-alone': madeSuite({ alone: true }),
}))
  test(`${name}: exactly what people see`, () => {
    expectGolden(`fixtures/reports/${name}/comment.md`, markdown(made))
    expectGolden(`fixtures/reports/${name}/RESULTS.md`, results(made))
    const shown = terminal(made, { color: false, width: 80 })
    expectGolden(`fixtures/reports/${name}/terminal.txt`, shown)
    // A command is in one piece, so that it can be copied.
    const wide = shown.split('\n').filter((line) => [...line].length > 80 && !line.startsWith('again:'))
    expect(wide).toEqual([])
  })

test('a recovery is told from the worst round, and a fault that is not over is not well', () => {
  const [restart, slow] = faultRows(madeSuite({ broken: true }))
  expect(restart).toMatchObject({ state: 'bad', name: 'checkout/database restart' })
  expect(restart!.cells[3]).toBe('3')
  expect(slow!.cells[0]).toBe('not within 16 s')
  expect(faultRows(madeSuite()).map(({ state }) => state)).toEqual(['good', 'good'])
  const once = latency('a/b', 0, { metric: 'recovered', unit: 'ratio', base: 1, head: 1 })
  const recovery = latency('a/b', 0, { metric: 'recovery' })
  const told = report({ comparisons: [{ ...once, series: { base: [1, 1], head: [1, 0] } }, recovery] })
  expect(faultRows(told)[0]!.state).toBe('bad')
  const lost = { ...recovery, metric: 'data_loss', unit: 'count', series: { base: [0, 0], head: [0, 2] } }
  expect(faultRows(report({ comparisons: [recovery, lost] }))[0]).toMatchObject({ state: 'bad' })
})

test('how long was watched is told of the round that did not recover', () => {
  const of = (metric: string, head: number, series: number[]) =>
    latency('a/b', 0, { metric, statistic: 'value', base: null, head, series: { base: [], head: series } })
  const told = [of('recovery', 2e9, [2e9, 8e9, 2e9]), of('recovered', 1, [1, 0, 1])]
  expect(faultRows(report({ comparisons: told }))[0]).toMatchObject({
    state: 'bad',
    cells: ['not within 8 s', '–', '–', '–'],
  })
})

test('what is gone from head is not well', () => {
  const gone = (name: string, metric: string, base: number) =>
    latency(name, 0, {
      metric,
      statistic: 'value',
      base,
      head: null,
      verdict: 'missing',
      series: { base: [base], head: [] },
    })
  const fault = ['recovery', 'recovered', 'detect'].map((metric) => gone('a/b', metric, 1))
  const alert = { ...gone('a/x', 'alert.fired', 0), better: 'lower' as const }
  const poll = gone('a/health', 'availability', 1)
  const told = report({ comparisons: [...fault, alert, poll] })
  expect(faultRows(told)).toMatchObject([{ state: 'doubt', name: 'a/b' }])
  expect(watchRows(told)).toMatchObject([
    { state: 'doubt', name: 'a/x', cells: ['not told', '–'] },
    { state: 'doubt', name: 'a/health' },
  ])
})

test('what no answer showed was never ill', () => {
  const scalar = (metric: string, head: number) =>
    latency('a/b', 0, { metric, statistic: 'value', base: null, head, series: { base: [], head: [head] } })
  const told = report({ comparisons: [scalar('recovery', 0), scalar('recovered', 1), scalar('detect', 0)] })
  expect(faultRows(told)[0]).toMatchObject({ state: 'good', cells: ['never ill', 'never', '–', '–'] })
  expect(terminal(told, { color: false, width: 80 })).toContain('✓ a/b: never ill\n')
})

test('an alert that fired in one round of two did not fire, and one that is to be silent may not fire once', () => {
  const alert = (better: 'lower' | 'higher', head: number[]) =>
    watchRows(
      report({
        comparisons: [
          latency('a/x', 0, {
            metric: 'alert.fired',
            statistic: 'value',
            unit: 'ratio',
            better,
            series: { base: [], head },
          }),
        ],
      }),
    )[0]
  expect(alert('higher', [1, 0])).toMatchObject({ state: 'bad', cells: ['did not fire', '–'] })
  expect(alert('higher', [1, 1])).toMatchObject({ state: 'good' })
  expect(alert('lower', [0, 1])).toMatchObject({ state: 'bad', cells: ['fired, and should not', '–'] })
  expect(alert('lower', [0, 0])).toMatchObject({ state: 'good', cells: ['kept silent', '–'] })
})

test('how much of its limit a budget needs is told where it says something', () => {
  const row = (told: Parameters<typeof budget>[0]) => {
    const lines = results(report({ budgets: [budget(told)] })).split('\n')
    return lines.filter((line) => line.includes('api')).at(-1)
  }
  expect(row({})).toContain('86.2 % of the limit')
  expect(row({ expression: 'throughput > 100/s', actual: 32_500, limit: 100, unit: '1/s' })).toContain(
    '325 × the limit',
  )
  expect(row({ actual: 10_000 })).toContain('below 0.1 % of the limit')
  expect(row({ expression: 'availability >= 99%', actual: 1, limit: 0.99, unit: 'ratio' })).toContain(
    '| met |',
  )
  expect(row({ expression: 'slowdown(p95) < 3', actual: 1.27, limit: 3, unit: 'ratio' })).toMatch(
    /1\.27× \| 42\.3 % of the limit \| 3×/,
  )
})

test('what is as good as it can be is not near its limit', () => {
  const advice = (told: Parameters<typeof budget>[0]) => results(report({ budgets: [budget(told)] }))
  const share = { expression: 'availability >= 90%', limit: 0.9, unit: 'ratio' }
  expect(advice({ ...share, actual: 1 })).not.toContain('little to spare')
  expect(advice({ ...share, actual: 0.95 })).not.toContain('little to spare')
  expect(advice({ ...share, actual: 0.905 })).toContain('little to spare')
  expect(advice({ actual: 490e6 })).toContain('little to spare')
  const score = { benchmark: 'readiness', expression: 'readiness >= 90', limit: 90, unit: 'count' }
  expect(advice({ ...score, actual: 100 })).not.toContain('little to spare')
})

test('what was measured alone is among the metrics', () => {
  const text = openMetrics(madeSuite({ alone: true }))
  expect(text).toMatch(/tailgate_head\{benchmark="checkout",metric="throughput",[^}]*\} 18\d/)
})
