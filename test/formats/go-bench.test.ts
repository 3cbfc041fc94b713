import { expect, test } from 'vitest'
import { find, keys, names, read, refusal, statistic } from './read.ts'

const run = (...lines: string[]) =>
  ['goos: linux', 'pkg: example.org/a', ...lines, 'PASS', 'ok  \texample.org/a\t1s', ''].join('\n')

test('the suffix of GOMAXPROCS goes only where every line has it', () => {
  expect(
    names(
      read('go-bench', run('BenchmarkFind/ends-in-8-2 \t 10\t 5 ns/op', 'BenchmarkSort-2 \t 10\t 5 ns/op')),
    ),
  ).toEqual(['Find/ends-in-8', 'Sort'])
  expect(
    names(read('go-bench', run('BenchmarkFind/ends-in-8 \t 10\t 5 ns/op', 'BenchmarkSort \t 10\t 5 ns/op'))),
  ).toEqual(['Find/ends-in-8', 'Sort'])
  expect(
    names(read('go-bench', run('BenchmarkSort \t 10\t 5 ns/op', 'BenchmarkSort-4 \t 10\t 5 ns/op'))),
  ).toEqual(['Sort', 'Sort-4'])
})

test('names stay as they are', () => {
  const name = 'X/a|b`c`<script>alert(1)</script>_größe'
  expect(names(read('go-bench', run(`Benchmark${name}-8 \t 10\t 5 ns/op`)))).toEqual([name])
})

test('units are free text, and tell what they can', () => {
  const parsed = read(
    'go-bench',
    run('BenchmarkCache-2 \t 10\t 97.5 cache-hit% \t 1200 p99-ns/op \t 300 rows/s \t 2.5 widgets \t 0 B/op'),
  )
  expect(
    parsed.results.map((result) => ('metric' in result ? [result.metric, result.unit, result.better] : [])),
  ).toEqual([
    ['cache-hit%', 'cache-hit%', undefined],
    ['p99-ns/op', 'ns', 'lower'],
    ['throughput', '1/s', 'higher'],
    ['widgets', 'widgets', undefined],
    ['B/op', 'B', 'lower'],
  ])
})

test('a figure that was rounded away is 0', () => {
  expect(
    statistic(
      read('go-bench', run('BenchmarkNothing \t 1000000000\t 0.0000000 ns/op')),
      'Nothing',
      'latency',
      'mean',
    ),
  ).toBe(0)
})

test('failed and skipped benchmarks are said to be so, and the others stay', () => {
  const text = [
    'pkg: example.org/a',
    'BenchmarkGood-2 \t 10\t 5 ns/op',
    '--- BENCH: BenchmarkGood-2',
    '    a_test.go:5: a note',
    '--- FAIL: BenchmarkBad-2',
    '    a_test.go:9: no',
    '--- SKIP: BenchmarkLater',
    'FAIL',
    'exit status 1',
    'FAIL\texample.org/a\t0.5s',
    'FAIL',
    '',
  ].join('\n')
  expect(keys(read('go-bench', text))).toEqual(['Good latency', 'Bad failed', 'Later skipped'])
})

test('a package that fails by itself is a failure of that name', () => {
  const text = `${run('BenchmarkGood-2 \t 10\t 5 ns/op')}pkg: example.org/b\npanic: boom\nFAIL\texample.org/b\t0.5s\nFAIL\n`
  expect(keys(read('go-bench', text))).toEqual(['Good latency', 'example.org/b failed'])
})

test('a name that two packages have bears its package', () => {
  const text = `${run('BenchmarkSort-2 \t 10\t 5 ns/op', 'BenchmarkOne-2 \t 10\t 5 ns/op')}pkg: example.org/b\nBenchmarkSort-2 \t 10\t 7 ns/op\nPASS\nok  \texample.org/b\t1s\n`
  expect(names(read('go-bench', text))).toEqual(['example.org/a.Sort', 'One', 'example.org/b.Sort'])
})

test('a benchmark that prints has its text between its name and its figures', () => {
  const parsed = read(
    'go-bench',
    run('BenchmarkLoud-2   \thello', 'hello again', '     100\t        12.5 ns/op'),
  )
  expect(statistic(parsed, 'Loud', 'latency', 'mean')).toBe(12.5)
})

test('lines alone are enough, an opened package must end', () => {
  expect(names(read('go-bench', 'BenchmarkSort-2 \t 10\t 5 ns/op\n'))).toEqual(['Sort'])
  expect(refusal('go-bench', 'pkg: example.org/a\nBenchmarkSort-2 \t 10\t 5 ns/op\n')).toBe(
    'go-bench: out:1: this package has no PASS, ok or FAIL at its end (was the output cut short?)',
  )
  expect(refusal('go-bench', run('BenchmarkSort-2 \t 10\t 5'))).toContain(
    'out:3: expected pairs of a figure and a unit',
  )
  expect(refusal('go-bench', run('BenchmarkSort-2 \t 10\t -5 ns/op'))).toContain(
    'a figure is negative: latency of "Sort"',
  )
})

test('-json: pieces of a line are put together by package', () => {
  const event = (Package: string, Output: string) => JSON.stringify({ Action: 'output', Package, Output })
  const text = [
    event('a', 'BenchmarkX-2   \t'),
    event('b', 'BenchmarkY-2   \t     20\t'),
    event('a', '     10\t   5 ns/op\n'),
    event('b', '   7 ns/op\n'),
    '{"Action":"pass","Package":"a"}',
    '{"Action":"fail","Package":"b"}',
    '',
  ]
  const parsed = read('go-bench', text.join('\n'))
  expect(find(parsed, 'X').data).toMatchObject({ count: 1 })
  expect(keys(parsed)).toEqual(['X latency', 'Y latency', 'b failed'])
  expect(refusal('go-bench', text.slice(0, -2).join('\n'))).toContain('out:2: package "b" has no end')
})
