import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  PATTERNS,
  parseDuration,
  parsePercentage,
  parseStatistic,
  parseThreshold,
} from '../../src/config/figures.ts'
import { distance, nearest } from '../../src/config/nearest.ts'

test.each([
  ['5%', 'relative', 0.05],
  ['0.1%', 'relative', 0.001],
  ['.5 %', 'relative', 0.005],
  ['12.5%', 'relative', 0.125],
  ['0%', 'relative', 0],
  ['5MB', 'absolute', 5e6],
  ['1.5MiB', 'absolute', 1572864],
  ['10ms', 'absolute', 1e7],
  ['0.1pp', 'absolute', 0.001],
  ['10/s', 'absolute', 10],
])('threshold %s', (text, kind, value) => {
  expect(parseThreshold(text)).toMatchObject({ kind, value })
})

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['10m', 600_000],
  ['10min', 600_000],
  ['1h30m', 5_400_000],
  ['1h 30m 5s', 5_405_000],
  ['1.5h', 5_400_000],
  ['1d', 86_400_000],
])('duration %s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each([
  ['p99', 'p99'],
  ['p(99.9)', 'p99.9'],
  ['p99.90', 'p99.9'],
  ['p05', 'p5'],
  ['avg', 'mean'],
  ['med', 'p50'],
  ['max', 'max'],
])('statistic %s is %s', (text, name) => {
  expect(parseStatistic(text)).toBe(name)
})

test('percentages are shifted in decimal, not divided', () => {
  expect(parsePercentage('0.1%')).toBe(0.001)
  expect(parsePercentage('7%')).toBe(0.07)
})

test('what editors accept of a duration or a percentage the program parses, and the other way round', () => {
  const figure = fc.stringMatching(/^[ .\d]{0,4}(?:ms|s|min|m|h|d|%|x)?\d{0,2}(?:ms|s|m)?$/)
  const parses = (parse: (text: string) => unknown, text: string) => {
    try {
      parse(text)
      return true
    } catch (error) {
      // Too long or no time at all is beyond a pattern.
      return /no time|too long/.test((error as Error).message)
    }
  }
  fc.assert(
    fc.property(figure, (text) => {
      expect(parses(parseDuration, text)).toBe(new RegExp(PATTERNS.duration).test(text))
      expect(parses(parsePercentage, text)).toBe(new RegExp(PATTERNS.percentage).test(text))
    }),
    { numRuns: 2000, seed: 3 },
  )
})

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['tresholds', 'threshold', 2],
  ['mim', 'min', 1],
  ['bse', 'base', 1],
  ['ba', 'ab', 1],
  ['kitten', 'sitting', 3],
])('%s to %s takes %i', (a, b, edits) => {
  expect(distance(a, b)).toBe(edits)
  expect(distance(b, a)).toBe(edits)
})

test.each([
  ['tresholds', 'threshold'],
  ['Fail_On', 'fail-on'],
  ['failon', 'fail-on'],
  ['zzz', undefined],
  ['x', undefined],
])('%s may be %s', (word, meant) => {
  expect(nearest(word, ['threshold', 'fail-on', 'time', 'compare'])).toBe(meant)
})
