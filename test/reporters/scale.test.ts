import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as scale from '../../src/reporters/scale.ts'

test.each([
  [1_830_000, 'ns', '1.83 ms'],
  [999_700, 'ns', '1 ms'],
  [999_400, 'ns', '999 µs'],
  [0.37, 'ns', '0.37 ns'],
  [61e9, 'ns', '61 s'],
  [754e9, 'ns', '12.6 min'],
  [0, 'ns', '0 ns'],
  [12_400_000, 'B', '12.4 MB'],
  [999, 'B', '999 B'],
  [-2048, 'B', '−2.05 kB'],
  [5120, '1/s', '5.12k/s'],
  [5100, '1/s', '5.1k/s'],
  [0.25, '1/s', '0.25/s'],
  [3.4e9, 'B/s', '3.4 GB/s'],
  [0.032, 'ratio', '3.2 %'],
  [0.00042, 'ratio', '0.042 %'],
  [0.99962, 'ratio', '99.962 %'],
  [1, 'ratio', '100 %'],
  [17, 'count', '17'],
  [12.3, 'points', '12.3 points'],
  [null, 'ns', '–'],
  [Number.NaN, 'ns', '–'],
])('%s %s is %s', (value, unit, text) => {
  expect(scale.figure(value, unit)).toBe(text)
})

test.each([
  [1_830_000, 1_990_000, 'ns', '1.83 → 1.99 ms'],
  [990_000, 1_200_000, 'ns', '0.990 → 1.20 ms'],
  [1_000, 2_100_000_000, 'ns', '1 µs → 2.1 s'],
  [12_345, 12_346, 'B', '12.345 → 12.346 kB'],
  [1_830_000, 1_831_000, 'ns', '1.83 → 1.83 ms'],
  [0, 43, 'count', '0 → 43'],
  [null, 1_830_000, 'ns', '– → 1.83 ms'],
])('%s and %s %s are %s', (base, head, unit, text) => {
  expect(scale.pair(base, head, unit)).toBe(text)
})

test('changes carry their sign, thresholds do not', () => {
  expect(scale.change(0.087)).toBe('+8.7 %')
  expect(scale.change(-0.124)).toBe('−12.4 %')
  expect(scale.change(0)).toBe('±0 %')
  expect(scale.change(1.5)).toBe('+150 %')
  expect(scale.change(0.0031)).toBe('+0.31 %')
  expect(scale.change(null)).toBe('–')
  expect(scale.share(0.05)).toBe('5 %')
  expect(scale.difference(0.004, 'ratio')).toBe('+0.40 pp')
  expect(scale.difference(-5_200_000, 'B')).toBe('−5.2 MB')
  expect(scale.tolerance(0.001, 'ratio')).toBe('0.1 pp')
  expect(scale.tolerance(5_000_000, 'B')).toBe('5 MB')
})

test('a sensitivity is rounded up, a confidence down', () => {
  expect(scale.share(scale.up(0.118))).toBe('12 %')
  expect(scale.share(scale.up(0.12))).toBe('12 %')
  expect(scale.share(scale.up(0.0311))).toBe('3.2 %')
  expect(scale.confidence(0.99)).toBe('99 %')
  expect(scale.confidence(0.999999)).toBe('99.9999 %')
})

test('intervals may have no end', () => {
  expect(scale.interval(0.061, 0.114)).toBe('+6.1 … +11.4 %')
  expect(scale.interval(-0.02, null)).toBe('−2.0 % …')
  expect(scale.interval(null, 0.114)).toBe('… +11.4 %')
  expect(scale.interval(null, null)).toBe('…')
  expect(scale.differenceInterval(0.001, 0.004, 'ratio')).toBe('+0.10 … +0.40 pp')
  expect(scale.differenceInterval(-1e6, 2.5e6, 'B')).toBe('−1 … +2.5 MB')
})

test('durations', () => {
  expect(scale.duration(3.21)).toBe('3.2 s')
  expect(scale.duration(48.4)).toBe('48 s')
  expect(scale.duration(412.6)).toBe('6 min 53 s')
  expect(scale.duration(3900)).toBe('1 h 5 min')
})

test('a figure read back is the value to three digits, in every unit and size', () => {
  const factors: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 }
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e14, noNaN: true }), (value) => {
      const [digits = '', unit = ''] = scale.figure(value, 'ns').split(' ')
      expect(digits).toMatch(/^\d+(\.\d+)?$/)
      expect(Math.abs((Number(digits) * factors[unit]!) / value - 1)).toBeLessThan(0.0051)
    }),
    { seed: 7 },
  )
})
