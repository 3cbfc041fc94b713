/** Ignored paths (`carry: [node_modules]`) linked into the copies instead of being built there. */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  type Stats,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '../core/errors.ts'
import { tryGit } from './git.ts'

export interface Carrying {
  /** Paths relative to the config's folder. */
  readonly paths: readonly string[]
  /** Top of the user's working tree; the config's folder relative to it. */
  readonly top: string
  readonly prefix: string
  /** Tops of the copies. */
  readonly copies: readonly string[]
  /** The config file, for messages. */
  readonly place: string
  readonly warn: (line: string) => void
}

/** Throws UserError for a path that is outside, missing, or not ignored. */
export async function carryInto(job: Carrying): Promise<void> {
  const sources: string[] = []
  for (const path of job.paths) sources.push(await carried(job, path))
  for (const copy of job.copies) {
    for (const source of sources) {
      const inside = relative(job.top, source)
      const target = join(copy, inside)
      if (statOf(target) !== undefined) {
        job.warn(`carry: ${inside} is kept as ${basename(copy)} has it committed`)
        continue
      }
      mkdirSync(dirname(target), { recursive: true })
      link({ top: job.top, copy, sources }, source, target, 0)
    }
  }
}

async function carried(job: Carrying, path: string): Promise<string> {
  const told = { place: `${job.place}: carry` }
  const source = resolve(job.top, job.prefix, path)
  if (!isWithin(source, job.top) || source === job.top)
    throw new UserError(`${path} is not inside the repository`, {
      ...told,
      remedy: 'carry paths of the repository only',
    })
  if (statOf(source) === undefined)
    throw new UserError(`there is no ${path} to carry`, {
      ...told,
      remedy: 'build it first, for example by `npm ci`',
    })
  const ignored = await tryGit(job.top, ['check-ignore', '--quiet', '--', source])
  if (ignored.code !== 0)
    throw new UserError(`${path} is not ignored by git, so each copy has its own`, {
      ...told,
      remedy: 'take it out of `carry`',
    })
  return source
}

/** How deep links back into the repository are looked for: node_modules/@scope/package, node_modules/.bin/tool. */
const DEPTH = 2

interface Linking {
  readonly top: string
  readonly copy: string
  readonly sources: readonly string[]
}

/**
 * Links `source` as a whole, unless entries of it lead back into the repository, as those of workspace packages do: one
 * link to all would then run head's files on both sides, and find no difference. Such entries are made again to lead to
 * the same place within the copy.
 */
function link(job: Linking, source: string, target: string, depth: number): void {
  const stat = statOf(source)
  if (stat === undefined) return
  const back = stat.isSymbolicLink() ? leadsBack(job, source) : undefined
  if (back !== undefined) symlinkSync(relative(dirname(target), join(job.copy, back)), target, 'junction')
  else if (stat.isDirectory() && depth < DEPTH + 1 && hasLinkBack(job, source, depth)) {
    mkdirSync(target)
    for (const name of readdirSync(source)) link(job, join(source, name), join(target, name), depth + 1)
  } else symlinkSync(source, target, stat.isDirectory() ? 'junction' : 'file')
}

function hasLinkBack(job: Linking, folder: string, depth: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) return leadsBack(job, path) !== undefined
    return entry.isDirectory() && depth < DEPTH && hasLinkBack(job, path, depth + 1)
  })
}

/** The path within the repository that a link leads to, if it is one that the copies have of their own. */
function leadsBack(job: Linking, path: string): string | undefined {
  // Where it ends decides (through other links), where it points to is what is made again.
  let end: string
  try {
    end = realpathSync(path)
  } catch {
    return undefined // leads nowhere
  }
  const own = isWithin(end, job.top) && !job.sources.some((source) => isWithin(end, source))
  if (!own) return undefined
  const next = resolve(dirname(path), readlinkSync(path))
  return relative(job.top, isWithin(next, job.top) ? next : end)
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
