/** The plan of this job, out of the inputs and the config file. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { loadBasePlan } from '../config/base-plan.ts'
import { planOfInputs } from '../config/inputs.ts'
import type { LoadOptions } from '../config/load.ts'
import { loadPlan } from '../config/load.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Shard } from '../core/shard.ts'
import { durationsOf, sharded, shardText } from '../core/shard.ts'
import { formats } from '../formats/registry.ts'
import { refuseOutside } from '../gate/inside.ts'
import { loadRun } from '../stores/run-file.ts'
import type { ActionInputs } from './inputs.ts'

export interface Planned {
  readonly plan: Plan
  /** The config's folder, absolute. */
  readonly folder: string
  readonly id: string
  /** Of the baselines: every shard keeps its own. */
  readonly baselineId: string
  /** With how the suite was split. */
  readonly shard?: Shard
  /** Reads base's config in the same way; not there where there is no config. */
  readonly planOf?: (text: string) => Plan
}

/** Throws UserError. `branch` is where the change goes to. */
export async function planOfAction(
  inputs: ActionInputs,
  workspace: string,
  branch: string | undefined,
): Promise<Planned> {
  const { config, suite, only, compare, threshold, failOn, store, single, shard, durations: file } = inputs
  const flags = { compare, threshold, failOn, store }
  const id = idOf(inputs)
  if (single !== undefined) {
    const plan = planOfInputs({ ...single, flags })
    await refuseOutside(plan, workspace)
    return { plan, folder: workspace, id, baselineId: id }
  }
  const options: LoadOptions = {
    suite,
    only,
    branch,
    flags,
    nameOf: (flag) => `input "${INPUT_NAMES[flag] ?? flag}"`,
    formats: formats.map((format) => format.name),
  }
  const whole = loadPlan(await readConfig(resolve(workspace, config), config), config, options)
  const planOf = (text: string): Plan => loadBasePlan(text, config, options, whole)
  const folder = resolve(workspace, dirname(config))
  await refuseOutside(whole, folder)
  if (shard === undefined) return { plan: whole, planOf, folder, id, baselineId: id }
  const durations = file === undefined ? undefined : durationsOf(await loadRun(resolve(workspace, file)))
  const mine = sharded(whole, planOf, { shard, place: 'input "shard"', durations })
  return { ...mine, folder, id, baselineId: `${id} ${shardText(shard)}` }
}

/** The same on the command line, so that both find the same baselines. */
export function idOf({ config, suite, id, single }: ActionInputs): string {
  return id ?? single?.name ?? (suite === undefined ? config : `${config}:${suite}`)
}

const INPUT_NAMES: Readonly<Record<string, string>> = { failOn: 'fail-on', store: 'baseline-store' }

async function readConfig(path: string, file: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new UserError('there is no such config', {
        place: file,
        remedy:
          'check the repository out first (actions/checkout), and name the file with the input `config`',
      })
    throw new UserError(`cannot be read: ${error.message}`, { place: file, cause: error })
  })
}
