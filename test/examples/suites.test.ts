/** The examples do what their pages say: green as they are, red as their regressed variant. */
import { cpSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'

const examples = resolve(import.meta.dirname, '../../examples')

/** What shows the regression, so that not all has to be measured again. */
const TELLING: Readonly<Record<string, string>> = {
  'agent-concurrency': 'limits',
  'audit-budget': 'budget check',
  'configuration-service': 'reads',
  registration: 'connections',
  'tool-server': 'search',
}

function copyOf(name: string): string {
  const folder = join(temporaryFolder(), name)
  cpSync(join(examples, name), folder, { recursive: true })
  return folder
}

const files = (folder: string) => readdirSync(folder, { recursive: true }).sort()

for (const [name, only] of Object.entries(TELLING)) {
  // A machine that is busy with all other tests may be late, and again.
  test(`${name}: its quick suite`, { retry: 2 }, async () => {
    const cwd = copyOf(name)
    const before = files(cwd)
    const { code, stdout, stderr } = await tailgate(['run', '--suite', 'quick', '--json'], { cwd })
    const report = JSON.parse(stdout || '{}') as Report
    expect(report.failures, stderr).toEqual([])
    expect(report.budgets?.filter(({ verdict }) => verdict !== 'met')).toEqual([])
    expect(report.readiness?.score).toBe(100)
    expect([report.verdict, code]).toEqual(['pass', 0])
    expect(files(cwd)).toEqual(before)
  })

  test(`${name}: REGRESSED=1 is red`, async () => {
    const { code, stdout } = await tailgate(['run', '--suite', 'quick', '--only', only, '--json'], {
      cwd: copyOf(name),
      env: { REGRESSED: '1' },
    })
    const report = JSON.parse(stdout) as Report
    expect(report.budgets.some((one) => one.benchmark === only && one.verdict === 'breached')).toBe(true)
    expect([report.verdict, code]).toEqual(['fail', 1])
  })

  test(`${name}: what its other suites would do can be told`, async () => {
    for (const suite of ['full', 'soak']) {
      const { code, stdout } = await tailgate(['run', '--suite', suite, '--dry-run'], { cwd: copyOf(name) })
      expect([code, stdout.includes('benchmark')]).toEqual([0, true])
    }
  })
}
