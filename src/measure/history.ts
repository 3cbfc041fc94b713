/** Questions to the history of a repository that may be shallow: names, parents, merge bases. */
import { UserError } from '../core/errors.ts'
import { deepenUntil, ensureCommit, FETCH_REMEDY, isShallow, remoteCommit, remoteHead } from './fetch.ts'
import { git, tryGit } from './git.ts'

/** A commit, and the name that it was found by. */
export interface Named {
  readonly commit: string
  readonly ref: string
}

/** The parents as the commit itself names them: a shallow limit hides them from `HEAD^`. */
export async function parentsOf(folder: string, commit: string): Promise<string[]> {
  const text = await git(folder, ['cat-file', 'commit', commit])
  const header = text.slice(0, text.indexOf('\n\n'))
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!)
}

export async function resolveName(folder: string, name: string): Promise<string | undefined> {
  const told = await tryGit(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ])
  return told.code === 0 ? told.stdout.trim() : undefined
}

/** A commit by any name a person gives it, also of a branch that only the remote has. */
export async function lookUp(folder: string, name: string): Promise<Named> {
  for (const ref of [name, `origin/${name}`]) {
    const commit = await resolveName(folder, ref)
    if (commit !== undefined) return { commit, ref }
  }
  const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(name) ? name : await remoteCommit(folder, name)
  if (commit === undefined)
    throw new UserError(`there is no branch, tag or commit ${JSON.stringify(name)} here or on the remote`, {
      remedy: 'name another with --base',
    })
  await ensureCommit(folder, commit, 'the base')
  return { commit, ref: name }
}

/** The default branch under the names that it usually has, the remote's word first. */
export async function defaultBranch(folder: string): Promise<Named> {
  const told = await tryGit(folder, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])
  const configured = await tryGit(folder, ['config', '--get', 'init.defaultBranch'])
  const names = [
    told.stdout.trim(),
    'origin/main',
    'origin/master',
    'main',
    'master',
    configured.stdout.trim(),
  ]
  for (const ref of names.filter(Boolean)) {
    const commit = await resolveName(folder, ref)
    if (commit !== undefined) return { commit, ref }
  }
  // A clone of one branch only.
  const remote = await remoteHead(folder)
  if (remote !== undefined) {
    await ensureCommit(folder, remote.commit, 'the tip of the default branch')
    return remote
  }
  throw new UserError('the default branch cannot be told', { remedy: 'name the base with --base' })
}

async function mergeBase(folder: string, head: string, other: string): Promise<string | undefined> {
  return deepenUntil(folder, async () => {
    const told = await tryGit(folder, ['merge-base', head, other])
    return told.code === 0 ? told.stdout.trim() : undefined
  })
}

export async function requireMergeBase(
  folder: string,
  head: string,
  other: string,
  name: string,
): Promise<string> {
  const commit = await mergeBase(folder, head, other)
  if (commit !== undefined) return commit
  throw new UserError(`HEAD and ${name} have no common ancestor here`, {
    remedy: (await isShallow(folder)) ? FETCH_REMEDY : 'name a commit with --base',
  })
}
