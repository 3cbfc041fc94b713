import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readinessOf } from '../../src/core/readiness.ts'
import { readReport } from '../../src/core/report-file.ts'
import { parseUntrusted } from '../../src/core/untrusted.ts'
import { json } from '../../src/reporters/json.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { factorOf } from '../../src/reporters/readiness.ts'
import { results } from '../../src/reporters/results.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { hostile } from './hostile-text.ts'
import { latency, report } from './reports.ts'

const breached = {
  benchmark: 'checkout',
  expression: 'recovery < 5s',
  actual: 6e9,
  limit: 5e9,
  unit: 'ns',
  verdict: 'breached',
} as const

function ready(more: object = {}) {
  const parts = { comparisons: [latency('json', 0.3)], budgets: [{ ...breached, ...more }], failures: [] }
  return report({ ...parts, readiness: readinessOf({ weights: {}, least: 90 }, parts) })
}

test('the score is told everywhere, with what it is made of', () => {
  for (const page of [markdown(ready()), results(ready()), terminal(ready(), { color: false, width: 200 })])
    expect(page).toContain('readiness 0 of 100 (90 is asked for)')
  expect(results(ready())).toMatch(/- ❌ <code>checkout<\/code> recovery \S+ 5s/)
  expect(markdown(ready())).toMatch(/resilience \|\s*20 \|\s*0 of 1 \|/)
  expect(markdown(report())).not.toContain('readiness')
})

test('a report comes back from its file with the score', () => {
  const told = ready({ reason: 'x' })
  expect(readReport(parseUntrusted(json(told), 'r')).readiness).toEqual(told.readiness)
})

test('names and reasons write nothing but themselves', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const told = ready({ benchmark: name || 'x', reason: name, verdict: 'unknown', actual: null })
      const page = markdown(told).replaceAll(/<\/?(?:sub|details|summary|br)>/g, '')
      expect(page).not.toMatch(/<script|<img/i)
    }),
    { seed: 5, numRuns: 200 },
  )
})

test('a factor says which way, and none where no difference was told', () => {
  const one = (base: number, head: number, better: 'lower' | 'higher', verdict = 'improved') =>
    factorOf({ base, head, better, verdict } as never)
  expect(one(500, 100, 'lower')).toBe('5.0× better')
  expect(one(100, 120, 'lower', 'regressed')).toBe('1.2× worse')
  expect(one(100, 2500, 'higher')).toBe('25× better')
  expect(one(100, 101, 'lower', 'unchanged')).toBe('no difference told')
  expect(one(0, 1, 'lower')).toBe('')
})
