import { expect, test } from 'vitest'
import { sampled, weighted } from '../../src/core/distribution.ts'
import type { Run } from '../../src/core/run.ts'
import { hgrm, hgrmFiles } from '../../src/reporters/hgrm.ts'

function rowsOf(text: string): number[][] {
  return text
    .split('\n')
    .filter((line) => /^ *\d/.test(line))
    .map((line) => line.trim().split(/ +/).map(Number))
}

test('a row a tick, from the smallest to the largest at 100 %', () => {
  const rows = rowsOf(hgrm(sampled(Array.from({ length: 1000 }, (_, i) => (i + 1) * 1e6)), 'ns'))
  expect(rows[0]).toEqual([1, 0, 1, 1])
  expect(rows.at(-1)).toEqual([1000, 1, 1000])
  const at = (share: number) => rows.find(([, where]) => Math.abs(where! - share) < 1e-9)
  expect(at(0.5)?.[0]).toBe(501)
  expect(at(0.75)?.[3]).toBe(4)
  expect(at(0.9375)).toBeDefined()
  for (let i = 1; i < rows.length; i++) {
    expect(rows[i]![0]).toBeGreaterThanOrEqual(rows[i - 1]![0]!)
    expect(rows[i]![1]).toBeGreaterThan(rows[i - 1]![1]!)
  }
})

test('counts weigh, and one value is a distribution too', () => {
  expect(
    rowsOf(
      hgrm(
        weighted([
          [5, 99],
          [7, 1],
        ]),
        'count',
      ),
    ).at(-1),
  ).toEqual([7, 1, 100])
  expect(rowsOf(hgrm(sampled([3]), 'count')).at(-1)).toEqual([3, 1, 1])
  expect(
    hgrm(
      weighted([
        [2, 2],
        [4, 2],
      ]),
      'count',
    ),
  ).toContain('#[Mean    =     3.000000, StdDeviation   =     1.000000]')
})

test('files: all rounds merged, names safe and each once', () => {
  const series = (benchmark: string) => ({
    benchmark,
    metric: 'latency',
    unit: 'ns',
    rounds: [sampled([1e6, 2e6]), null, sampled([3e6])],
  })
  const scalar = {
    benchmark: 'a',
    metric: 'throughput',
    unit: '1/s',
    rounds: [{ kind: 'scalar' as const, value: 3 }],
  }
  const run: Run = {
    tool: '0.1.0',
    benchmarks: [],
    series: [series('../../etc/passwd'), series('a b'), series('A/b'), series('\u202e'), scalar],
  }
  const files = hgrmFiles(run)
  expect(files.map(({ file }) => file)).toEqual([
    'etc-passwd.latency.hgrm',
    'a-b.latency.hgrm',
    'A-b.latency-2.hgrm',
    'benchmark.latency.hgrm',
  ])
  expect(rowsOf(files[0]!.text).at(-1)).toEqual([3, 1, 3])
})
