/** From a plan to the folders that its scripts run in: copies made and built, or the working tree itself. */
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lineOf, UserError } from '../core/errors.ts'
import type { CompareMode, Plan } from '../core/plan.ts'
import type { Progress, Workplace } from '../gate.ts'
import { type BaseCommit, type BaseEvent, findBase } from './base-commit.ts'
import { build } from './build.ts'
import { makeCheckouts } from './checkouts.ts'
import { short } from './fetch.ts'
import { git, tryGit } from './git.ts'
import { readAt } from './read-at.ts'
import { temporaryFolder } from './removal.ts'

export interface PrepareJob {
  readonly plan: Plan
  /** Absolute path of the config's folder. */
  readonly folder: string
  /** `--base`. */
  readonly base?: string
  readonly event?: BaseEvent
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface Prepared {
  /** What `auto` has come to. */
  readonly mode: Exclude<CompareMode, 'auto'>
  readonly sides: { readonly base?: Workplace; readonly head: Workplace }
  /** Mode `base`: which commit, and how it was found. */
  readonly base?: BaseCommit
  /** Mode `base`: the text of the config file at base; undefined if base has none. */
  readonly basePlanText?: string
  /** Why `auto` did not come to `base`. */
  readonly noBase?: string
  /** For outputs. */
  readonly scratch: string
  /** Removes copies and scratch; also done when the process exits. */
  remove(): void
}

/**
 * Throws UserError if the base cannot be had (mode `base`), copied or built; nothing is left behind then. The working
 * tree serves itself in the modes `none` and `history`.
 */
export async function prepare(job: PrepareJob): Promise<Prepared> {
  const place = temporaryFolder()
  try {
    const scratch = join(place.path, 'scratch')
    mkdirSync(scratch)
    const made = await workplaces(job, place.path)
    const { build: line, ...rest } = made
    await build({ plan: job.plan, places: line, progress: job.progress, signal: job.signal, scratch })
    return { ...rest, scratch, remove: place.remove }
  } catch (error) {
    place.remove()
    throw error
  }
}

type Made = Omit<Prepared, 'scratch' | 'remove'> & {
  readonly build: readonly {
    readonly side?: 'base' | 'head'
    readonly name: string
    readonly folder: string
  }[]
}

async function workplaces(job: PrepareJob, into: string): Promise<Made> {
  const { plan } = job
  switch (plan.compare) {
    case 'base':
      return againstBase(job, into, await findBase(job))
    case 'sides':
      return twoSides(job, into)
    case 'auto': {
      const found = await findBase(job).catch((error: unknown) => {
        // A base that somebody named is not to be looked for elsewhere.
        if (error instanceof UserError && job.base === undefined) return error
        throw error
      })
      if (!(found instanceof UserError)) return againstBase(job, into, found)
      job.progress.warn(`no base to measure here: ${lineOf(found)}`)
      return { ...(await inPlace(job, 'history')), noBase: lineOf(found) }
    }
    default:
      return inPlace(job, plan.compare)
  }
}

async function againstBase(job: PrepareJob, into: string, base: BaseCommit): Promise<Made> {
  const { plan, folder, progress, signal } = job
  progress.say(`base ${short(base.commit)}: ${base.how}`)
  const checkouts = await makeCheckouts({
    folder,
    base: base.commit,
    into,
    carry: plan.carry,
    place: plan.file,
    warn: (line) => progress.warn(line),
    signal,
  })
  const prefix = await git(folder, ['rev-parse', '--show-prefix'])
  const basePlanText = await readAt(folder, base.commit, `${prefix}${basename(plan.file)}`)
  const ref = base.ref === undefined ? {} : { ref: base.ref }
  const head = await headState(folder)
  return {
    mode: 'base',
    base,
    ...(basePlanText === undefined ? {} : { basePlanText }),
    sides: {
      base: { side: 'base', folder: checkouts.base!, commit: base.commit, ...ref, env: {} },
      head: { side: 'head', folder: checkouts.head, ...head, env: {} },
    },
    build: [
      { side: 'base', name: `base ${short(base.commit)}`, folder: checkouts.base! },
      { side: 'head', name: 'head', folder: checkouts.head },
    ],
  }
}

/** One copy of the working tree under two environments. */
async function twoSides(job: PrepareJob, into: string): Promise<Made> {
  const { plan, folder, progress, signal } = job
  const inside = await tryGit(folder, ['rev-parse', '--show-toplevel'])
  const warn = (line: string): void => progress.warn(line)
  const here = inside.code === 0 ? await headState(folder) : {}
  let copy = folder
  if (here.commit === undefined)
    warn(`${folder} is not in a git repository with a commit: its scripts run in place`)
  else copy = (await makeCheckouts({ folder, into, carry: plan.carry, place: plan.file, warn, signal })).head
  const side = (name: 'base' | 'head'): Workplace => ({
    side: name,
    folder: copy,
    ...here,
    env: plan.sides?.[name] ?? {},
  })
  return {
    mode: 'sides',
    sides: { base: side('base'), head: side('head') },
    build: [{ name: 'working tree', folder: copy }],
  }
}

async function inPlace(job: PrepareJob, mode: 'none' | 'history'): Promise<Made> {
  const head: Workplace = { side: 'head', folder: job.folder, ...(await headState(job.folder)), env: {} }
  return { mode, sides: { head }, build: [{ side: 'head', name: 'working tree', folder: job.folder }] }
}

/** Commit, branch and cleanness of the working tree, as far as there are any. */
async function headState(folder: string): Promise<Pick<Workplace, 'commit' | 'ref' | 'dirty'>> {
  const commit = await tryGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  if (commit.code !== 0) return {}
  const ref = await tryGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  const changes = await tryGit(folder, ['status', '--porcelain'])
  return {
    commit: commit.stdout.trim(),
    ...(ref.code === 0 ? { ref: ref.stdout.trim() } : {}),
    ...(changes.stdout === '' ? {} : { dirty: true }),
  }
}
