/** What became slower, run again under a profiler: real processes, whose regression is in a function of a known name. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'
import type { Profile } from '../../src/core/profile/profile.ts'
import type { Report } from '../../src/core/report.ts'
import type { Ground } from '../../src/gate/ground.ts'
import { withProfiles } from '../../src/gate/profiling.ts'
import type { Measured } from '../../src/gate.ts'
import { type RunOptions, tailgate } from '../bundle.ts'
import { type Repository, repository, SCRIPT, temporaryFolder } from '../cli/repository.ts'
import { CASES } from '../reporters/reports.ts'

/** Really spends time, in two functions; what it tells comes from the file `level`, so that no noise decides. */
const BENCH = `${SCRIPT}
import { page } from './work.mjs'
page()
`
const work = (turns: number) => `
function escape(turns) {
  let sum = 0
  for (let i = 0; i < turns; i++) sum += Math.sqrt(i) % 7
  return sum
}
function layout(turns) {
  let sum = 0
  for (let i = 0; i < turns; i++) sum += Math.cbrt(i) % 7
  return sum
}
export const page = () => [1e6].map((turns) => layout(turns) + escape(${turns} * turns))[0]
`

const CONFIG = `
time: 5m
statistics: [p50]
rounds: { max: 16 }
profile: true
benchmarks:
  - name: page
    run: node bench.mjs
`

async function run(repo: Repository, args: readonly string[] = [], options: RunOptions = {}) {
  const ran = await tailgate(['run', '--json', ...args], { cwd: repo.folder, ...options })
  return { ...ran, report: (ran.stdout === '' ? undefined : JSON.parse(ran.stdout)) as Report }
}

/** Head's \`escape\` works four times as much, and what is told is 30 % slower. */
function slower(config: string = CONFIG, more: Readonly<Record<string, string>> = {}): Repository {
  const repo = repository({
    'tailgate.yml': config,
    'bench.mjs': BENCH,
    'work.mjs': work(1),
    level: '100',
    ...more,
  })
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { 'work.mjs': `// Lines move.\n${work(4)}`, level: '130' })
  return repo
}

const processor = (report: Report): Profile => report.profiles!.find(({ kind }) => kind === 'processor')!

test('a slower script: the function that grew is named, with most of the change, and the profiles are kept', async () => {
  const repo = slower()
  const { code, report, stderr } = await run(repo, ['--report', 'out'], {
    env: { NODE_OPTIONS: '--no-warnings' },
  })
  expect(stderr).toContain('page: slower; base and head once more under a profiler')
  expect([report.verdict, code, report.warnings]).toEqual(['fail', 1, []])
  const profile = processor(report)
  const [most] = profile.functions
  expect(most).toMatchObject({ name: 'escape', file: 'work.mjs', line: 3 })
  expect(most!.share).toBeGreaterThan(0.6)
  expect(most!.head[0] / most!.base[0]).toBeGreaterThan(2)
  expect(profile).toMatchObject({ benchmark: 'page', tool: 'node', per: 'operation', unit: 'ns' })
  const other = profile.functions.find(({ name }) => name === 'layout')!
  expect(other.share).toBeLessThan(0.3)
  const ways = profile.tree.filter(([, of]) => profile.functions[of] === most)
  expect(ways).toHaveLength(1)

  const kept = readdirSync(join(repo.folder, 'out', 'profiles'))
  expect(kept).toEqual(expect.arrayContaining(['page-base-1.cpuprofile', 'page-head-1.heapprofile']))
  const raw = JSON.parse(readFileSync(join(repo.folder, 'out', 'profiles', 'page-head-1.cpuprofile'), 'utf8'))
  expect(Object.keys(raw)).toEqual(expect.arrayContaining(['nodes', 'samples', 'timeDeltas']))
  const comment = readFileSync(join(repo.folder, 'out', 'comment.md'), 'utf8')
  expect(comment).toMatch(/what grew in <code>page<\/code>: <code>escape<\/code> [\d.]+ % of the change/)
  expect(readFileSync(join(repo.folder, 'out', 'report.txt'), 'utf8')).toMatch(/ % {2}escape {2}work\.mjs:3 /)
  expect(readFileSync(join(repo.folder, 'out', 'RESULTS.md'), 'utf8')).toContain('## What grew')
  const again = await tailgate(['report', 'out/report.json', '-o', '-'], { cwd: repo.folder })
  expect([again.code, again.stderr]).toEqual([0, ''])
})

