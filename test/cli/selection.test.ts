/** What was once forgiven in silence: a base that is not there, a selection that base does not know, one name for two. */
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { BENCH, CONFIG, measured, NOISE, OWN, repository } from './repository.ts'

const reportOf = (stdout: string): Report => JSON.parse(stdout) as Report

test('a base that was named and is not there is exit 2, never "nothing was compared"', async () => {
  const { code, stderr } = await tailgate(['run', '--base', 'nope'], { cwd: measured(100).folder })
  expect(code).toBe(2)
  expect(stderr).toContain('nope')
})

test('--only something that is new at head is new, and what was not selected is not missing', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'more')
  repo.commit('more', {
    'tailgate.yml': `${CONFIG}  - name: second\n    run: awk -f second.awk\n`,
    'second.awk': NOISE,
  })
  const { code, stdout } = await tailgate(['run', '--json', '--only', 'second'], { cwd: repo.folder })
  expect(code).toBe(0)
  expect(reportOf(stdout).comparisons.map((c) => [c.benchmark, c.verdict])).toEqual([['second', 'new']])
})

test('two benchmarks under one name are an error that names both', async () => {
  const repo = repository({
    'tailgate.yml':
      'compare: none\nbenchmarks:\n  - name: a\n    run: node bench.mjs\n  - name: a/b\n    run: node bench.mjs\n',
    'bench.mjs':
      "console.log(JSON.stringify({ benchmark: process.env.NAME ?? undefined, unit: 'ms', values: [1, 2] }))",
  })
  repo.write({
    'tailgate.yml':
      'compare: none\nbenchmarks:\n  - name: a\n    run: NAME=b node bench.mjs\n  - name: a/b\n    run: node bench.mjs\n',
  })
  const { code, stdout } = await tailgate(['run', '--json'], { cwd: repo.folder })
  expect(code).toBe(2)
  expect(reportOf(stdout).failures[0]!.reason).toMatch(/"a" and "a\/b"/)
})

test('a base that fails after it has run is an error, also where base has no config', async () => {
  const repo = repository({ 'README.md': 'x' })
  repo.git('switch', '-q', '-c', 'x')
  repo.write({
    'tailgate.yml': CONFIG.replace(
      BENCH,
      `'[ $TAILGATE_SIDE$TAILGATE_ROUND = base3 ] && exit 9; echo "{\\"unit\\":\\"ms\\",\\"value\\":1}"'`,
    ),
  })
  const { code, stdout } = await tailgate(['run', '--json'], { cwd: repo.folder })
  expect([code, reportOf(stdout).verdict]).toEqual([2, 'error'])
})

test('a base that cannot be built is told in JSON too', async () => {
  const repo = repository({
    'tailgate.yml': `build: exit 3\n${CONFIG.trimStart()}`,
    'bench.awk': NOISE,
    level: '1',
  })
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('x', { note: '1' })
  const { code, stdout } = await tailgate(['run', '--json'], { cwd: repo.folder })
  expect([code, reportOf(stdout).verdict]).toEqual([2, 'error'])
  expect(reportOf(stdout).failures[0]!.reason).toMatch(/built/)
})

test('a count without a direction that did not move is unchanged, one that did is shown and asked for', async () => {
  const script = (n: number) => `console.log('{"metric":"allocs","unit":"count","value":${n}}')`
  const repo = repository({ 'tailgate.yml': OWN, 'bench.mjs': script(100) })
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('x', { note: '1' })
  const same = await tailgate(['run', '--json'], { cwd: repo.folder })
  expect(reportOf(same.stdout).comparisons[0]).toMatchObject({ verdict: 'unchanged', change: 0 })
  repo.commit('y', { 'bench.mjs': script(150) })
  const more = await tailgate(['run', '--json'], { cwd: repo.folder })
  expect(reportOf(more.stdout).comparisons[0]).toMatchObject({
    verdict: 'inconclusive',
    change: 0.5,
    difference: 50,
  })
})
