/** The release workflow: who may write, and which tag the major tag follows. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { run } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'
import { workflowFaults } from '../init/workflow-schema.ts'

const text = readFileSync(resolve(import.meta.dirname, '../../.github/workflows/release.yml'), 'utf8')
const { jobs } = parse(text) as {
  jobs: Record<
    string,
    { permissions: Record<string, string>; steps: { name?: string; uses?: string; run?: string }[] }
  >
}

test('GitHub takes it', async () => {
  expect(await workflowFaults('release.yml', text)).toEqual([])
})

test('the job that may write runs no code of the repository', () => {
  const { build, release } = jobs
  expect(build!.permissions).toEqual({ contents: 'read' })
  const lines = release!.steps.map(({ uses, run: line }) => uses ?? line ?? '')
  expect(lines.filter((line) => /checkout|\bnpm\b|\bnode\b/.test(line))).toEqual([])
})

/** The step with a `gh` that knows these tags, and no tag of the major version if that is not among them. */
async function majorTag(tag: string, tags: readonly string[]): Promise<string> {
  const folder = temporaryFolder()
  const gh = `#!/bin/sh
case "$*" in
  *matching-refs*) printf '%s\\n' ${tags.map((name) => `refs/tags/${name}`).join(' ')} ;;
  *PATCH*) ${tags.includes('v1') ? 'echo "$*" >> asked' : 'exit 1'} ;;
  *) echo "$*" >> asked ;;
esac
`
  writeFileSync(join(folder, 'gh'), gh)
  chmodSync(join(folder, 'gh'), 0o755)
  const step = jobs.release!.steps.find(({ name }) => name?.startsWith('The major tag'))!
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    GITHUB_REF_NAME: tag,
    GITHUB_SHA: 'abc',
    GH_REPO: 'acme/tailgate',
  }
  // As the runner starts it.
  const { code, stderr } = await run('bash', ['--noprofile', '--norc', '-e', '-c', step.run!], {
    cwd: folder,
    env,
  })
  expect([code, stderr]).toEqual([0, ''])
  return existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8') : ''
}

test('the major tag follows the newest release of its line, and nothing else', async () => {
  const tags = ['v1.2.0', 'v1.10.0', 'v1.11.0-rc.1', 'v1']
  expect(await majorTag('v1.10.0', tags)).toMatch(/^api -X PATCH \S+\/tags\/v1 -f sha=abc/)
  expect(await majorTag('v1.0.0', ['v1.0.0'])).toMatch(
    /^api -X POST \S+\/refs -f ref=refs\/tags\/v1 -f sha=abc/,
  )
  expect(await majorTag('v1.2.0', tags)).toBe('')
  expect(await majorTag('v1.11.0-rc.1', tags)).toBe('')
})
