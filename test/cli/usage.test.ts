/** What people type, and what they are told where it cannot be done. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { CONFIG, measured, repository, temporaryFolder } from './repository.ts'

test.each([
  [
    ['run', '--rounds', '0'],
    "tailgate: option '--rounds <n>' argument '0' is invalid. expected a whole number",
  ],
  [['run', '--bogus'], "tailgate: unknown option '--bogus'"],
  [['compare', 'only-one'], "tailgate: missing required argument 'head'"],
  [['rum'], "tailgate: unknown command 'rum'\n(Did you mean run?)"],
])('%j is told as every error is, and is exit 2', async (args, message) => {
  const { code, stderr } = await tailgate(args, { cwd: temporaryFolder() })
  expect(stderr.startsWith(message), stderr).toBe(true)
  expect(code).toBe(2)
})

const writing = (path: string) =>
  `benchmarks:\n  - { name: a, run: "echo '{\\"unit\\":\\"ms\\",\\"value\\":1}' > $OUT", output: ${path} }\n`

test('an output that base and head would share is refused before anything is done', async () => {
  const files = { 'tailgate.yml': writing('../x'), 'bench/tailgate.yml': writing('../x') }
  const { folder } = repository({ ...files, 'carry.yml': `${CONFIG}carry: [../../x]\n` })
  for (const args of [['--dry-run'], ['--compare', 'none'], []]) {
    const { code, stderr, stdout } = await tailgate(['run', ...args], { cwd: folder })
    expect([args, code, stdout]).toEqual([args, 2, ''])
    expect(stderr).toMatch(
      /^tailgate: tailgate\.yml:2:\d+: `output`: \.\.\/x is not inside the repository \(base and head would share it/,
    )
  }
  const carry = await tailgate(['run', '--dry-run', '--config', 'carry.yml'], { cwd: folder })
  expect([carry.code, carry.stderr.split(' (')[0]]).toEqual([
    2,
    'tailgate: carry.yml: `carry`: ../../x is not inside the repository',
  ])
  // From a folder of the repository the way may lead up.
  const up = await tailgate(['run', '--dry-run', '--config', 'bench/tailgate.yml'], { cwd: folder })
  expect([up.code, up.stderr]).toEqual([0, ''])
})

test('what gives the same again has every flag that mattered', async () => {
  const { folder } = measured(100)
  const flags = ['--base', 'HEAD', '--rounds', '2', '--threshold', '7%', '--time', '1m', '--only', 'st*']
  const { stdout } = await tailgate(
    ['run', '--json', '--profile', ...flags, '--fail-on', 'regression,budget'],
    {
      cwd: folder,
    },
  )
  const { environment } = JSON.parse(stdout) as Report
  expect(environment.reproduce).toBe(
    "tailgate run --config tailgate.yml --only 'st*' --base HEAD --threshold 7% --fail-on regression,budget --rounds 2 --time 1m --profile",
  )
})

test('a saved run or report is no output, and no part twice', async () => {
  const { folder } = measured(100)
  const saved = ['--save', 'a.run', '--report', 'out']
  expect((await tailgate(['run', '--compare', 'none', ...saved], { cwd: folder })).code).toBe(0)
  const run = await tailgate(['parse', 'a.run'], { cwd: folder })
  expect([run.code, run.stderr]).toEqual([
    2,
    'tailgate: a.run: this is no output of a tool but a run that Tailgate has saved (tailgate report shows it, tailgate compare judges it against another)\n',
  ])
  const report = await tailgate(['parse', join('out', 'report.json')], { cwd: folder })
  expect([report.code, report.stderr]).toEqual([
    2,
    `tailgate: ${join('out', 'report.json')}: this is no output of a tool but a report that Tailgate has saved (tailgate report shows it)\n`,
  ])
  const merged = await tailgate(['merge', 'a.run', './a.run', '-o', 'all.run'], { cwd: folder })
  expect([merged.code, merged.stderr]).toEqual([
    2,
    'tailgate: ./a.run: has the same figures as a.run, to the last digit (name each part once)\n',
  ])
})

test('selftest in as many rounds as are asked for', async () => {
  const { folder } = measured(100)
  const { code, stdout } = await tailgate(['selftest', '--rounds', '9', '--mutate', '50', '--json'], {
    cwd: folder,
  })
  expect(JSON.parse(stdout)).toMatchObject({ rounds: 9 })
  expect([0, 1]).toContain(code)
})
