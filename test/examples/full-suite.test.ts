/** A full suite as a pull request runs it: base from git and head, in turn, compared. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { type Files, type Repository, repository } from '../cli/repository.ts'

const example = resolve(import.meta.dirname, '../../examples/configuration-service')

interface Config {
  readonly benchmarks: readonly { readonly name: string }[]
  readonly suites: { readonly quick: { readonly set: object }; full: object }
}

/** The example with its full suite changed, on a branch with one commit after its base. */
function proposed(change: (suites: Config['suites']) => object, head: (files: Files) => Files): Repository {
  const files: Record<string, string> = Object.fromEntries(
    readdirSync(example).map((name) => [name, readFileSync(join(example, name), 'utf8')]),
  )
  const config = parse(files['tailgate.yml']!, { merge: true }) as Config
  config.suites.full = { ...config.suites.full, ...change(config.suites) }
  files['tailgate.yml'] = stringify(config, { aliasDuplicateObjects: false })
  const repo = repository(files)
  repo.git('checkout', '-q', '-b', 'proposal')
  repo.commit('a proposal', head(files))
  return repo
}

async function full({ folder }: Repository, ...args: readonly string[]) {
  const ran = await tailgate(['run', '--suite', 'full', '--base', 'main', '--json', ...args], { cwd: folder })
  return { ...ran, report: JSON.parse(ran.stdout || '{}') as Report }
}

// A machine that is busy with all other tests may be late, and again.
test('all benchmarks on both sides in turn, each judged', { retry: 2 }, async () => {
  const repo = proposed(
    ({ quick }) => ({
      rounds: { min: 2, max: 2, warmup: 0 },
      set: { ...quick.set, sustained: { load: { duration: '1s', warmup: 0 } } },
    }),
    () => ({ 'README.md': 'another page\n' }),
  )
  const { report, code, stderr } = await full(repo)
  expect(report.failures, stderr).toEqual([])
  const { benchmarks } = parse(readFileSync(join(repo.folder, 'tailgate.yml'), 'utf8')) as Config
  for (const { name } of benchmarks) {
    const own = report.comparisons.filter(({ benchmark }) => benchmark.split('/')[0] === name)
    expect([name, own.length > 0]).toEqual([name, true])
    for (const one of own) expect(one.rounds).toEqual({ base: 2, head: 2 })
  }
  // Two rounds are too few to call anything regressed, other than a count that gates nothing;
  // budgets may still be breached on a busy machine.
  expect(report.comparisons.filter((one) => one.gating && one.verdict === 'regressed')).toEqual([])
  expect(report.budgets.map(({ benchmark }) => benchmark)).toContain('crash/killed while writing')
  const exits: Partial<Record<Report['verdict'], number>> = { pass: 0, inconclusive: 0, fail: 1 }
  expect(code).toBe(exits[report.verdict])
})

test('what head has made slower is found in as many rounds as that takes', async () => {
  const repo = proposed(
    () => ({}),
    (files) => {
      const slower = files['config.mjs']!.replace("process.env.REGRESSED === '1'", 'true')
      expect(slower).not.toBe(files['config.mjs'])
      return { 'config.mjs': slower }
    },
  )
  const { report, code } = await full(repo, '--only', 'reads')
  const regressed = report.comparisons.filter(({ verdict }) => verdict === 'regressed')
  expect(regressed.map(({ benchmark }) => benchmark)).toContain('reads')
  expect(regressed[0]!.rounds.head).toBeLessThanOrEqual(14)
  expect([report.verdict, code]).toEqual(['fail', 1])
})
