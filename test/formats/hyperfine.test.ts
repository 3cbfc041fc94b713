import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const run = (fields: object) => ({
  command: 'sleep 1',
  mean: 1,
  stddev: null,
  median: 1,
  user: 0,
  system: 0,
  min: 1,
  max: 1,
  ...fields,
})
const output = (...runs: object[]) => JSON.stringify({ results: runs.map(run) })

test('each run is a round', () => {
  const latency = find(read('hyperfine', output({ times: [1, 2, 3], exit_codes: [0, 0, 0] })), 'sleep 1')
  expect(latency.rounds).toHaveLength(3)
  expect(latency.data).toMatchObject({ count: 3 })
})

test('runs that failed or were killed are errors', () => {
  const parsed = read('hyperfine', output({ times: [1, 1, 1, 1], exit_codes: [0, 1, null, 0] }))
  expect(find(parsed, 'sleep 1', 'error_rate').data).toEqual({ kind: 'scalar', value: 0.5, total: 4 })
})

test('where every run failed there is no time to be glad of', () => {
  expect(keys(read('hyperfine', output({ times: [0.001, 0.001], exit_codes: [1, null] })))).toEqual([
    'sleep 1 failed',
  ])
})

test('the same command is told apart by its parameters', () => {
  const parsed = read(
    'hyperfine',
    output(
      { times: [1], parameters: { n: '1', mode: 'a|b' } },
      { times: [2], parameters: { n: '2', mode: 'a|b' } },
    ),
  )
  expect(names(parsed)).toEqual(['sleep 1[n=1,mode=a|b]', 'sleep 1[n=2,mode=a|b]'])
  expect(
    names(read('hyperfine', output({ command: 'sleep 3', times: [1], parameters: { n: '3' } }))),
  ).toEqual(['sleep 3'])
  expect(refusal('hyperfine', output({ times: [1] }, { times: [2] }))).toContain(
    '"sleep 1" stands here twice',
  )
})

test('without times there is what was told', () => {
  const parsed = read('hyperfine', output({ mean: 2, stddev: 0.5, median: 1.9, min: 1, max: 3 }))
  expect(find(parsed, 'sleep 1').data).toEqual({
    kind: 'told',
    mean: 2e9,
    sd: 0.5e9,
    min: 1e9,
    max: 3e9,
    quantiles: { p50: 1.9e9 },
  })
})

test('memory is told since 1.19', () => {
  expect(
    statistic(
      read('hyperfine', output({ times: [1, 1], memory_usage_byte: [100, 300] })),
      'sleep 1',
      'memory.peak',
      'mean',
    ),
  ).toBe(200)
})

test('a bad figure is named with its path', () => {
  expect(refusal('hyperfine', output({ times: [1, -1] }))).toBe(
    'hyperfine: out: $.results[0].times[1]: expected a number that is not negative, got -1',
  )
})

test('the CSV may quote its commands', () => {
  const parsed = read(
    'hyperfine',
    'command,mean,stddev,median,user,system,min,max,parameter_n\n"echo ""a, b""",1,,1,0,0,1,1,5\n',
  )
  expect(names(parsed)).toEqual(['echo "a, b"'])
  expect(find(parsed, 'echo "a, b"').data).not.toHaveProperty('sd')
})
