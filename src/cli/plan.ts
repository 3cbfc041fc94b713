/** The plan of a command that reads a config, from its flags. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { loadBasePlan } from '../config/base-plan.ts'
import type { LoadOptions } from '../config/load.ts'
import { loadPlan } from '../config/load.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { durationsOf, parseShard, sharded } from '../core/shard.ts'
import { formats } from '../formats/registry.ts'
import { refuseOutside } from '../gate/inside.ts'
import { tryGit } from '../measure/git.ts'
import { loadRun } from '../stores/run-file.ts'

export interface PlanFlags {
  readonly config: string
  readonly suite?: string
  readonly only?: string
  readonly compare?: string
  readonly baseline?: string
  readonly threshold?: string
  readonly failOn?: string
  readonly rounds?: number
  readonly time?: string
  readonly profile?: boolean
  /** `2/8`. */
  readonly shard?: string
  /** A saved run whose seconds decide how the suite is split. */
  readonly durations?: string
}

export interface Planned {
  readonly plan: Plan
  /** The config's folder, absolute. */
  readonly folder: string
  /** Reads base's config under the same flags. */
  readonly planOf: (text: string) => Plan
}

/** Throws UserError with the place in the config. */
export async function readPlan(flags: PlanFlags): Promise<Planned> {
  const folder = resolve(dirname(flags.config))
  const branch = await branchOf(folder)
  const options = optionsOf(flags, branch)
  const text = await readFile(flags.config, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new UserError('there is no such config', { place: flags.config, remedy: 'name it with --config' })
    throw new UserError(`cannot be read: ${error.message}`, { place: flags.config, cause: error })
  })
  const whole = loadPlan(text, flags.config, options)
  await refuseOutside(whole, folder)
  const planOf = (before: string): Plan => loadBasePlan(before, flags.config, options, whole)
  if (flags.shard === undefined) return { plan: whole, folder, planOf }
  const place = '--shard'
  const durations = flags.durations === undefined ? undefined : durationsOf(await loadRun(flags.durations))
  return { ...sharded(whole, planOf, { shard: parseShard(flags.shard, place), place, durations }), folder }
}

/** The branch that is checked out, for `branches` of the config. */
async function branchOf(folder: string): Promise<string | undefined> {
  const told = await tryGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']).catch(() => undefined)
  return told?.code === 0 ? told.stdout.trim() : undefined
}

function optionsOf(flags: PlanFlags, branch: string | undefined): LoadOptions {
  const { suite, only, compare, threshold, failOn, rounds, time, profile, baseline } = flags
  const store = baseline === undefined ? undefined : resolve(baseline)
  return {
    suite,
    only,
    branch,
    flags: {
      compare,
      threshold,
      failOn,
      time,
      profile,
      store,
      rounds: rounds === undefined ? undefined : { max: rounds },
    },
    formats: formats.map((format) => format.name),
  }
}
