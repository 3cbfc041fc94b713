import { expect, test } from 'vitest'
import { judgeBudget } from './budget.ts'
import { parseBudget } from './budget-expression.ts'

const judge = (expression: string, unit: string, ...values: readonly number[]) =>
  judgeBudget(
    parseBudget(expression),
    values.map((value) => ({ kind: 'scalar', value })),
    unit,
  ).verdict

test('one round without recovery, with a loss, or with the wrong alert is one too many', () => {
  expect(judge('recovered == 100%', 'ratio', 1, 1, 1)).toBe('met')
  expect(judge('recovered == 100%', 'ratio', 1, 0, 1)).toBe('breached')
  expect(judge('data_loss == 0', 'count', 0, 0, 0)).toBe('met')
  expect(judge('data_loss == 0', 'count', 0, 3, 0)).toBe('breached')
  expect(judge('alert.fired == 100%', 'ratio', 1, 0, 1)).toBe('breached')
  expect(judge('alert.fired == 0%', 'ratio', 0, 0, 1)).toBe('breached')
  expect(judge('alert.fired == 0%', 'ratio', 0, 0, 0)).toBe('met')
  expect(judge('recovery < 5s', 'ns', 1e9, 9e9, 1e9)).toBe('met')
})
