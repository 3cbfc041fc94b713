/** The user's working tree as it is now: changed, new and deleted files, all but what git ignores. */
import { constants, existsSync } from 'node:fs'
import { copyFile, lstat, mkdir, readlink, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../core/errors.ts'
import { initCopy } from './copy-repository.ts'
import { git, splitNul } from './git.ts'

/** Files copied at a time. */
const AT_ONCE = 16

/**
 * Copies the working tree whose top is `source` to `target` (not there yet), a repository of its own at the same HEAD.
 * Links stay links, modes stay, submodules that are there come along. Nothing is written to the source.
 */
export async function copyWorkingTree(source: string, target: string, signal: AbortSignal): Promise<void> {
  const head = await git(source, ['rev-parse', '--verify', 'HEAD^{commit}'])
  await initCopy(source, target, head)
  await git(target, ['-c', 'index.sparse=false', 'read-tree', head], { signal })
  const listed = await git(source, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  // A conflict lists a path once a stage; a repository inside that is no submodule has a slash at its end.
  const paths = [...new Set(splitNul(listed).map((path) => path.replace(/\/$/, '')))]
  const inner: string[] = []
  const queue = paths.values()
  const worker = async (): Promise<void> => {
    for (const path of queue) {
      signal.throwIfAborted()
      if ((await copyEntry(join(source, path), join(target, path))) === 'folder') inner.push(path)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  for (const path of inner) await copyInner(join(source, path), join(target, path), signal)
}

/** A submodule, or the empty folder of one that is not initialised. */
async function copyInner(source: string, target: string, signal: AbortSignal): Promise<void> {
  const repository = existsSync(join(source, '.git'))
  await mkdir(repository ? dirname(target) : target, { recursive: true })
  if (repository) await copyWorkingTree(source, target, signal)
}

/** One path of the list. Nothing where it has been deleted from the working tree. */
async function copyEntry(source: string, target: string): Promise<'copied' | 'folder' | 'absent'> {
  const stat = await lstat(source).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (stat === undefined) {
    if (source.includes('\ufffd')) throw notUtf8(source)
    return 'absent'
  }
  if (stat.isDirectory()) return 'folder'
  await mkdir(dirname(target), { recursive: true })
  if (stat.isSymbolicLink()) await symlink(await readlink(source), target)
  else if (stat.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE)
  return 'copied'
}

/** Such a name cannot be told from a deleted one by the text that stands for it; leaving it out would be silent. */
function notUtf8(path: string): UserError {
  return new UserError('the name of this file is not UTF-8', { place: path, remedy: 'rename it' })
}
