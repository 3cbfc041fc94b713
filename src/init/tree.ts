/** A repository as detectors see it: names of files, and texts on demand. */
import { lstatSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { UserError } from '../core/errors.ts'
import { tryGit } from '../measure/git.ts'

export interface Tree {
  /** Relative to the top, with `/`, sorted; nothing that git ignores. */
  readonly paths: readonly string[]
  /** Undefined where there is no such file, or none that is read: too large, a link. */
  text(path: string): string | undefined
}

/** A source that is looked into is no larger; lock files and data are. */
const LARGEST = 512 * 1024
/** Packages of others, kept in the repository: their benchmarks are not this repository's. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|venv|testdata|fixtures|__fixtures__)\//

/** The top of the repository that `folder` is in. Throws UserError outside of one. */
export async function topOf(folder: string): Promise<string> {
  const told = await tryGit(folder, ['rev-parse', '--show-toplevel'])
  if (told.code === 0 && told.stdout.trim() !== '') return told.stdout.trim()
  throw new UserError(`${folder} is not in a git repository`, {
    remedy: 'run it in a checkout, or first: git init',
  })
}

/** Files that git has or would add. Throws UserError where git cannot tell. */
export async function treeOf(top: string): Promise<Tree> {
  const told = await tryGit(top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  if (told.code !== 0) throw new UserError('git cannot list the files of this repository', { place: top })
  const paths = [...new Set(told.stdout.split('\0'))].filter((path) => path !== '' && !FOREIGN.test(path))
  return treeFrom(paths.sort(), (path) => readSmall(join(top, path)))
}

/** A tree of texts that are at hand. A name with a line end in it is left out: no line of a config could say it. */
export function treeFrom(all: readonly string[], read: (path: string) => string | undefined): Tree {
  const paths = all.filter((path) => !/[\u0000-\u001f\u007f]/.test(path))
  const there = new Set(paths)
  const known = new Map<string, string | undefined>()
  const text = (path: string): string | undefined => {
    const wanted = posix.normalize(path)
    if (!known.has(wanted)) known.set(wanted, there.has(wanted) ? read(wanted) : undefined)
    return known.get(wanted)
  }
  return { paths, text }
}

function readSmall(file: string): string | undefined {
  try {
    const stat = lstatSync(file)
    return stat.isFile() && stat.size <= LARGEST ? readFileSync(file, 'utf8') : undefined
  } catch {
    // Listed by git, and deleted since: not there.
    return undefined
  }
}

/** Paths whose file name matches, with their texts. */
export function filesNamed(tree: Tree, pattern: RegExp): { readonly path: string; readonly text: string }[] {
  return tree.paths.flatMap((path) => {
    if (!pattern.test(posix.basename(path))) return []
    const text = tree.text(path)
    return text === undefined ? [] : [{ path, text }]
  })
}

/** The folder of a path: `` for the top. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}
