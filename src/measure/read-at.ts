/** A file as it was at a commit. */
import { posix } from 'node:path'
import { UserError } from '../core/errors.ts'
import { git } from './git.ts'

/** Links followed in a row before a loop is assumed. */
const LINKS = 5

/**
 * The text of the file at `path` (relative to the top of the repository, with slashes); undefined if that commit has
 * none. Throws UserError if it cannot be read, or is not a file.
 */
export async function readAt(
  folder: string,
  commit: string,
  path: string,
  links = LINKS,
): Promise<string | undefined> {
  const clean = posix.normalize(path)
  const listed = await git(folder, ['ls-tree', '-z', '--full-tree', commit, '--', `:(literal)${clean}`])
  const match = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(listed)
  if (match === null) return undefined
  const [, mode, type, sha] = match
  if (type !== 'blob') throw new UserError(`it is a folder at ${commit.slice(0, 7)}`, { place: path })
  const text = await git(folder, ['cat-file', 'blob', sha!], { exact: true })
  if (mode !== '120000') return text
  if (links === 0) throw new UserError(`its links lead in a circle at ${commit.slice(0, 7)}`, { place: path })
  return readAt(folder, commit, posix.join(posix.dirname(clean), text), links - 1)
}
