import { expect, test } from 'vitest'
import { readinessBudget, readinessOf } from './readiness.ts'
import type { BudgetResult, Comparison, Failure } from './report.ts'

const budget = (expression: string, verdict: BudgetResult['verdict']): BudgetResult => ({
  benchmark: 'a',
  expression,
  actual: 1,
  limit: 1,
  unit: 'ns',
  verdict,
})
const comparison = (verdict: Comparison['verdict'], gating = true) =>
  ({ benchmark: 'a', metric: 'latency', statistic: 'p99', verdict, gating }) as unknown as Comparison
const judged = (budgets: BudgetResult[], comparisons: Comparison[] = [], failures: Failure[] = []) => ({
  budgets,
  comparisons,
  failures,
})
const shares = (told: ReturnType<typeof readinessOf>) =>
  Object.fromEntries(told.categories.map(({ name, share }) => [name, share]))

test('every check is filed by its metric, and the score is their weighted mean', () => {
  const told = readinessOf(
    { weights: {} },
    judged(
      [
        budget('p(99) < 5ms', 'met'),
        budget('throughput > 5/s', 'breached'),
        budget('error_rate < 1%', 'met'),
        budget('memory.growth < 5MB', 'met'),
        budget('slowdown(p95) < 3', 'met'),
        budget('recovery < 5s', 'met'),
        budget('data_loss == 0', 'breached'),
        budget('alert.fired == 100%', 'met'),
      ],
      [comparison('unchanged'), comparison('regressed'), comparison('new'), comparison('regressed', false)],
    ),
  )
  expect(shares(told)).toEqual({
    performance: 0.5,
    reliability: 1,
    resources: 1,
    scalability: 1,
    resilience: 0.5,
    monitoring: 1,
    regressions: 0.5,
  })
  // 25/2 + 20 + 10 + 10 + 20/2 + 5 + 10/2 of 100.
  expect(told.score).toBe(72)
})

test('what could not be told is not ready', () => {
  const told = readinessOf(
    { weights: {} },
    judged(
      [budget('p(99) < 5ms', 'unknown')],
      [comparison('inconclusive')],
      [{ benchmark: 'a', status: 'error', reason: 'it crashed' }],
    ),
  )
  expect(told.score).toBe(0)
  expect(told.categories.flatMap(({ checks }) => checks.map(({ state }) => state))).toEqual(
    Array(3).fill('unknown'),
  )
})

test('nothing checked is not ready, and neither is a category of stated weight without a check', () => {
  expect(readinessOf({ weights: {} }, judged([])).score).toBe(0)
  const met = [budget('p(99) < 5ms', 'met')]
  expect(readinessOf({ weights: {} }, judged(met)).score).toBe(100)
  expect(readinessOf({ weights: { performance: 30, resilience: 10 } }, judged(met)).score).toBe(75)
  expect(readinessOf({ weights: { resilience: 0 } }, judged(met)).score).toBe(100)
})

test('only a whole list is 100, and less than was asked for is a breach', () => {
  const many = Array.from({ length: 999 }, () => budget('p(99) < 5ms', 'met'))
  const told = readinessOf({ weights: {}, least: 100 }, judged([...many, budget('p(95) < 5ms', 'breached')]))
  expect(told.score).toBe(99)
  expect(readinessBudget(told)).toMatchObject({ benchmark: 'readiness', actual: 99, verdict: 'breached' })
  expect(readinessBudget({ ...told, least: 99 })).toMatchObject({ verdict: 'met' })
  expect(readinessBudget({ score: 5, categories: [] })).toBeUndefined()
})
