import { expect, test } from 'vitest'
import { sampled, weighted } from '../../src/core/distribution.ts'
import { mergeRuns } from '../../src/core/merge-runs.ts'
import type { Run, Series } from '../../src/core/run.ts'

const run = (...series: Series[]): Run => ({
  tool: 'x',
  commit: 'c',
  benchmarks: series.map(({ benchmark: name }) => ({ name, declared: name, status: 'measured' })),
  series,
})
const part = (r: Run, place = 'part') => ({ run: r, place })
const of = (metric: string, unit: string, ...rounds: Series['rounds']): Series => ({
  benchmark: 'api',
  metric,
  unit,
  rounds,
})

test('generators that ran together: operations pooled, rates added, shares by their totals', () => {
  const a = run(
    of('latency', 'ns', sampled([1, 3])),
    of('throughput', '1/s', { kind: 'scalar', value: 10 }),
    of('error_rate', 'ratio', { kind: 'scalar', value: 0.5, total: 2 }),
  )
  const b = run(
    of('latency', 'ns', sampled([2, 3])),
    of('throughput', '1/s', { kind: 'scalar', value: 5 }),
    of('error_rate', 'ratio', { kind: 'scalar', value: 0, total: 6 }),
  )
  const [latency, throughput, errors] = mergeRuns([part(a), part(b)]).series
  expect(latency!.rounds[0]).toMatchObject({
    count: 4,
    values: Float64Array.of(1, 2, 3, 3),
  })
  expect(throughput!.rounds[0]).toEqual({ kind: 'scalar', value: 15 })
  expect(errors!.rounds[0]).toEqual({ kind: 'scalar', value: 0.125, total: 8 })
})

test('shards: the benchmarks of both', () => {
  const other = { ...of('latency', 'ns', sampled([1])), benchmark: 'other' }
  expect(
    mergeRuns([part(run(of('latency', 'ns', sampled([1])))), part(run(other))]).series.map(
      (s) => s.benchmark,
    ),
  ).toEqual(['api', 'other'])
})

test('what cannot be merged without guessing is refused', () => {
  const told = run(of('latency', 'ns', { kind: 'told', quantiles: { p50: 1 } }))
  expect(() => mergeRuns([part(told), part(told)])).toThrow(/cannot be merged/)
  const one = run(of('latency', 'ns', sampled([1])))
  expect(() => mergeRuns([part(one), part(run(of('latency', 'ns', sampled([1]), sampled([2]))))])).toThrow(
    /2 rounds, elsewhere 1/,
  )
  expect(() => mergeRuns([part(one), part({ ...one, commit: 'd' })])).toThrow(/commit/)
  expect(() => mergeRuns([part(one), part(run(of('latency', 'B', sampled([1]))))])).toThrow(/unit/)
})

test('the same run twice is refused, however it is called', () => {
  const one = () =>
    run(of('latency', 'ns', sampled([1, 2, 2])), of('throughput', '1/s', { kind: 'scalar', value: 10 }))
  expect(() => mergeRuns([part(one(), 'a.run'), part(one(), 'copy of a.run')])).toThrow(
    /same figures as a\.run/,
  )
  const bucketed = (times: number) =>
    run(
      of(
        'latency',
        'ns',
        weighted([
          [1, times],
          [2, 3 - times],
        ] as [number, number][]),
      ),
    )
  expect(() => mergeRuns([part(bucketed(1)), part(bucketed(1))])).toThrow(/same figures/)
  expect(mergeRuns([part(bucketed(1)), part(bucketed(2))]).series).toHaveLength(1)
  // Rates may be the same by chance, and so may a single operation.
  const rate = run(of('throughput', '1/s', { kind: 'scalar', value: 10 }))
  expect(mergeRuns([part(rate), part(rate)]).series[0]!.rounds).toEqual([{ kind: 'scalar', value: 20 }])
})
