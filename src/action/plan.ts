/** The plan of this job, out of the inputs and the config file. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { planOfInputs } from '../config/inputs.ts'
import { loadPlan } from '../config/load.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { formats } from '../formats/registry.ts'
import type { ActionInputs } from './inputs.ts'

export interface Planned {
  readonly plan: Plan
  /** The config's folder, absolute. */
  readonly folder: string
  readonly id: string
  /** Reads base's config in the same way; not there where there is no config. */
  readonly planOf?: (text: string) => Plan
}

/** Throws UserError. `branch` is where the change goes to. */
export async function planOfAction(
  inputs: ActionInputs,
  workspace: string,
  branch: string | undefined,
): Promise<Planned> {
  const { config, suite, only, compare, threshold, failOn, store, single } = inputs
  const flags = { compare, threshold, failOn, store }
  if (single !== undefined)
    return { plan: planOfInputs({ ...single, flags }), folder: workspace, id: inputs.id ?? single.name }
  const planOf = (text: string): Plan =>
    loadPlan(text, config, {
      suite,
      only,
      branch,
      flags,
      nameOf: (flag) => `input "${INPUT_NAMES[flag] ?? flag}"`,
      formats: formats.map((format) => format.name),
    })
  return {
    plan: planOf(await readConfig(resolve(workspace, config), config)),
    planOf,
    folder: resolve(workspace, dirname(config)),
    id: inputs.id ?? idOf(inputs),
  }
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
