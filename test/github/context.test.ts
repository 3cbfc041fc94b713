import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import {
  baseEventOf,
  baselineBranchOf,
  provenanceOf,
  readOnlyBecause,
  requireMeasurable,
  savesBaseline,
} from '../../src/github/circumstances.ts'
import { readContext } from '../../src/github/context.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)

function sample(name: string): string {
  return readFileSync(resolve(import.meta.dirname, '../../fixtures/github', `${name}.json`), 'utf8')
}

function contextOf(name: string, event: string, ref: string, env: Record<string, string | undefined> = {}) {
  return readContext(
    {
      GITHUB_EVENT_NAME: event,
      GITHUB_REPOSITORY: 'acme/widget',
      GITHUB_SHA: 'c'.repeat(40),
      GITHUB_REF: ref,
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_RUN_NUMBER: '5',
      GITHUB_WORKFLOW: 'Tailgate',
      GITHUB_ACTOR: 'alice',
      GITHUB_SERVER_URL: 'https://github.com',
      ...env,
    },
    sample(name),
  )
}

const PULL = 'refs/pull/7/merge'

test.each([
  {
    name: 'pull-request',
    event: 'pull_request',
    ref: PULL,
    base: { kind: 'pull_request', baseSha: A, headSha: B, baseRef: 'main' },
    branch: 'main',
    saves: false,
    readOnly: false,
  },
  {
    name: 'fork-pull-request',
    event: 'pull_request',
    ref: PULL,
    base: { kind: 'pull_request', baseSha: A, headSha: B, baseRef: 'main' },
    branch: 'main',
    saves: false,
    readOnly: true,
  },
  {
    name: 'deleted-fork-pull-request',
    event: 'pull_request',
    ref: PULL,
    base: { kind: 'pull_request', baseSha: A, headSha: B, baseRef: 'main' },
    branch: 'main',
    saves: false,
    readOnly: true,
  },
  {
    name: 'merge-group',
    event: 'merge_group',
    ref: `refs/heads/gh-readonly-queue/main/pr-7-${A}`,
    base: { kind: 'merge_group', baseSha: A },
    branch: 'main',
    saves: false,
    readOnly: false,
  },
  {
    name: 'push',
    event: 'push',
    ref: 'refs/heads/main',
    base: { kind: 'push', before: A },
    branch: 'main',
    saves: true,
    readOnly: false,
  },
  {
    name: 'push-new-branch',
    event: 'push',
    ref: 'refs/heads/feature/ärger',
    base: { kind: 'push', before: '0'.repeat(40) },
    branch: 'main',
    saves: false,
    readOnly: false,
  },
  {
    name: 'push-tag',
    event: 'push',
    ref: 'refs/tags/v1.2.0',
    base: { kind: 'tag' },
    branch: 'main',
    saves: false,
    readOnly: false,
  },
  {
    name: 'schedule',
    event: 'schedule',
    ref: 'refs/heads/main',
    base: undefined,
    branch: 'main',
    saves: true,
    readOnly: false,
  },
  {
    name: 'workflow-dispatch',
    event: 'workflow_dispatch',
    ref: 'refs/heads/topic',
    base: undefined,
    branch: 'main',
    saves: false,
    readOnly: false,
  },
])('$name: the base, the baseline and the rights', ({ name, event, ref, base, branch, saves, readOnly }) => {
  const context = contextOf(name, event, ref)
  expect(baseEventOf(context)).toEqual(base)
  expect(baselineBranchOf(context)).toBe(branch)
  expect(savesBaseline(context)).toBe(saves)
  expect(readOnlyBecause(context) !== undefined).toBe(readOnly)
  expect(() => requireMeasurable(context)).not.toThrow()
})

test('pull_request_target is refused, with what to use instead', () => {
  expect(() => contextOf('pull-request-target', 'pull_request_target', 'refs/heads/main')).toThrow(UserError)
})

test('nothing is measured in a workflow_run job', () => {
  const context = contextOf('workflow-run', 'workflow_run', 'refs/heads/main')
  expect(context.workflowRun).toMatchObject({ id: 30433642, headOwner: 'mallory', headRepositoryId: 99 })
  expect(() => requireMeasurable(context)).toThrow(/workflow_run/)
})

test('a baseline of another branch is saved on a push to that one only', () => {
  const push = contextOf('push', 'push', 'refs/heads/main')
  expect(savesBaseline(push, 'release/2')).toBe(false)
  expect(savesBaseline({ ...push, ref: 'refs/heads/release/2' }, 'release/2')).toBe(true)
  expect(baselineBranchOf(push, 'release/2')).toBe('release/2')
})

test.each(['issue_comment', 'workflow_run', 'repository_dispatch', 'delete'])('%s saves nothing', (event) => {
  const push = contextOf('push', 'push', 'refs/heads/main')
  expect(savesBaseline({ ...push, event })).toBe(false)
})

test('Dependabot may only read', () => {
  const context = contextOf('pull-request', 'pull_request', PULL, { GITHUB_ACTOR: 'dependabot[bot]' })
  expect(readOnlyBecause(context)).toContain('Dependabot')
})

test('provenance names the gate, the branch and the job', () => {
  const context = contextOf('push', 'push', 'refs/heads/main')
  expect(provenanceOf(context, 'tailgate.yml', 'main')).toEqual({
    repository: 'acme/widget',
    event: 'push',
    workflow: 'Tailgate',
    run: '42.2',
    id: 'tailgate.yml',
    branch: 'main',
  })
  expect(context.runUrl).toBe('https://github.com/acme/widget/actions/runs/42/attempts/2')
})

test('an event that was tampered with is refused with its place', () => {
  const options = JSON.parse(sample('pull-request')) as { pull_request: { head: { ref: string } } }
  options.pull_request.head.ref = '--upload-pack=evil'
  const env = {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: 'acme/widget',
    GITHUB_SHA: A,
    GITHUB_RUN_ID: '1',
    GITHUB_EVENT_PATH: 'event.json',
  }
  expect(() => readContext(env, JSON.stringify(options))).toThrow(
    expect.objectContaining({ line: 'event.json: $.pull_request.head.ref: is not the name of a branch' }),
  )
  expect(() => readContext(env, '{')).toThrow(UserError)
  expect(() => readContext({}, '{}')).toThrow(/not a job of GitHub Actions/)
})
