/** `tailgate init` in real repositories, and `tailgate run` on what it wrote. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { type Files, type Repository, repository, SCRIPT, temporaryFolder } from '../cli/repository.ts'

const NODE: Files = {
  'package.json': JSON.stringify({ private: true, scripts: { bench: 'node bench.mjs' } }),
  'bench.mjs': `${SCRIPT}// prints JSON.stringify({ unit, values })\n`,
  level: '100',
}
const WRITTEN = ['tailgate.yml', '.github/workflows/tailgate.yml']

async function init(folder: string, ...args: string[]) {
  return tailgate(['init', ...args], { cwd: folder })
}

/** As a pull request would: what init wrote is on the default branch, then a change is made. */
async function judged(repo: Repository, change: Files): Promise<{ code: number | null; report: Report }> {
  repo.commit('tailgate')
  repo.git('switch', '-q', '-c', 'change')
  repo.commit('change', change)
  const { code, stdout, stderr } = await tailgate(['run', '--json'], { cwd: repo.folder })
  if (stdout === '') throw new Error(stderr)
  return { code, report: JSON.parse(stdout) as Report }
}

test('a Node package: written, run, red on a slowdown', async () => {
  const repo = repository(NODE)
  const { code, stdout } = await init(repo.folder)
  expect(code).toBe(0)
  for (const file of WRITTEN) expect(stdout).toContain(`wrote ${file}`)
  expect(stdout).not.toContain('kept')
  const { code: verdict, report } = await judged(repo, { level: '125' })
  expect([verdict, report.verdict]).toEqual([1, 'fail'])
  expect(report.comparisons.filter((c) => c.verdict === 'regressed').map((c) => c.benchmark)).toContain(
    'bench',
  )
})

test('a package with a dependency is installed in both copies', async () => {
  const dependency = { name: 'level', version: '1.0.0', main: 'index.js' }
  const script = SCRIPT.replace(/^const level = .*$/m, "import level from 'level'")
  const lock = {
    name: 'x',
    lockfileVersion: 3,
    packages: {
      '': { name: 'x', dependencies: { level: 'file:level' } },
      level: { version: '1.0.0' },
      'node_modules/level': { resolved: 'level', link: true },
    },
  }
  const repo = repository({
    'package.json': JSON.stringify({
      name: 'x',
      scripts: { bench: 'node bench.mjs' },
      dependencies: { level: 'file:level' },
    }),
    'package-lock.json': JSON.stringify(lock),
    '.gitignore': 'node_modules\n',
    'level/package.json': JSON.stringify(dependency),
    'level/index.js': 'module.exports = 100\n',
    'bench.mjs': `${script}// JSON.stringify({ unit, values })\n`,
  })
  expect((await init(repo.folder)).code).toBe(0)
  expect(readFileSync(join(repo.folder, 'tailgate.yml'), 'utf8')).toContain('build: npm ci')
  const { report } = await judged(repo, { 'level/index.js': 'module.exports = 80\n' })
  expect(report.verdict).toBe('pass')
  // Each copy has the dependency as its own commit has it.
  expect(report.comparisons[0]!.change).toBeLessThan(-0.15)
})

test('vitest bench writes what is read, by the command that is written', async () => {
  const repo = repository({
    'package.json': JSON.stringify({ type: 'module', devDependencies: { vitest: '^4.1.0' } }),
    '.gitignore': 'node_modules\n',
    'src/sort.bench.ts':
      "import { bench } from 'vitest'\nbench('sort', () => { [3, 1, 2].sort() }, { time: 5, iterations: 5, warmupTime: 0, warmupIterations: 0 })\n",
  })
  // Only what npm would put there: nothing is downloaded in a test.
  symlinkSync(resolve(import.meta.dirname, '..', '..', 'node_modules'), join(repo.folder, 'node_modules'))
  repo.write({ '.gitignore': 'node_modules\n' })
  expect((await init(repo.folder)).code).toBe(0)
  const config = readFileSync(join(repo.folder, 'tailgate.yml'), 'utf8')
  const line = /^ {4}run: (.*)$/m.exec(config)![1]!
  const ran = spawnSync('sh', ['-c', line], { cwd: repo.folder, encoding: 'utf8', timeout: 50_000 })
  expect([ran.status, ran.stderr]).toEqual([0, expect.anything()])
  const output = /^ {4}output: (.*)$/m.exec(config)![1]!
  const { stdout } = await tailgate(['parse', output, '--format', 'vitest-bench', '--json'], {
    cwd: repo.folder,
  })
  expect(JSON.parse(stdout).results[0].benchmark).toBe('src/sort.bench.ts > sort')
})

