import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { type BaseQuestion, findBase } from '../../src/measure/base-commit.ts'
import { commit, folder, git, repository, snapshot, write } from './sandbox.ts'

const ZEROS = '0'.repeat(40)

function base(root: string, more: Omit<BaseQuestion, 'folder'> = {}): ReturnType<typeof findBase> {
  return findBase({ folder: root, ...more })
}

function clone(root: string, ...args: string[]): string {
  const target = join(folder(), 'clone')
  execFileSync('git', ['clone', '-q', ...args, `file://${root}`, target], { stdio: 'ignore' })
  return target
}

/** main: 1 - 2 - 4; topic: 2 - 3; each with its sha. */
function forked(): { root: string; one: string; two: string; three: string; four: string } {
  const root = repository({ 'a.txt': '1' })
  const one = git(root, 'rev-parse', 'HEAD')
  const two = commit(root, { 'a.txt': '2' })
  git(root, 'switch', '-q', '-c', 'topic')
  const three = commit(root, { 'b.txt': '3' })
  git(root, 'switch', '-q', 'main')
  const four = commit(root, { 'a.txt': '4' })
  git(root, 'switch', '-q', 'topic')
  return { root, one, two, three, four }
}

async function line(found: Promise<unknown>): Promise<string> {
  const error = await found.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).line
}

test('on a branch: the merge base with the default branch, or with --base', async () => {
  const { root, one, two } = forked()
  const before = snapshot(root)
  expect(await base(root)).toEqual({ commit: two, ref: 'main', how: 'merge base of HEAD and main' })
  expect(await base(root, { base: 'main' })).toMatchObject({ commit: two, ref: 'main' })
  expect(await base(root, { base: one })).toMatchObject({ commit: one })
  expect(await base(root, { base: 'HEAD~1' })).toMatchObject({ commit: two })
  expect(snapshot(root)).toBe(before)
  expect(await line(base(root, { base: 'mian' }))).toMatch(/no branch, tag or commit "mian".*--base/)
  expect(await line(base(root, { base: '--output=x' }))).toMatch(/no branch, tag or commit/)
})

test('on the default branch: uncommitted changes against HEAD, else HEAD against the commit before', async () => {
  const { root, two, four } = forked()
  git(root, 'switch', '-q', 'main')
  expect(await base(root)).toMatchObject({ commit: two, how: expect.stringContaining('commit before HEAD') })
  write(root, { 'new.txt': 'n' })
  expect(await base(root)).toMatchObject({
    commit: four,
    how: expect.stringContaining('uncommitted changes'),
  })
  // Ahead of the remote's: all that has not been pushed.
  const copy = clone(root)
  git(copy, 'switch', '-q', 'main')
  commit(copy, { 'a.txt': '5' })
  expect(await base(copy)).toMatchObject({ commit: four, ref: 'origin/main' })
})

test('what cannot be: no repository, no commit, a first commit, unrelated histories', async () => {
  expect(await line(base(folder()))).toMatch(/is not in a git repository/)
  const empty = folder()
  git(empty, 'init', '-q')
  expect(await line(base(empty))).toMatch(/no commit yet/)
  const single = repository({ 'a.txt': '1' })
  expect(await line(base(single))).toMatch(/is the first commit/)
  git(single, 'switch', '-q', '--orphan', 'other')
  commit(single, { 'b.txt': '1' })
  expect(await line(base(single))).toMatch(/no common ancestor/)
})

test('pull request: the first parent of the merge commit, which a shallow checkout lacks', async () => {
  const { root, two, three, four } = forked()
  git(root, 'switch', '-q', '--detach', 'main')
  git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic')
  git(root, 'update-ref', 'refs/heads/pull', 'HEAD')
  const event = { kind: 'pull_request', baseSha: two, headSha: three, baseRef: 'main' } as const
  const expected = { commit: four, ref: 'main', how: 'first parent of the merge commit of the pull request' }
  expect(await base(root, { event })).toEqual(expected)
  const shallow = clone(root, '--depth=1', '--branch=pull')
  expect(await base(shallow, { event })).toEqual(expected)
  expect(git(shallow, 'show', `${four}:a.txt`)).toBe('4')
  // No refs, no working tree change: only objects came.
  expect(git(shallow, 'for-each-ref', '--format=%(refname)')).not.toMatch(/main/)
  expect(git(shallow, 'status', '--porcelain')).toBe('')
})

