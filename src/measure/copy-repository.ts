/** The `.git` of a copy: a repository of its own that borrows the objects of the user's, which it never writes to. */
import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { git } from './git.ts'

/**
 * Makes `target` (not there yet) a repository whose HEAD is `commit`, detached, with all branches and tags of `source`
 * by name, so that `git rev-parse` and `git describe` answer in it. No remotes and no settings: credentials that a
 * checkout action left in them stay behind. By hand, because `git clone --shared` refuses a shallow source.
 */
export async function initCopy(source: string, target: string, commit: string): Promise<void> {
  const path = async (name: string): Promise<string> =>
    resolve(source, await git(source, ['rev-parse', '--git-path', name]))
  const format = await git(source, ['rev-parse', '--show-object-format'])
  await git(source, ['init', '--quiet', '--template=', `--object-format=${format}`, target])
  const own = join(target, '.git')
  writeFileSync(join(own, 'objects', 'info', 'alternates'), `${await path('objects')}\n`)
  const shallow = await path('shallow')
  if (existsSync(shallow)) copyFileSync(shallow, join(own, 'shallow'))
  const refs = await git(source, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ])
  writeFileSync(join(own, 'packed-refs'), refs === '' ? '' : `${refs}\n`)
  writeFileSync(join(own, 'HEAD'), `${commit}\n`)
}
