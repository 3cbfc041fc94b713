/** The README does what it says: every line of its `sh` blocks runs in a clean clone with nothing installed. */
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { loadPlan } from '../src/config/load.ts'
import { run } from './bundle.ts'
import { temporaryFolder } from './cli/repository.ts'

const root = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    (match) => match[1]!,
  )
}

/** A clone of what is committed, with the bundle that these sources make. */
function cleanClone(): string {
  const folder = join(temporaryFolder(), 'clone')
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${root}`, folder])
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  cpSync(inject('bundle'), join(folder, 'dist'), { recursive: true })
  // What is being worked on is tested before it is committed.
  for (const folderOf of ['examples', 'README.md', 'tailgate.yml']) {
    cpSync(join(root, folderOf), join(folder, folderOf), {
      recursive: true,
      force: true,
      errorOnExist: false,
    })
  }
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const commands = blocks('sh')
  .flatMap((block) => block.trim().split('\n'))
  .filter((line) => !line.startsWith('npm '))

test('the first command does the main job and ends with a verdict table', async () => {
  expect(commands[0]).toMatch(/^node dist\/cli\.js run /)
  const { code, stdout } = await run('sh', ['-c', commands[0]!], { cwd: cleanClone() })
  expect(code).toBe(0)
  expect(stdout).toMatch(/invoice\s+p50/)
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^✅|^⚠️/)
})

test('the second installs and tests', () => {
  expect(blocks('sh')[1]!.trim()).toBe('npm cit')
})

// They measure for real: one in a hundred may cry wolf, as it says.
test.each(commands.slice(1))('%s', { retry: 1 }, async (line) => {
  const { code, stderr } = await run('sh', ['-c', line], { cwd: cleanClone() })
  expect([code, stderr.includes('fault of tailgate')]).toEqual([0, false])
})

test('its configs load, and its samples are what the reader takes', () => {
  for (const block of blocks('yaml'))
    expect(loadPlan(block, 'README.md').benchmarks.length).toBeGreaterThan(0)
  for (const block of blocks('yaml workflow')) expect(parse(block)).toHaveProperty('jobs')
  for (const block of blocks('json')) expect(JSON.parse(block)).toHaveProperty('values')
})

test('every command there is stands in the table', async () => {
  const { stdout } = await run('sh', ['-c', 'node dist/cli.js --help'], { cwd: cleanClone() })
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*\S {2,}\S/gm)]
    .map((match) => match[1]!)
    .filter((name) => name !== 'help')
  for (const name of listed) expect(readme).toContain(`\`tailgate ${name}`)
})
