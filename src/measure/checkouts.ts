/** Base and head as sibling copies of equal path length: `…/tailgate-Ab12Cd/base` and `…/tailgate-Ab12Cd/head`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { carryInto } from './carry.ts'
import { checkOutCommit } from './checkout-commit.ts'
import { copyWorkingTree } from './copy-working-tree.ts'
import { git } from './git.ts'

export interface CheckoutsJob {
  /** The config's folder in the user's working tree. */
  readonly folder: string
  /** Undefined: head only. */
  readonly base?: string
  /** An existing folder to make the copies in. */
  readonly into: string
  readonly carry: readonly string[]
  /** The config file, for messages. */
  readonly place: string
  readonly warn: (line: string) => void
  readonly signal: AbortSignal
}

/** Folders that correspond to the config's folder. */
export interface Checkouts {
  readonly base?: string
  readonly head: string
}

/** The user's working tree and repository are read only. Throws UserError. */
export async function makeCheckouts(job: CheckoutsJob): Promise<Checkouts> {
  const top = await git(job.folder, ['rev-parse', '--show-toplevel'])
  const prefix = await git(job.folder, ['rev-parse', '--show-prefix'])
  const base = job.base === undefined ? undefined : join(job.into, 'base')
  const head = join(job.into, 'head')
  const { warn, signal } = job
  if (base !== undefined) await checkOutCommit({ source: top, commit: job.base!, target: base, warn, signal })
  await copyWorkingTree(top, head, signal)
  const copies = base === undefined ? [head] : [base, head]
  await carryInto({ paths: job.carry, top, prefix, copies, place: job.place, warn })
  // A folder that base has not got yet: its scripts are to fail there by themselves, and say why.
  const folders = copies.map((copy) => join(copy, prefix))
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  return base === undefined ? { head: folders[0]! } : { base: folders[0]!, head: folders[1]! }
}