const SERVER = `
import { createServer } from 'node:http'
import { page } from './work.mjs'
createServer((request, response) => response.end(String(page()))).listen(process.env.PORT, '127.0.0.1')
`

test('a slower service under load: its own processes are looked into, also when they are ended by a signal', async () => {
  const config = `
time: 5m
rounds: { max: 16 }
statistics: [p50]
services:
  api: { start: node server.mjs }
benchmarks:
  - name: checkout
    profile: true
    service: api
    load: { url: "http://127.0.0.1:\${PORT}/", connections: 2, duration: 250ms, warmup: 50ms }
`
  const small = (turns: number) => work(turns).replace('1e6', '1e5')
  const repo = repository({ 'tailgate.yml': config, 'server.mjs': SERVER, 'work.mjs': small(1) })
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { 'work.mjs': small(8) })
  const { report, code } = await run(repo)
  expect([report.failures, report.verdict, code]).toEqual([[], 'fail', 1])
  const profile = processor(report)
  expect(profile.benchmark).toBe('checkout')
  expect(profile.base.operations).toBeGreaterThan(profile.head.operations!)
  expect(profile.functions[0]).toMatchObject({ name: 'escape', file: 'work.mjs' })
  expect(profile.functions[0]!.share).toBeGreaterThan(0.6)
  // The load is made by this program and is in no profile.
  expect(profile.functions.filter(({ file }) => file.includes('cli.js'))).toEqual([])
})

test('what is not regressed or not asked for is not run again', async () => {
  const same = repository({ 'tailgate.yml': CONFIG, 'bench.mjs': BENCH, 'work.mjs': work(1), level: '100' })
  same.git('switch', '-q', '-c', 'same')
  same.commit('same', { 'work.mjs': work(2) })
  const green = await run(same)
  expect([green.report.verdict, green.report.profiles]).toEqual(['pass', undefined])
  const red = await run(slower(CONFIG.replace('- name: page', '- name: page\n    profile: false')))
  expect([red.report.verdict, red.report.profiles, red.report.warnings]).toEqual(['fail', undefined, []])
  expect(red.stderr).not.toContain('profiler')
})

test('what cannot be profiled is told, and decides nothing', async () => {
  // What this machine has but perf.
  const bin = temporaryFolder()
  for (const name of ['sh', 'git', 'cat', 'sed', 'awk'])
    for (const folder of ['/usr/bin', '/bin'])
      if (existsSync(join(folder, name)) && !existsSync(join(bin, name)))
        symlinkSync(join(folder, name), join(bin, name))
  const config = CONFIG.replace('node bench.mjs', 'sh bench.sh')
  const values = 'sed -n "$((TAILGATE_ROUND + 1))p" values'
  const lines = (level: number) =>
    Array.from({ length: 16 }, (_, i) => `{"unit":"ms","values":[${level + (i % 3) / 100}]}\n`).join('')
  const repo = repository({ 'tailgate.yml': config, 'bench.sh': values, values: lines(10) })
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { values: lines(20) })
  const { report, code } = await run(repo, [], { env: { PATH: bin } })
  expect([report.verdict, code, report.profiles]).toEqual(['fail', 1, undefined])
  expect(report.warnings).toEqual([
    {
      code: 'not-profiled',
      benchmark: 'page',
      message: 'it was not profiled: no Node.js process was seen at work, and perf is not installed',
    },
  ])
})

test('a profiled execution that fails changes no verdict', async () => {
  const failing = slower(CONFIG, { 'work.mjs': work(1) })
  failing.commit('fails when looked at', {
    'work.mjs': `if (process.env.TAILGATE_PROFILES) throw new Error('not with me')\n${work(4)}`,
  })
  const failed = await run(failing)
  expect([failed.report.verdict, failed.code]).toEqual(['fail', 1])
  expect(failed.report.warnings[0]!.message).toMatch(
    /^it was not profiled: head failed: exit code 1: .*not with me/,
  )
})

