/** A run on disk: what is written comes back, whatever is in it; what is not a run is refused with its place. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Measurement } from '../../src/core/distribution.ts'
import { merge, quantile, sampled, weighted } from '../../src/core/distribution.ts'
import { UserError } from '../../src/core/errors.ts'
import { decodeHistogram, encodeHistogram } from '../../src/core/histogram.ts'
import type { Run } from '../../src/core/run.ts'
import { decodeRun, encodeRun } from '../../src/core/run-file.ts'

const figure = fc.double({ min: 0.001, max: 1e8, noNaN: true })
const measurement: fc.Arbitrary<Measurement> = fc.oneof(
  fc.record({ kind: fc.constant('scalar' as const), value: figure }),
  fc.record({
    kind: fc.constant('told' as const),
    mean: figure,
    quantiles: fc.dictionary(fc.constantFrom('p50', 'p99'), figure),
  }),
  fc.array(figure, { minLength: 1, maxLength: 50 }).map((values) => sampled(values)),
)
const name = fc.string({ maxLength: 20 }).filter((text) => !/[\u0000-\u001f\u007f]/.test(text))
const run: fc.Arbitrary<Run> = fc.record({
  tool: fc.constant('0.1.0'),
  commit: fc.constant('a'.repeat(40)),
  benchmarks: fc.array(
    fc.record({ name, declared: name, status: fc.constantFrom('measured' as const, 'failed' as const) }),
    { maxLength: 3 },
  ),
  series: fc.array(
    fc.record({
      benchmark: name,
      metric: name,
      unit: fc.constantFrom('ns', 'B', 'points'),
      rounds: fc.array(fc.option(measurement), { maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
})

/** Within the three digits that a histogram keeps. */
function alike(a: Measurement | null, b: Measurement | null): boolean {
  if (a?.kind !== 'sampled' || b?.kind !== 'sampled') return JSON.stringify(a) === JSON.stringify(b)
  const close = (q: number) => Math.abs(quantile(a, q) / quantile(b, q) - 1) < 0.0011
  return a.count === b.count && close(0) && close(0.5) && close(1)
}

test('what is written comes back', () => {
  fc.assert(
    fc.property(run, (written) => {
      const read = decodeRun(encodeRun(written), 'run.json')
      expect({ ...read, series: [] }).toEqual(JSON.parse(JSON.stringify({ ...written, series: [] })))
      written.series.forEach((series, i) => {
        const back = read.series[i]!
        expect(back.rounds.length).toBe(series.rounds.length)
        for (const [j, round] of series.rounds.entries()) expect(alike(round, back.rounds[j]!)).toBe(true)
      })
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('small figures keep three digits by their scale', () => {
  const { hdr, scale } = encodeHistogram(sampled([0.37, 0.3712, 12]))
  expect(scale).toBe(10_000)
  expect(decodeHistogram(hdr, scale, 'x').values[0]).toBeCloseTo(0.37, 3)
})

test('whatever is done to a run file, it is read or refused with its place', () => {
  const text = encodeRun({
    tool: 'x',
    benchmarks: [{ name: 'a', declared: 'a', status: 'measured' }],
    series: [
      {
        benchmark: 'a',
        metric: 'latency',
        unit: 'ns',
        rounds: [sampled([1, 2, 3]), { kind: 'scalar', value: 1 }],
      },
    ],
  })
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(6), fc.string({ maxLength: 8 }), (at, cut, put) => {
      try {
        decodeRun(text.slice(0, at) + put + text.slice(at + cut), 'run.json')
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        expect((error as UserError).line).toMatch(/^run\.json/)
      }
    }),
    { seed: 7, numRuns: 3000 },
  )
})

test('merging loses and moves nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), { minLength: 1, maxLength: 5 }),
      (parts) => {
        const merged = merge(parts.map((part) => sampled(part)))
        const all = sampled(parts.flat())
        expect(merged.count).toBe(all.count)
        for (const q of [0, 0.25, 0.5, 0.99, 1]) expect(quantile(merged, q)).toBe(quantile(all, q))
      },
    ),
    { seed: 7 },
  )
  expect(() => weighted([[1, 0.5]])).toThrow(RangeError)
  expect(() => sampled([])).toThrow(RangeError)
  expect(() => sampled([Number.NaN])).toThrow(RangeError)
})
