/** `tailgate run` on repositories made for the purpose, as a user's shell starts it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { BENCH, CONFIG, measured, NOISE, OWN, repository, temporaryFolder } from './repository.ts'

async function report(
  folder: string,
  ...args: string[]
): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await tailgate(['run', '--json', ...args], { cwd: folder })
  if (stdout === '') throw new Error(`no report: ${stderr}`)
  return { code, report: JSON.parse(stdout) as Report, stderr }
}

test('+25 % is red', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { level: '125' })
  const { code, report: told } = await report(repo.folder)
  expect(told.verdict).toBe('fail')
  expect(code).toBe(1)
  const p50 = told.comparisons.find((c) => c.statistic === 'p50')!
  expect(p50.verdict).toBe('regressed')
  expect(p50.change).toBeGreaterThan(0.2)
  expect(p50.change).toBeCloseTo(p50.head! / p50.base! - 1, 12)
  expect(p50.interval![0]!).toBeLessThanOrEqual(p50.change!)
  expect(told.environment.base?.commit).toBe(repo.git('rev-parse', 'main'))
})

test('nothing changed is green, in fewer rounds than there could be', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'same')
  repo.commit('a word', { 'README.md': 'hello' })
  const { code, report: told } = await report(repo.folder)
  expect([told.verdict, code]).toEqual(['pass', 0])
  expect(told.comparisons[0]!.rounds.head).toBeLessThan(30)
})

test('faster is green and said', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'faster')
  repo.commit('faster', { level: '70' })
  const { code, report: told } = await report(repo.folder)
  expect([told.verdict, code]).toEqual(['pass', 0])
})

test('uncommitted changes are head', async () => {
  const repo = measured(100)
  repo.write({ level: '140' })
  const before = repo.git('status', '--porcelain=v2')
  const { code } = await report(repo.folder, '--base', 'HEAD')
  expect(code).toBe(1)
  expect(repo.git('status', '--porcelain=v2')).toBe(before)
})

test('a dropped benchmark is red', async () => {
  const two = `${CONFIG}  - name: other\n    run: ${BENCH}\n`
  const repo = measured(100, two)
  repo.git('switch', '-q', '-c', 'dropped')
  repo.commit('drop one', { 'tailgate.yml': CONFIG })
  const { code, report: told } = await report(repo.folder)
  expect([told.verdict, code]).toEqual(['fail', 1])
  expect(told.comparisons.filter((c) => c.verdict === 'missing').map((c) => c.benchmark)).toEqual(['other'])
})

test('a benchmark that is gone from the output is red', async () => {
  const lines = (...names: string[]) =>
    names
      .map(
        (name) =>
          `console.log(JSON.stringify({ benchmark: '${name}', unit: 'B', metric: 'size', value: 10 }))`,
      )
      .join('\n')
  const repo = repository({ 'tailgate.yml': OWN, 'bench.mjs': lines('a', 'b') })
  repo.git('switch', '-q', '-c', 'gone')
  repo.commit('b is gone', { 'bench.mjs': lines('a') })
  const { code, report: told } = await report(repo.folder)
  expect([told.verdict, code]).toEqual(['fail', 1])
  expect(told.comparisons.find((c) => c.benchmark === 'steady/b')!.verdict).toBe('missing')
})

test('a new benchmark is new, and its budget counts', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'more')
  repo.commit('one more', {
    'tailgate.yml': `${CONFIG}  - name: added\n    run: awk -f added.awk\n    budgets: ["p(50) < 1us"]\n`,
    'added.awk': NOISE,
  })
  const { code, report: told } = await report(repo.folder)
  expect(told.comparisons.filter((c) => c.benchmark === 'added').map((c) => c.verdict)).toContain('new')
  expect(told.budgets.map((b) => b.verdict)).toEqual(['breached'])
  expect(code).toBe(1)
})

test('a script that crashes is exit 2 with its last words, and what was measured is told', async () => {
  const two = `${CONFIG}  - name: broken\n    run: node broken.mjs\n`
  const repo = repository({
    'tailgate.yml': two,
    'bench.awk': NOISE,
    level: '100',
    'broken.mjs': "console.error('the disk has left'); process.exit(7)",
  })
  repo.git('switch', '-q', '-c', 'broken')
  repo.commit('still broken', { note: '1' })
  const { code, report: told } = await report(repo.folder)
  expect([told.verdict, code]).toEqual(['error', 2])
  expect(told.failures[0]!.reason).toMatch(/7/)
  expect(told.failures[0]!.reason).toContain('the disk has left')
  expect(told.comparisons.some((c) => c.benchmark === 'steady')).toBe(true)
})

const HOPELESS: readonly [what: string, script: string, says: RegExp][] = [
  ['prints nothing', '', /print/],
  ['prints garbage', "console.log('all went well')", /format/],
  ['prints NaN', `console.log('{"unit":"ms","values":[1,NaN]}')`, /./],
  ['prints a negative latency', `console.log('{"unit":"ms","values":[1,-1]}')`, /-1/],
  ['prints cut JSON', `console.log('{"unit":"ms","values":[1,')`, /./],
]
test.each(HOPELESS)('a script that %s is exit 2 with one clear line', async (_, script, says) => {
  const repo = repository({ 'tailgate.yml': OWN, 'bench.mjs': script })
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('x', { note: '1' })
  const { code, report: told } = await report(repo.folder)
  expect(code).toBe(2)
  expect(told.failures[0]!.reason).toMatch(says)
})

test('a script that hangs ends at its timeout with its whole family', async () => {
  const hang = `
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
writeFileSync(process.env.PIDS + '/' + process.pid + '.' + child.pid, '')
setInterval(() => {}, 1000)
`
  const repo = repository({ 'tailgate.yml': `${OWN}    timeout: 700ms\n`, 'bench.mjs': hang })
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('x', { note: '1' })
  const pids = temporaryFolder()
  const { code, stdout } = await tailgate(['run', '--json'], { cwd: repo.folder, env: { PIDS: pids } })
  expect(code).toBe(2)
  expect(JSON.parse(stdout).failures[0].reason).toMatch(/700|0\.7/)
  const all = readdirSync(pids).flatMap((name) => name.split('.').map(Number))
  expect(all.length).toBeGreaterThan(0)
  expect(all.filter(isAlive)).toEqual([])
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie that nobody has reaped is not running.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

test('a base that cannot be built is not a pass', async () => {
  const config = `build: sh build.sh\n${CONFIG.trimStart()}`
  const repo = repository({
    'tailgate.yml': config,
    'bench.awk': NOISE,
    level: '100',
    'build.sh': 'echo no compiler >&2; exit 3',
  })
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('repair the build', { 'build.sh': 'true' })
  const { code, stderr, stdout } = await tailgate(['run'], { cwd: repo.folder })
  expect(code).toBe(2)
  expect(stderr).toContain('no compiler')
  expect(stderr).toMatch(/base/)
  expect(stdout).not.toContain('✅')
})

test('Ctrl-C ends the children, removes the copies, saves what was measured, exits 130', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'x')
  repo.commit('x', { note: '1' })
  const saved = join(temporaryFolder(), 'run.json.gz')
  const temporary = temporaryFolder()
  const { code, stdout } = await tailgate(['run', '--save', saved, '--verbose', '--json'], {
    cwd: repo.folder,
    env: { TMPDIR: temporary },
    interrupt: { when: /round 2 of/, signal: 'SIGINT' },
  })
  expect(code).toBe(130)
  const told = JSON.parse(stdout) as Report
  expect(told.verdict).not.toBe('pass')
  expect(told.warnings[0]).toMatchObject({ code: 'cancelled' })
  expect(existsSync(saved)).toBe(true)
  expect(readdirSync(temporary)).toEqual([])
})

test('a shallow clone finds its base and leaves no copies behind', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { level: '130' })
  const clone = join(temporaryFolder(), 'clone')
  const depth = ['--depth=1', '--branch', 'slower', '--no-single-branch']
  repo.git('clone', '-q', ...depth, `file://${repo.folder}`, clone)
  const temporary = temporaryFolder()
  const { code } = await tailgate(['run', '--base', 'main', '--quiet'], {
    cwd: clone,
    env: { TMPDIR: temporary },
  })
  expect(code).toBe(1)
  expect(readdirSync(temporary)).toEqual([])
})

test('--save keeps both sides, and comparing them again says the same', async () => {
  const repo = measured(100)
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { level: '125' })
  const file = join(temporaryFolder(), 'head.json.gz')
  const first = await report(repo.folder, '--save', file)
  const again = await tailgate(['compare', `${file}.base`, file, '--json'], { cwd: repo.folder })
  expect(again.code).toBe(first.code)
  const told = JSON.parse(again.stdout) as Report
  expect(told.comparisons.map((c) => [c.statistic, c.verdict])).toEqual(
    first.report.comparisons.map((c) => [c.statistic, c.verdict]),
  )
})
