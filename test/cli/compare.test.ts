/** `tailgate compare` and `tailgate parse` on files, directories of rounds and saved runs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { temporaryFolder } from './repository.ts'
import { writeRounds } from './rounds.ts'

async function compare(...args: string[]): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await tailgate(['compare', '--json', ...args])
  return { code, stderr, report: stdout === '' ? (undefined as never) : (JSON.parse(stdout) as Report) }
}

test('paired rounds: +10 % is red, nothing is green, faster is improved', async () => {
  const folder = temporaryFolder()
  const base = writeRounds(join(folder, 'base'), { rounds: 14, seed: 1 })
  const slower = writeRounds(join(folder, 'slower'), { rounds: 14, seed: 2, level: 110 })
  const same = writeRounds(join(folder, 'same'), { rounds: 14, seed: 3 })
  const faster = writeRounds(join(folder, 'faster'), { rounds: 14, seed: 4, level: 80 })
  const red = await compare(base, slower, '--paired')
  expect([red.code, red.report.verdict]).toEqual([1, 'fail'])
  expect(red.report.comparisons.find((c) => c.statistic === 'p50')).toMatchObject({
    benchmark: 'made',
    metric: 'latency',
    unit: 'ns',
    better: 'lower',
    verdict: 'regressed',
    gating: true,
    threshold: 0.05,
    rounds: { base: 14, head: 14 },
  })
  const green = await compare(base, same, '--paired')
  expect([green.code, green.report.verdict]).toEqual([0, 'pass'])
  const better = await compare(base, faster, '--paired')
  expect(better.code).toBe(0)
  expect(better.report.comparisons.map((c) => c.verdict)).toContain('improved')
})

test('--threshold and --statistics are what is judged by', async () => {
  const folder = temporaryFolder()
  const base = writeRounds(join(folder, 'base'), { rounds: 14, seed: 1 })
  const slower = writeRounds(join(folder, 'slower'), { rounds: 14, seed: 2, level: 110 })
  const { code, report } = await compare(
    base,
    slower,
    '--paired',
    '--threshold',
    '25%',
    '--statistics',
    'p50,mean',
  )
  expect(code).toBe(0)
  expect(report.comparisons.map((c) => c.statistic)).toEqual(['p50', 'mean'])
  expect(report.comparisons.every((c) => c.threshold === 0.25)).toBe(true)
})

test('five rounds may pass and can never be red, which is said first', async () => {
  const folder = temporaryFolder()
  const base = writeRounds(join(folder, 'base'), { rounds: 5, seed: 1 })
  const slower = writeRounds(join(folder, 'slower'), { rounds: 5, seed: 2, level: 200 })
  const { code, report } = await compare(base, slower, '--paired')
  expect(code).toBe(0)
  expect(report.verdict).toBe('inconclusive')
  expect(report.warnings[0]!.code).toBe('cannot-fail')
})

test('one noisy round a side is inconclusive', async () => {
  const folder = temporaryFolder()
  const [a, b] = ['a', 'b'].map((name, seed) => writeRounds(join(folder, name), { rounds: 1, seed }))
  const { code, report } = await compare(join(a!, 'round-1.ndjson'), join(b!, 'round-1.ndjson'))
  expect([code, report.verdict]).toEqual([0, 'inconclusive'])
})

test('p99 of few operations is refused, with the reason', async () => {
  const folder = temporaryFolder()
  const base = writeRounds(join(folder, 'base'), { rounds: 12, seed: 1, operations: 20 })
  const head = writeRounds(join(folder, 'head'), { rounds: 12, seed: 2, operations: 20 })
  const { report } = await compare(base, head, '--paired')
  expect(report.comparisons.find((c) => c.statistic === 'p99')).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringContaining('240 operations'),
  })
})

test('a unit that changed is never green', async () => {
  const folder = temporaryFolder()
  const base = join(folder, 'base.ndjson')
  const head = join(folder, 'head.ndjson')
  writeFileSync(base, '{"benchmark":"x","metric":"size","unit":"B","value":10}\n')
  writeFileSync(head, '{"benchmark":"x","metric":"size","unit":"ms","value":10}\n')
  const { code, report } = await compare(base, head)
  expect(code).toBe(1)
  expect(report.comparisons[0]).toMatchObject({ verdict: 'missing', reason: expect.stringContaining('unit') })
})

test('bytes are compared exactly', async () => {
  const folder = temporaryFolder()
  const file = (name: string, value: number) => {
    writeFileSync(join(folder, name), `{"benchmark":"bundle","metric":"size","unit":"kB","value":${value}}\n`)
    return join(folder, name)
  }
  const base = file('base', 100)
  expect((await compare(base, file('same', 100))).report.comparisons[0]).toMatchObject({
    verdict: 'unchanged',
    base: 100000,
  })
  expect((await compare(base, file('more', 104))).code).toBe(0)
  expect((await compare(base, file('much', 106))).code).toBe(1)
})

const WRONG: readonly [what: string, make: (folder: string) => string[], says: RegExp][] = [
  ['a path that is not there', (f) => [join(f, 'no'), join(f, 'no')], /no: there is no such file/],
  ['an empty directory', (f) => [f, f], /no file in this directory/],
  [
    'rounds that are not pairs',
    (f) => [
      writeRounds(join(f, 'a'), { rounds: 6, seed: 1 }),
      writeRounds(join(f, 'b'), { rounds: 7, seed: 1 }),
      '--paired',
    ],
    /6 rounds of latency in base and 7 in head/,
  ],
  ['a threshold without a unit', (f) => [f, f, '--threshold', '5'], /5/],
  ['a statistic that is none', (f) => [f, f, '--statistics', 'p101'], /p101/],
  ['an unknown flag', (f) => [f, f, '--tresholds', '5%'], /did you mean --threshold/i],
]
test.each(WRONG)('%s is one clear line and exit 2', async (_, make, says) => {
  const { code, stderr } = await compare(...make(temporaryFolder()))
  expect(code).toBe(2)
  expect(stderr).toMatch(says)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
})

test('a round that lacks a benchmark is an error with its file', async () => {
  const folder = temporaryFolder()
  const base = writeRounds(join(folder, 'base'), { rounds: 3, seed: 1 })
  const head = writeRounds(join(folder, 'head'), { rounds: 3, seed: 2 })
  writeFileSync(
    join(head, 'round-2.ndjson'),
    '{"benchmark":"other","metric":"latency","unit":"us","values":[1,2]}\n',
  )
  const { code, stderr } = await compare(base, head)
  expect(code).toBe(2)
  expect(stderr).toContain('round-2.ndjson')
})

test('hostile saved runs are refused with a place, and lose nothing', async () => {
  const folder = temporaryFolder()
  const good = writeRounds(join(folder, 'good'), { rounds: 6, seed: 1 })
  const hostile: readonly [string, string | Buffer][] = [
    ['not json', gzipSync('{"schema":')],
    ['another version', gzipSync('{"schema":"tailgate-run/9"}')],
    ['deep', gzipSync(`{"schema":"tailgate-run/1","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
    ['a bomb', gzipSync(Buffer.alloc(400 * 1024 * 1024, 32))],
    [
      'a lying histogram',
      gzipSync(
        JSON.stringify({
          schema: 'tailgate-run/1',
          tool: 'x',
          benchmarks: [],
          series: [
            {
              benchmark: 'x',
              metric: 'latency',
              unit: 'ns',
              rounds: [{ hdr: 'HISTFAAAAAx4nJNpmSzMwMAAAA', scale: 1 }],
            },
          ],
        }),
      ),
    ],
    ['cut', gzipSync('{"schema":"tailgate-run/1"}').subarray(0, 20)],
  ]
  mkdirSync(join(folder, 'bad'))
  for (const [name, data] of hostile) {
    const file = join(folder, 'bad', `${name}.json.gz`)
    writeFileSync(file, data)
    const { code, stderr } = await compare(good, file)
    expect([name, code]).toEqual([name, 2])
    expect(stderr).toContain(file)
    expect(stderr).not.toContain('fault of tailgate')
  }
})

test('parse shows what there is, and only that', async () => {
  const { stdout } = await tailgate(['parse', '--json', '-'], {
    input:
      '{"benchmark":"a","metric":"latency","unit":"ms","values":[3,1,2]}\n{"benchmark":"a","metric":"throughput","unit":"1/s","value":7}\n',
  })
  expect(JSON.parse(stdout)).toMatchObject({
    format: 'samples',
    results: [
      {
        benchmark: 'a',
        metric: 'latency',
        unit: 'ns',
        better: 'lower',
        count: 3,
        mean: 2e6,
        min: 1e6,
        max: 3e6,
        quantiles: { p50: 2e6 },
      },
      { benchmark: 'a', metric: 'throughput', unit: '1/s', better: 'higher', value: 7 },
    ],
    warnings: [],
  })
})
