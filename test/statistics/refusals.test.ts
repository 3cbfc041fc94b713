import { expect, test } from 'vitest'
import { resolutionRefusal } from '../../src/core/statistics/resolution.ts'
import { tailRefusal } from '../../src/core/statistics/tail.ts'

test('a percentile needs ten operations beyond it on each side', () => {
  expect(tailRefusal('p99', 50, 50)).toBe(
    'p99 of 50 operations a side is a guess: 1000 are needed for 10 beyond it',
  )
  expect(tailRefusal('p99', 1000, 1000)).toBeUndefined()
  expect(tailRefusal('p99', 5000, 999)).toContain('p99 of 999')
  expect(tailRefusal('p99.9', 9999, 10000)).toContain('10000 are needed')
  expect(tailRefusal('p99.9', 10000, 10000)).toBeUndefined()
  expect(tailRefusal('p95', 200, 200)).toBeUndefined()
  expect(tailRefusal('p50', 3, 3)).toBeUndefined()
  expect(tailRefusal('mean', 1, 1)).toBeUndefined()
  expect(tailRefusal('p99', undefined, undefined)).toBeUndefined()
})

test('a threshold may not be finer than the steps of the tool', () => {
  const whole = { absolute: 1e6, because: 'whole milliseconds' }
  const five = { kind: 'relative', value: 0.05 } as const
  expect(resolutionRefusal(whole, five, 3e6)).toBe(
    'the tool tells whole milliseconds: steps of 33 % cannot carry a threshold of 5 %',
  )
  expect(resolutionRefusal(whole, five, 20e6)).toBeUndefined()
  expect(resolutionRefusal(whole, five, 0)).toContain('steps wider')
  expect(resolutionRefusal({ relative: 0.01, because: 'a 1 % sketch' }, five, 123)).toBeUndefined()
  expect(resolutionRefusal(undefined, five, 3e6)).toBeUndefined()
  expect(resolutionRefusal(whole, { kind: 'absolute', value: 5e5, unit: 'ns' }, 9e9)).toContain('steps wider')
})
