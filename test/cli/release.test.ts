/** `baseline: { release: true }`: steps that each pass, and their sum since the last release. */
import { expect, test, vi } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import type { Repository } from './repository.ts'
import { CONFIG, measured } from './repository.ts'

vi.setConfig({ testTimeout: 180_000 })

const GATE = `${CONFIG}branches: { "release/*": { baseline: { release: true } } }\n`

async function told(repo: Repository): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await tailgate(['run', '--json'], { cwd: repo.folder })
  if (stdout === '') throw new Error(`no report: ${stderr}`)
  return { code, report: JSON.parse(stdout) as Report, stderr }
}

const verdictOf = ({ comparisons }: Report, benchmark: string) =>
  comparisons.find((c) => c.benchmark === benchmark && c.statistic === 'p50')?.verdict

test('a step that passes against main fails with what has come since the release', async () => {
  const repo = measured(100, GATE)
  repo.git('tag', 'v1.2.0')
  repo.commit('a merge', { level: '110' })
  repo.git('switch', '-q', '-c', 'release/1.3')
  repo.commit('work', { note: 'x' })
  const { code, report } = await told(repo)
  expect(verdictOf(report, 'steady')).toBe('unchanged')
  expect(verdictOf(report, 'steady (since v1.2.0)')).toBe('regressed')
  expect([code, report.verdict, report.failedBy]).toEqual([1, 'fail', ['regression']])
  expect(report.environment.falseAlarms).toBeCloseTo(0.01, 12)
  expect(report.environment.base?.source).toContain('the last release, v1.2.0')
  expect(report.environment.seed).toBeDefined()
  repo.git('switch', '-q', '-c', 'elsewhere')
  const other = await told(repo)
  expect([other.code, verdictOf(other.report, 'steady (since v1.2.0)')]).toEqual([0, undefined])
})

test('nothing has come since the release: green; no release, or base is it: said', async () => {
  const repo = measured(100, GATE)
  repo.git('switch', '-q', '-c', 'release/1.3')
  repo.commit('work', { note: 'x' })
  const none = await told(repo)
  expect(none.code).toBe(0)
  expect(none.report.warnings).toContainEqual({
    code: 'no-release',
    message: 'not compared with the last release: there is no tag before this commit',
  })
  repo.git('tag', 'v1.2.0', 'main')
  const same = await told(repo)
  expect(same.report.warnings.map(({ message }) => message)).toContain(
    'not compared with the last release: base is the release v1.2.0 itself',
  )
  repo.git('switch', '-q', 'main')
  repo.commit('a merge', { note: 'y' })
  repo.git('switch', '-q', '-C', 'release/1.3')
  repo.commit('work', { note: 'z' })
  const green = await told(repo)
  expect([green.code, green.report.verdict]).toEqual([0, 'pass'])
  expect(verdictOf(green.report, 'steady (since v1.2.0)')).toBe('unchanged')
})

test('a release that cannot be built is an error, and what was compared with main is told', async () => {
  const repo = measured(100, `build: node build.mjs\n${GATE}`)
  repo.git('tag', 'v1.2.0')
  repo.commit('a build', { 'build.mjs': '' })
  repo.git('switch', '-q', '-c', 'release/1.3')
  repo.commit('work', { note: 'x' })
  const { code, report } = await told(repo)
  expect([code, report.verdict]).toEqual([2, 'error'])
  expect(report.failures.map(({ benchmark }) => benchmark)).toEqual(['everything (since v1.2.0)'])
  expect(verdictOf(report, 'steady')).toBe('unchanged')
})
