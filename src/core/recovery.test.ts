import { expect, test } from 'vitest'
import { recoveryOf } from './recovery.ts'
import type { LoadSlot } from './timeline.ts'

const WELL = { answered: 20, failed: 0, p99: 10e6 }
const DOWN = { answered: 0, failed: 20 }

/** Slots of 100 ms, ten a second. */
function slots(...parts: readonly (readonly [count: number, slot: Omit<LoadSlot, 'at' | 'width'>])[]) {
  const all = parts.flatMap(([count, slot]) => Array.from({ length: count }, () => slot))
  return all.map((slot, i): LoadSlot => ({ at: i * 100, width: 100, ...slot }))
}

const HOW = { window: 300, tolerance: 1, steadyRate: true }
const tell = (all: readonly LoadSlot[], healed = 1500, until = 5000, how = HOW) =>
  recoveryOf(all, { injected: 1000, healed }, { steady: { from: 0, to: 1000 }, until }, how)

test('down for a second: recovered when errors end, with all that failed until then', () => {
  expect(tell(slots([10, WELL], [10, DOWN], [30, WELL]))).toEqual({
    kind: 'told',
    recovery: { recovered: true, recovery: 1000, detect: 100, errors: 200 },
  })
})

test('nothing noticed is recovered at once', () => {
  expect(tell(slots([50, WELL]))).toEqual({
    kind: 'told',
    recovery: { recovered: true, recovery: 0, detect: undefined, errors: 0 },
  })
})

test('slow is ill too, a single stall is not, and what stays slow has not recovered', () => {
  const slow = { answered: 20, failed: 0, p99: 25e6 }
  expect(tell(slots([10, WELL], [10, slow], [30, WELL]))).toMatchObject({
    recovery: { recovered: true, recovery: 900, errors: 0 },
  })
  expect(tell(slots([20, WELL], [1, { ...slow, p99: 500e6 }], [29, WELL]))).toMatchObject({
    recovery: { recovered: true, recovery: 0 },
  })
  expect(tell(slots([10, WELL], [40, slow]))).toMatchObject({
    recovery: { recovered: false, recovery: 4000 },
  })
  expect(tell(slots([10, WELL], [40, slow]), 1500, 5000, { ...HOW, tolerance: 2 })).toMatchObject({
    recovery: { recovered: true, recovery: 0 },
  })
})

test('silence is ill, and so is a service that answers a third of what it did', () => {
  expect(tell(slots([10, WELL], [10, { answered: 0, failed: 0 }], [30, WELL]))).toMatchObject({
    recovery: { recovered: true, recovery: 1000, errors: 0 },
  })
  expect(tell(slots([10, WELL]))).toMatchObject({ recovery: { recovered: false, recovery: 4000 } })
  const few = slots([10, WELL], [40, { ...WELL, answered: 6 }])
  expect(tell(few)).toMatchObject({ recovery: { recovered: false } })
  expect(tell(few, 1500, 5000, { ...HOW, steadyRate: false })).toMatchObject({ recovery: { recovery: 0 } })
})

test('a moment of health between errors is no recovery, and none comes before the fault is healed', () => {
  expect(tell(slots([10, WELL], [8, DOWN], [4, WELL], [8, DOWN], [20, WELL]))).toMatchObject({
    recovery: { recovered: true, recovery: 2000, errors: 320 },
  })
  expect(tell(slots([10, WELL], [5, DOWN], [35, WELL]), 3000)).toMatchObject({
    recovery: { recovered: true, recovery: 2000 },
  })
})

test('a load that ends too soon after the last error has not shown that the service is well', () => {
  expect(tell(slots([10, WELL], [36, DOWN], [4, WELL]))).toMatchObject({ recovery: { recovered: false } })
})

test('errors that were there before are no fault', () => {
  const flaky = { answered: 18, failed: 2, p99: 10e6 }
  expect(tell(slots([50, flaky]))).toMatchObject({ recovery: { recovered: true, recovery: 0, errors: 10 } })
})

test('without a steady state, or with no time after, nothing can be told', () => {
  expect(tell(slots([10, DOWN], [40, WELL]))).toMatchObject({ kind: 'unknown' })
  expect(tell(slots([50, { answered: 1, failed: 0, p99: 1e6 }]))).toMatchObject({
    kind: 'unknown',
    reason: expect.stringContaining('10 answers'),
  })
  expect(tell(slots([10, WELL]), 1100, 1200)).toMatchObject({ kind: 'unknown' })
})
