/** The text of a config file → the plan of one job. */
import type { Plan } from '../core/plan.ts'
import { checkConfig, placeText, whereIn } from './check.ts'
import type { Flags } from './flags.ts'
import { settingsOfFlags } from './flags.ts'
import { layersOf } from './layers.ts'
import { checkFormats, checkNames } from './names.ts'
import { planOf } from './plan-of.ts'
import type { Path } from './read.ts'
import { readYaml } from './read.ts'
import { checkSuite, declaredIn, only } from './selection.ts'
import { servicesOf } from './services-of.ts'

export interface LoadOptions {
  /** Name of a suite of the config. */
  readonly suite?: string | undefined
  /** Pattern of declared benchmarks. */
  readonly only?: string | undefined
  /** The branch that the change goes to, for `branches`. */
  readonly branch?: string | undefined
  readonly flags?: Flags | undefined
  /** What messages call a flag: `--threshold` unless told. */
  readonly nameOf?: ((flag: string) => string) | undefined
  /** Names of the formats there are, besides `auto`; unless told, any name will do. */
  readonly formats?: readonly string[] | undefined
}

/** Throws UserError with the place in `file`, a path as people gave it, or with the flag that is wrong. */
export function loadPlan(text: string, file: string, options: LoadOptions = {}): Plan {
  const { suite, branch } = options
  const nameOf = options.nameOf ?? ((flag) => `--${flag}`)
  const source = readYaml(text, file)
  const config = checkConfig(source.value, whereIn(source, file))
  const at = (path: Path) => placeText(file, source.placeOf(path))
  checkNames(config, at)
  if (options.formats !== undefined) checkFormats(config, ['auto', ...options.formats], at)
  checkSuite(config, suite, nameOf('suite'))
  const lineOf = (path: Path) => source.placeOf(path).line
  const declared = only(declaredIn(config, suite, at, lineOf), options.only, nameOf('only'))
  const settings = settingsOfFlags(options.flags ?? {}, nameOf)
  const layers = layersOf({ config, suite, branch, flags: { settings, placeOf: nameOf }, at })
  return planOf(declared, layers, { file, suite, services: servicesOf(config, at) })
}
