/** Commits that a shallow or partial checkout lacks. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import { git, reasonOf, tryGit } from './git.ts'

const DEEP = 'check out with `fetch-depth: 0` (actions/checkout), or run: git fetch --unshallow'

export async function isShallow(folder: string): Promise<boolean> {
  return (await git(folder, ['rev-parse', '--is-shallow-repository'])) === 'true'
}

/** Whether the commit and its tree are here. */
export async function hasCommit(folder: string, sha: string): Promise<boolean> {
  return (await tryGit(folder, ['cat-file', '-e', `${sha}^{tree}`])).code === 0
}

/** `origin`, or the only other there is. */
export async function remoteOf(folder: string): Promise<string | undefined> {
  const remotes = (await git(folder, ['remote'])).split('\n').filter(Boolean)
  return remotes.includes('origin') ? 'origin' : remotes[0]
}

/** What every fetch leaves alone: tags, submodules, refs, FETCH_HEAD. Only objects and the shallow limit change. */
const QUIET = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
  '--refmap=',
]

/** Makes sure that a commit is here: asks the remote for it by its sha if not. Throws UserError if it cannot be had. */
export async function ensureCommit(folder: string, sha: string, what: string): Promise<void> {
  if (await hasCommit(folder, sha)) return
  const remote = await remoteOf(folder)
  if (remote === undefined)
    throw new UserError(`${what} ${short(sha)} is not in this repository, which has no remote`, {
      remedy: DEEP,
    })
  // In a whole repository a depth would cut its history off at this commit.
  const depth = (await isShallow(folder)) ? ['--depth=1'] : []
  const told = await tryGit(folder, [...QUIET, ...depth, remote, sha])
  if (told.code !== 0 || !(await hasCommit(folder, sha)))
    throw new UserError(`${what} ${short(sha)} could not be fetched from ${remote}: ${reasonOf(told)}`, {
      remedy: DEEP,
    })
}

/** The sha of a branch or tag as the remote has it; undefined if it has none, or cannot be asked. */
export async function remoteCommit(folder: string, name: string): Promise<string | undefined> {
  const remote = await remoteOf(folder)
  if (remote === undefined) return undefined
  const told = await tryGit(folder, [
    'ls-remote',
    remote,
    `refs/heads/${name}`,
    `refs/tags/${name}^{}`,
    `refs/tags/${name}`,
  ])
  return told.code === 0 ? told.stdout.split('\t')[0] || undefined : undefined
}

/** The tip of the remote's default branch, and its name. */
export async function remoteHead(folder: string): Promise<{ commit: string; ref: string } | undefined> {
  const remote = await remoteOf(folder)
  if (remote === undefined) return undefined
  const told = await tryGit(folder, ['ls-remote', '--symref', remote, 'HEAD'])
  const ref = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(told.stdout)?.[1]
  const commit = /^([0-9a-f]+)\tHEAD$/m.exec(told.stdout)?.[1]
  return commit === undefined ? undefined : { commit, ref: ref === undefined ? remote : `${remote}/${ref}` }
}

/** Every tag of the remote by the sha of its commit. */
export async function remoteTags(folder: string): Promise<Map<string, string>> {
  const remote = await remoteOf(folder)
  const tags = new Map<string, string>()
  if (remote === undefined) return tags
  const told = await tryGit(folder, ['ls-remote', '--tags', remote])
  const byName = new Map<string, string>()
  for (const line of told.stdout.split('\n')) {
    const match = /^([0-9a-f]+)\trefs\/tags\/(.*?)(\^\{\})?$/.exec(line)
    // The peeled line of an annotated tag comes after the tag's own.
    if (match !== null) byName.set(match[2]!, match[1]!)
  }
  for (const [name, sha] of byName) tags.set(sha, name)
  return tags
}

/** Commits that each step adds to the history; the last takes all there is. */
const STEPS = ['--deepen=50', '--deepen=200', '--deepen=1000', '--unshallow']

/**
 * Deepens a shallow history step by step until `look` finds what it looks for. Undefined if it does not in the whole
 * history, or if nothing deeper can be fetched.
 */
export async function deepenUntil<T>(
  folder: string,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  let found = await look()
  const remote = await remoteOf(folder)
  for (const step of STEPS) {
    if (found !== undefined || remote === undefined || !(await isShallow(folder))) break
    // From the commits where the history ends: these the remote has, while HEAD may be a local one.
    const file = resolve(folder, await git(folder, ['rev-parse', '--git-path', 'shallow']))
    const ends = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    const told = await tryGit(folder, [...QUIET, step, remote, ...ends])
    if (told.code !== 0) break
    found = await look()
  }
  return found
}

export function short(sha: string): string {
  return sha.slice(0, 7)
}

/** The remedy for a history that is not here. */
export const FETCH_REMEDY = DEEP
