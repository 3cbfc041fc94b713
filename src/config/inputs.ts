/** One benchmark without a config file, from the inputs of an action. */
import type { Plan } from '../core/plan.ts'
import type { Where } from './check.ts'
import { checkConfig } from './check.ts'
import type { Flags } from './flags.ts'
import { settingsOfFlags } from './flags.ts'
import { layersOf } from './layers.ts'
import { planOf } from './plan-of.ts'

export interface Inputs {
  readonly name: string
  readonly run: string
  readonly format?: string | undefined
  readonly output?: string | undefined
  readonly timeout?: string | undefined
  readonly build?: string | undefined
  readonly budgets?: readonly string[] | undefined
  readonly flags?: Flags | undefined
}

/** What stands for a config's path where there is none. */
const FILE = 'inputs'

const input = (key: string) => `input "${key}"`
const nowhere = { line: 1, column: 1 }
const WHERE: Where = {
  placeOf: () => nowhere,
  keyPlaceOf: () => nowhere,
  told: (_, path) => input(String(path.findLast((step) => typeof step === 'string') ?? 'run')),
}

/** Throws UserError that names the input. */
export function planOfInputs({ flags = {}, build, ...inputs }: Inputs): Plan {
  const told = Object.entries(inputs).filter(([, value]) => value !== undefined)
  const benchmarks = [Object.fromEntries(told)]
  const config = checkConfig({ benchmarks, ...(build === undefined ? {} : { build }) }, WHERE)
  const declared = config.benchmarks.map((benchmark) => ({
    benchmark,
    set: undefined,
    place: input('run'),
    line: nowhere.line,
  }))
  const layer = { settings: settingsOfFlags(flags, input), placeOf: input }
  return planOf(declared, layersOf({ config, flags: layer, at: (path) => input(String(path.at(-1))) }), {
    file: FILE,
  })
}
