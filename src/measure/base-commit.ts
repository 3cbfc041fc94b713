/** Which commit head is compared with, by what started the job. */
import { UserError } from '../core/errors.ts'
import { ensureCommit, short } from './fetch.ts'
import { git, tryGit } from './git.ts'
import { defaultBranch, lookUp, parentsOf, requireMergeBase } from './history.ts'
import { previousTag } from './previous-tag.ts'

/** What of a GitHub event tells the base. */
export type BaseEvent =
  | {
      readonly kind: 'pull_request'
      readonly baseSha: string
      readonly headSha?: string
      readonly baseRef?: string
    }
  | { readonly kind: 'merge_group'; readonly baseSha: string }
  | { readonly kind: 'push'; readonly before: string }
  | { readonly kind: 'tag' }

export interface BaseQuestion {
  /** A folder inside the repository. */
  readonly folder: string
  /** `--base`: a branch, tag or commit. Outweighs the event. */
  readonly base?: string
  readonly event?: BaseEvent
}

export interface BaseCommit {
  readonly commit: string
  /** The branch or tag that it was found by. */
  readonly ref?: string
  /** For people: `merge base of HEAD and origin/main`. */
  readonly how: string
}

/** Throws UserError with a remedy where no base can be told or fetched. */
export async function findBase(question: BaseQuestion): Promise<BaseCommit> {
  const { folder, base, event } = question
  await requireRepository(folder)
  const head = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).catch(
    (cause: unknown) => {
      throw new UserError('the repository has no commit yet', { remedy: 'commit first', cause })
    },
  )
  if (base !== undefined) return ofRef(folder, head, base)
  if (event === undefined) return ofDefaultBranch(folder, head)
  switch (event.kind) {
    case 'pull_request':
      return ofPullRequest(folder, head, event)
    case 'merge_group':
      await ensureCommit(folder, event.baseSha, 'the base of the merge group')
      return { commit: event.baseSha, how: 'base of the merge group' }
    case 'push':
      return ofPush(folder, head, event.before)
    case 'tag':
      return ofTag(folder, head)
  }
}

async function requireRepository(folder: string): Promise<void> {
  const told = await tryGit(folder, ['rev-parse', '--is-inside-work-tree'])
  if (told.code === 0 && told.stdout.trim() === 'true') return
  const owned = told.stderr.includes('dubious ownership')
  throw new UserError(
    owned ? 'git does not trust this folder: another user owns it' : `${folder} is not in a git repository`,
    {
      remedy: owned
        ? `run: git config --global --add safe.directory '${folder}'`
        : 'run it in a checkout, or use `compare: none`, `sides` or `history`',
    },
  )
}

async function firstParent(folder: string, head: string, why: string): Promise<BaseCommit> {
  const [parent] = await parentsOf(folder, head)
  if (parent === undefined)
    throw new UserError(`there is nothing to compare with: ${short(head)} is the first commit`, {
      remedy: 'use `compare: none`, or name a commit with --base',
    })
  await ensureCommit(folder, parent, 'the commit before HEAD')
  return { commit: parent, how: why }
}

async function ofRef(folder: string, head: string, name: string): Promise<BaseCommit> {
  const { commit: tip, ref } = await lookUp(folder, name)
  const commit = await requireMergeBase(folder, head, tip, ref)
  return {
    commit,
    ref,
    how: commit === head ? `${ref}, which is HEAD itself or ahead of it` : `merge base of HEAD and ${ref}`,
  }
}

async function ofDefaultBranch(folder: string, head: string): Promise<BaseCommit> {
  const { commit: tip, ref } = await defaultBranch(folder)
  const commit = await requireMergeBase(folder, head, tip, ref)
  if (commit !== head) return { commit, ref, how: `merge base of HEAD and ${ref}` }
  const changes = await git(folder, ['status', '--porcelain', '--ignore-submodules=none'])
  if (changes !== '')
    return {
      commit: head,
      ref,
      how: `HEAD: nothing is committed beyond ${ref}, so uncommitted changes are judged`,
    }
  return {
    ref,
    ...(await firstParent(folder, head, `commit before HEAD: nothing is committed beyond ${ref}`)),
  }
}

async function ofPullRequest(
  folder: string,
  head: string,
  event: Extract<BaseEvent, { kind: 'pull_request' }>,
): Promise<BaseCommit> {
  const parents = await parentsOf(folder, head)
  const merge = parents.length === 2 && (event.headSha === undefined || parents[1] === event.headSha)
  const named = event.baseRef === undefined ? {} : { ref: event.baseRef }
  if (merge)
    return {
      ...named,
      ...(await firstParent(folder, head, 'first parent of the merge commit of the pull request')),
    }
  await ensureCommit(folder, event.baseSha, 'the base of the pull request')
  const commit = await requireMergeBase(
    folder,
    head,
    event.baseSha,
    `the base of the pull request ${short(event.baseSha)}`,
  )
  return { ...named, commit, how: 'merge base of HEAD and the base of the pull request' }
}

/** A new branch has no commit before (all zeros), and a forced push may have left none that can be fetched. */
async function ofPush(folder: string, head: string, before: string): Promise<BaseCommit> {
  if (!/^0*$/.test(before)) {
    const there = await ensureCommit(folder, before, 'the commit before the push').then(
      () => true,
      () => false,
    )
    if (there) return { commit: before, how: 'commit before the push' }
  }
  return firstParent(folder, head, 'first parent of HEAD: the commit before the push is not known')
}

async function ofTag(folder: string, head: string): Promise<BaseCommit> {
  const tag = await previousTag(folder, head)
  if (tag === undefined)
    throw new UserError('there is no tag before this one', { remedy: 'name a commit with --base' })
  await ensureCommit(folder, tag.commit, `the tag ${tag.ref}`)
  return { ...tag, how: `previous tag ${tag.ref}` }
}