test('a load script meets the service that package.json starts, on the port that is free', async () => {
  const repo = repository({
    'package.json': JSON.stringify({
      scripts: { start: 'node server.mjs', load: 'wrk -t1 -c1 $BASE_URL/pets' },
    }),
    'server.mjs':
      "import { createServer } from 'node:http'\ncreateServer((_, r) => r.end('ok')).listen(process.env.PORT)\n",
  })
  // The tool is not here: one that asks once, and prints what the real one printed.
  const output = resolve(
    import.meta.dirname,
    '..',
    '..',
    'fixtures',
    'formats',
    'wrk',
    'latency',
    'input.txt',
  )
  const bin = temporaryFolder()
  const wrk = `#!/usr/bin/env node
const { pathname } = new URL((await fetch(process.argv.at(-1))).url)
if (pathname !== '/pets') throw new Error(pathname)
process.stdout.write((await import('node:fs')).readFileSync(${JSON.stringify(output)}))
`
  writeFileSync(join(bin, 'wrk.mjs'), wrk)
  writeFileSync(join(bin, 'wrk'), `#!/bin/sh\nexec node ${join(bin, 'wrk.mjs')} "$@"\n`, { mode: 0o755 })
  expect((await init(repo.folder)).code).toBe(0)
  const PATH = `${bin}:${process.env.PATH ?? ''}`
  const { stdout } = await tailgate(['run', '--compare', 'none', '--json'], {
    cwd: repo.folder,
    env: { PATH },
  })
  const report = JSON.parse(stdout) as Report
  expect(report.failures).toEqual([])
  // Said of what wrk printed, so that was read.
  expect(report.warnings.map(({ code }) => code)).toContain('closed-loop')
})

const hasGo = spawnSync('go', ['version']).status === 0
test.skipIf(!hasGo)('a Go module runs (skipped where there is no go)', async () => {
  const repo = repository({
    'go.mod': 'module example.org/sum\n\ngo 1.20\n',
    'sum_test.go':
      'package sum\n\nimport "testing"\n\nfunc BenchmarkSum(b *testing.B) {\n\tn := 0\n\tfor i := 0; i < b.N; i++ {\n\t\tn += i\n\t}\n\t_ = n\n}\n',
  })
  expect((await init(repo.folder)).code).toBe(0)
  const { stdout } = await tailgate(['run', '--compare', 'none', '--json'], { cwd: repo.folder })
  expect(JSON.parse(stdout).failures).toEqual([])
})

test('nothing that is there is overwritten, unless it is asked for', async () => {
  const repo = repository({ ...NODE, 'tailgate.yml': 'mine\n' })
  const first = await init(repo.folder)
  expect(first.code).toBe(0)
  expect(first.stdout).toContain('kept tailgate.yml: it is there already')
  expect(readFileSync(join(repo.folder, 'tailgate.yml'), 'utf8')).toBe('mine\n')
  expect(existsSync(join(repo.folder, WRITTEN[1]!))).toBe(true)

  const second = await init(repo.folder)
  expect(second.code).toBe(2)
  expect(second.stderr).toMatch(
    /tailgate\.yml and \.github\/workflows\/tailgate\.yml are there already.*--force/,
  )

  expect((await init(repo.folder, '--force')).code).toBe(0)
  expect(readFileSync(join(repo.folder, 'tailgate.yml'), 'utf8')).toContain('npm run --silent bench')
})

test('--force replaces a link, and does not write through it', async () => {
  const repo = repository(NODE)
  const outside = join(temporaryFolder(), 'outside')
  writeFileSync(outside, 'not ours\n')
  symlinkSync(outside, join(repo.folder, 'tailgate.yml'))
  expect((await init(repo.folder, '--force')).code).toBe(0)
  expect(readFileSync(outside, 'utf8')).toBe('not ours\n')
})

test('--dry-run prints everything and writes nothing', async () => {
  const repo = repository(NODE)
  const { code, stdout } = await init(repo.folder, '--dry-run', '--fork-safe', '--release-gate')
  expect(code).toBe(0)
  for (const name of ['tailgate.yml', 'tailgate-report.yml', 'tailgate-release.yml'])
    expect(stdout).toContain(name)
  expect(repo.git('status', '--porcelain')).toBe('')
})

test('files go to the top of the repository, and the branch is the one that the remote calls its default', async () => {
  const repo = repository(NODE)
  repo.git('branch', '-m', 'trunk')
  const clone = join(temporaryFolder(), 'clone')
  repo.git('clone', '-q', repo.folder, clone)
  mkdirSync(join(clone, 'deep', 'down'), { recursive: true })
  expect((await init(join(clone, 'deep', 'down'))).code).toBe(0)
  expect(readFileSync(join(clone, WRITTEN[1]!), 'utf8')).toContain('branches: ["trunk"]')
})

test('outside of a repository, and in one without benchmarks, it says so', async () => {
  const outside = await init(temporaryFolder())
  expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining('not in a git repository')])
  const empty = await init(repository({ 'README.md': 'x' }).folder)
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('no benchmark was found')])
})
