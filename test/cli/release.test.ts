/** `baseline: { release: true }`: steps that each pass, and their sum since the last release. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import type { Repository } from './repository.ts'
import { BENCH, CONFIG, measured, temporaryFolder } from './repository.ts'

const GATE = `${CONFIG}branches: { "release/*": { baseline: { release: true } } }\n`

async function told(
  repo: Repository,
  ...args: readonly string[]
): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await tailgate(['run', '--json', ...args], { cwd: repo.folder })
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

/** Too few rounds to tell anything, and enough to see what is measured. */
const BRIEF = 'rounds: { min: 1, max: 2, warmup: 0 }\n'

function sinceRelease(config: string): Repository {
  const repo = measured(100, config)
  repo.git('tag', 'v1.2.0')
  repo.commit('a merge', { note: 'x' })
  repo.git('switch', '-q', '-c', 'release/1.3')
  repo.commit('work', { note: 'y' })
  return repo
}

test('of two comparisons one run is stored and one score told', async () => {
  const repo = sinceRelease(`${GATE}${BRIEF}readiness: { least: 1 }\n`)
  const baseline = join(temporaryFolder(), 'runs')
  const { report } = await told(repo, '--baseline', baseline, '--save-baseline')
  expect(report.comparisons.map(({ rounds }) => rounds.head)).toContain(2)
  const { benchmark } = report.budgets[0]!
  expect(report.budgets.map((budget) => budget.benchmark)).toEqual([benchmark])
  expect(benchmark).toBe('readiness')
  const runs = readdirSync(baseline, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  expect(runs).toHaveLength(1)
})

test('each of two comparisons has half of the time', async () => {
  const load = 'load: { url: "http://127.0.0.1:9/", duration: 8s, warmup: 0 }'
  const repo = sinceRelease(GATE.replace(`run: ${BENCH}`, load).replace('time: 5m', 'time: 20s'))
  const { code, report } = await told(repo)
  // 16 s on both sides fit into 20 s, and not into half of that: nothing is begun.
  expect(report.failures.map(({ reason }) => reason)).toEqual(
    Array(2).fill(
      expect.stringMatching(/^the time of 10 s for all measuring ran out before its first round/),
    ),
  )
  expect([code, report.verdict]).toEqual([2, 'error'])
})

test('with stored runs alone the release is measured all the same, also where it is base', async () => {
  const repo = measured(100, `${GATE}${BRIEF}`)
  repo.git('tag', 'v1.2.0')
  repo.git('switch', '-q', '-c', 'release/1.3')
  repo.commit('work', { note: 'y' })
  const { report } = await told(repo, '--compare', 'history', '--baseline', join(temporaryFolder(), 'runs'))
  expect(verdictOf(report, 'steady (since v1.2.0)')).toBeDefined()
  expect(report.warnings.map(({ code }) => code)).not.toContain('no-release')
})

test('what services printed in one comparison does not take the place of what they printed in the other', async () => {
  const service = 'services: { s: { start: "echo up; exec sleep 60", ready: { log: up } } }\n'
  const config = `${GATE}${BRIEF}`.replace('  - name: steady\n', '  - name: steady\n    service: s\n')
  const repo = sinceRelease(`${service}${config}`)
  await told(repo, '--report', 'out')
  const kept = readdirSync(join(repo.folder, 'out/logs'))
  const apart = readdirSync(join(repo.folder, 'out/logs/since-v1.2.0'))
  expect(kept.filter((name) => name !== 'since-v1.2.0')).not.toEqual([])
  expect(apart).not.toEqual([])
})

test('Ctrl-C in the first comparison is the end of both', async () => {
  const { code, stderr } = await tailgate(['run', '--verbose'], {
    cwd: sinceRelease(GATE).folder,
    interrupt: { when: /round 2 of/, signal: 'SIGINT' },
  })
  expect([code, stderr.includes('now against the last release')]).toEqual([130, false])
})