test('pull request whose own head is checked out: the merge base, deepened step by step', async () => {
  const root = repository({ 'a.txt': '0' })
  const fork = git(root, 'rev-parse', 'HEAD')
  git(root, 'switch', '-q', '-c', 'topic')
  for (let i = 0; i < 60; i++) git(root, 'commit', '-q', '--allow-empty', '-m', `t${i}`)
  const headSha = git(root, 'rev-parse', 'HEAD')
  git(root, 'switch', '-q', 'main')
  const baseSha = commit(root, { 'a.txt': '1' })
  const shallow = clone(root, '--depth=1', '--branch=topic')
  const event = { kind: 'pull_request', baseSha, headSha } as const
  expect(await base(shallow, { event })).toMatchObject({ commit: fork })
  // The same without an event: the default branch is only on the remote.
  const again = clone(root, '--depth=1', '--branch=topic')
  expect(await base(again)).toMatchObject({ commit: fork })
  // A local commit that the remote has never seen.
  const local = clone(root, '--depth=1', '--branch=topic')
  git(local, 'commit', '-q', '--allow-empty', '-m', 'local')
  expect(await base(local, { event })).toMatchObject({ commit: fork })
  // The remote is gone.
  const cut = clone(root, '--depth=1', '--branch=topic')
  git(cut, 'remote', 'set-url', 'origin', '/nowhere')
  expect(await line(base(cut, { event }))).toMatch(/could not be fetched from origin: .*fetch-depth: 0/)
  git(cut, 'remote', 'remove', 'origin')
  expect(await line(base(cut, { event }))).toMatch(/has no remote.*fetch-depth: 0/)
})

test('merge queue and push: the commit that the event names, fetched if need be', async () => {
  const { root, one, two, four } = forked()
  git(root, 'switch', '-q', 'main')
  const shallow = (): string => clone(root, '--depth=1')
  expect(await base(shallow(), { event: { kind: 'merge_group', baseSha: one } })).toMatchObject({
    commit: one,
  })
  const push = (before: string): ReturnType<typeof findBase> =>
    base(shallow(), { event: { kind: 'push', before } })
  expect(await push(one)).toEqual({ commit: one, how: 'commit before the push' })
  expect(await push(ZEROS)).toMatchObject({ commit: two, how: expect.stringContaining('first parent') })
  expect(await push('1'.repeat(40))).toMatchObject({ commit: two })
  expect(await line(base(shallow(), { event: { kind: 'merge_group', baseSha: '1'.repeat(40) } }))).toMatch(
    /the base of the merge group 1111111 could not be fetched/,
  )
  // --base outweighs the event.
  expect(await base(root, { base: 'HEAD~1', event: { kind: 'push', before: four } })).toMatchObject({
    commit: two,
  })
})

test('tag: the tag before it, also where a shallow checkout has neither tags nor history', async () => {
  const { root, one, two } = forked()
  git(root, 'switch', '-q', 'main')
  git(root, 'tag', 'v1', one)
  git(root, 'tag', '-a', '-m', 'two', 'v2', two)
  git(root, 'tag', 'v3')
  const event = { kind: 'tag' } as const
  expect(await base(root, { event })).toEqual({ commit: two, ref: 'v2', how: 'previous tag v2' })
  const shallow = clone(root, '--depth=1', '--branch=v3', '--no-tags')
  expect(await base(shallow, { event })).toEqual({ commit: two, ref: 'v2', how: 'previous tag v2' })
  expect(git(shallow, 'tag')).toBe('v3')
  git(root, 'tag', '-d', 'v1', 'v2')
  expect(await line(base(root, { event }))).toMatch(/no tag before this one/)
})

test('a whole clone of one branch stays whole when the base is fetched', async () => {
  const { root, two, four } = forked()
  const single = clone(root, '--single-branch', '--branch=topic')
  expect(await base(single, { event: { kind: 'merge_group', baseSha: four } })).toMatchObject({
    commit: four,
  })
  expect(git(single, 'rev-parse', '--is-shallow-repository')).toBe('false')
  const event = { kind: 'pull_request', baseSha: four } as const
  expect(await base(single, { event })).toMatchObject({ commit: two })
  expect(git(single, 'rev-parse', '--is-shallow-repository')).toBe('false')
  rmSync(root, { recursive: true })
  expect(await base(single, { event })).toMatchObject({ commit: two })
})
