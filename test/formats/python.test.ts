import { expect, test } from 'vitest'
import { find, keys, names, read, refusal } from './read.ts'

test('pyperf: several benchmarks, calibration, units', () => {
  const parsed = read(
    'pyperf',
    JSON.stringify({
      version: '1.0',
      metadata: { unit: 'second' },
      benchmarks: [
        {
          metadata: { name: 'a' },
          runs: [
            { metadata: {}, warmups: [[1, 9]] },
            { metadata: {}, values: [1, 2], warmups: [[1, 9]] },
            { metadata: {}, values: [3] },
          ],
        },
        { metadata: { name: 'b', unit: 'byte' }, runs: [{ metadata: {}, values: [4096] }] },
        { metadata: { name: 'c' }, runs: [{ metadata: {}, warmups: [] }] },
      ],
    }),
  )
  expect(find(parsed, 'a')).toMatchObject({ data: { count: 3 }, unit: 'ns' })
  expect(find(parsed, 'a').rounds).toHaveLength(2)
  expect(keys(parsed)).toEqual(['a latency', 'b size', 'c failed'])
  expect(
    refusal(
      'pyperf',
      '{"version":"1.0","benchmarks":[{"runs":[],"metadata":{"name":"a","unit":"furlong"}}]}',
    ),
  ).toContain('expected second, byte, integer, got "furlong"')
})

test('pytest-benchmark: a saved file has no rounds, and the same name in two files is two', () => {
  const stats = {
    min: 1,
    max: 3,
    mean: 2,
    stddev: 0.5,
    rounds: 9,
    median: 2,
    q1: 1.5,
    q3: 2.5,
    iterations: 1,
  }
  const parsed = read(
    'pytest-benchmark',
    JSON.stringify({
      machine_info: {},
      benchmarks: [
        { name: 'test_x', fullname: 'a.py::test_x', stats },
        { name: 'test_x', fullname: 'b.py::test_x[\\xfc]', stats },
      ],
    }),
  )
  expect(names(parsed)).toEqual(['a.py::test_x', 'b.py::test_x[\\xfc]'])
  expect(find(parsed, 'a.py::test_x').data).toEqual({
    kind: 'told',
    count: 9,
    mean: 2e9,
    sd: 0.5e9,
    min: 1e9,
    max: 3e9,
    quantiles: { p25: 1.5e9, p50: 2e9, p75: 2.5e9 },
  })
})

test('asv: what is not available is skipped, what has no result failed', () => {
  const parsed = read(
    'asv',
    '{"result_columns":["result","params"],"results":{"t.time_x":[[1.0,NaN,null],[["1","2","3"]]],"t.time_y":[null,[]]}}',
  )
  expect(keys(parsed)).toEqual([
    't.time_x(1) latency',
    't.time_x(2) skipped',
    't.time_x(3) failed',
    't.time_y failed',
  ])
  expect(
    refusal('asv', '{"result_columns":["result","params"],"results":{"t.time_x":[[1.0],[["1","2"]]]}}'),
  ).toContain('expected 2 results, one for each of its parameters')
})
