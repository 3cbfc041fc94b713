/** A commit of the user's repository as a folder of files, without a trace in that repository. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { initCopy } from './copy-repository.ts'
import { ensureCommit } from './fetch.ts'
import { git, splitNul } from './git.ts'

export interface CommitCopy {
  /** Top folder of the user's working tree. */
  readonly source: string
  readonly commit: string
  /** Absolute path, not there yet. */
  readonly target: string
  readonly warn: (line: string) => void
  readonly signal: AbortSignal
}

/** Submodules come along where the user's working tree has them; throws UserError if one lacks the commit it needs. */
export async function checkOutCommit(copy: CommitCopy): Promise<void> {
  const { source, commit, target, signal } = copy
  await initCopy(source, target, commit)
  // The user's repository with an index and a working tree of the copy: its filters (LFS), its line ends, its sparse
  // patterns and its lazily fetched objects all apply as they did when the user checked out.
  const env = {
    GIT_DIR: await git(source, ['rev-parse', '--absolute-git-dir']),
    GIT_WORK_TREE: target,
    GIT_INDEX_FILE: join(target, '.git', 'index'),
  }
  await git(
    target,
    ['-c', 'index.sparse=false', 'read-tree', '-m', '-u', '--no-recurse-submodules', commit],
    { env, signal },
  )
  for (const { path, sha } of await gitlinks(source, commit)) {
    const sub = { source: join(source, path), commit: sha, target: join(target, path) }
    mkdirSync(sub.target, { recursive: true })
    if (!existsSync(join(sub.source, '.git'))) {
      copy.warn(
        `submodule ${path} is not initialised here: it is empty in the copies (git submodule update --init)`,
      )
      continue
    }
    await ensureCommit(sub.source, sha, `submodule ${path}: its commit`)
    await checkOutCommit({ ...copy, ...sub })
  }
}

/** The submodules of a commit. Entries of ls-tree: `mode type sha TAB path`. */
async function gitlinks(source: string, commit: string): Promise<{ path: string; sha: string }[]> {
  const listed = splitNul(await git(source, ['ls-tree', '-r', '-z', '--full-tree', commit]))
  return listed.flatMap((entry) => {
    const match = /^160000 commit ([0-9a-f]+)\t(.+)$/s.exec(entry)
    return match === null ? [] : [{ sha: match[1]!, path: match[2]! }]
  })
}