test('no time is left for it: said, and nothing is started', async () => {
  const plan = loadPlan(CONFIG, 'tailgate.yml')
  const { comparisons } = CASES.regression!
  const report = { ...CASES.regression!, comparisons: comparisons.map((c) => ({ ...c, benchmark: 'page' })) }
  const request = { plan, folder: '/nowhere', id: 'x', saveBaseline: false }
  const side = (of: 'base' | 'head') => ({ side: of, folder: '/nowhere', env: {} })
  const ground = { paired: true, sides: { base: side('base'), head: side('head') } } as unknown as Ground
  const measured: Measured = { executions: [], stoppedBy: 'time', seconds: plan.time / 1000 + 1 }
  const progress = { say: unexpected, warn: unexpected, round: unexpected }
  const world = { progress, signal: new AbortController().signal }
  const told = await withProfiles(report, request, ground, measured, world)
  expect([told.verdict, told.profiles]).toEqual([report.verdict, undefined])
  expect(told.warnings.at(-1)).toEqual({
    code: 'not-profiled',
    benchmark: 'page',
    message: 'it was not profiled: the time for all measuring (`time`, 300 s) is used up',
  })
  const history = await withProfiles(report, request, { ...ground, paired: false }, measured, world)
  expect(history.warnings.at(-1)!.message).toBe('it was not profiled: its base was not measured here')
})

function unexpected(): never {
  throw new Error('something was started')
}

test('Ctrl-C in the middle of profiling leaves nothing behind', async () => {
  const repo = slower(CONFIG)
  repo.commit('hangs when looked at', {
    'work.mjs': `if (process.env.TAILGATE_PROFILES) setInterval(() => {}, 1000)\n${work(1)}`,
  })
  const temporary = temporaryFolder()
  const { code } = await run(repo, [], {
    env: { TMPDIR: temporary },
    interrupt: { when: /under a profiler/, signal: 'SIGINT' },
  })
  expect(code).toBe(130)
  expect(readdirSync(temporary)).toEqual([])
})

const PROGRAM = (turns: number) => `
#include <math.h>
#include <stdio.h>
__attribute__((noinline)) double escape(long turns) { double sum = 0; for (long i = 0; i < turns; i++) sum += i % 7 * 0.5; return sum; }
__attribute__((noinline)) double layout(long turns) { double sum = 0; for (long i = 0; i < turns; i++) sum += i % 5 * 0.5; return sum; }
int main() { return escape(${turns} * 5000000L) + layout(5000000L) < 0; }
`
const lacking = ['perf', 'gcc'].filter((name) => spawnSync(name, ['--version']).status !== 0)

test.skipIf(lacking.length > 0)(
  `a program that is not Node.js, with perf${lacking.length > 0 ? ` (there is no ${lacking.join(', ')})` : ''}`,
  async () => {
    const config = `build: gcc -O1 -fno-omit-frame-pointer -o work work.c\n${CONFIG.trimStart()}`.replace(
      'node bench.mjs',
      './work && sed -n "$((TAILGATE_ROUND + 1))p" values',
    )
    const lines = (level: number) =>
      Array.from({ length: 16 }, (_, i) => `{"unit":"ms","values":[${level + (i % 3) / 100}]}\n`).join('')
    const repo = repository({
      'tailgate.yml': config,
      '.gitignore': 'work\n',
      'work.c': PROGRAM(1),
      values: lines(10),
    })
    repo.git('switch', '-q', '-c', 'slower')
    repo.commit('slower', { 'work.c': PROGRAM(4), values: lines(20) })
    const { report } = await run(repo)
    // A kernel may forbid it, which is told.
    if (report.profiles === undefined) expect(report.warnings[0]!.message).toMatch(/perf cannot be used/)
    else {
      expect(processor(report).functions[0]).toMatchObject({ name: 'escape', file: 'work' })
      expect(processor(report).functions[0]!.share).toBeGreaterThan(0.6)
    }
  },
)
