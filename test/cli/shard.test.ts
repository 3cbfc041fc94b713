/** `tailgate run --shard`: parts of a suite, put together by `merge`. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { loadRun } from '../../src/stores/run-file.ts'
import { tailgate } from '../bundle.ts'
import { BENCH, NOISE, repository, temporaryFolder } from './repository.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e']
const SUITE = `rounds: { min: 2, max: 2, warmup: 0 }\nbenchmarks:\n${NAMES.map((name) => `  - { name: ${name}, run: ${BENCH} }`).join('\n')}\n`

test('each part measures its own, and merged they are the whole', async () => {
  const { folder } = repository({ 'tailgate.yml': SUITE, 'bench.awk': NOISE, level: '100' })
  const out = temporaryFolder()
  const files: string[] = []
  const measured: string[][] = []
  for (const shard of ['1/2', '2/2']) {
    const file = join(out, `${files.length}.json.gz`)
    const ran = await tailgate(['run', '--compare', 'none', '--shard', shard, '--save', file, '--json'], {
      cwd: folder,
    })
    expect(ran.code, ran.stderr).toBe(0)
    const report = JSON.parse(ran.stdout) as Report
    expect(report.environment.falseAlarms).toBeCloseTo(0.005, 12)
    files.push(file)
    measured.push((await loadRun(file)).series.map(({ benchmark }) => benchmark))
  }
  expect(measured).toEqual([
    ['a', 'c', 'e'],
    ['b', 'd'],
  ])
  const [first] = files
  for (const { seconds } of (await loadRun(first!)).benchmarks) expect(seconds).toBeGreaterThan(0)
  const whole = join(out, 'whole.json.gz')
  expect((await tailgate(['merge', ...files, '-o', whole])).code).toBe(0)
  expect((await loadRun(whole)).benchmarks.map(({ name }) => name).sort()).toEqual(NAMES)
})

test('a shard that is none, or has nothing to do, is refused in one line', async () => {
  const { folder } = repository({ 'tailgate.yml': SUITE, 'bench.awk': NOISE, level: '100' })
  for (const [shard, says] of [
    ['3/2', '--shard: "3/2" is no shard'],
    ['6/6', '--shard: shard 6/6 has nothing to do: there are 5 benchmarks'],
  ] as const) {
    const { code, stderr } = await tailgate(['run', '--shard', shard], { cwd: folder })
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
  }
})
