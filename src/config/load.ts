/** The text of a config file → the plan of one job. */
import { UserError } from '../core/errors.ts'
import { matchesName, selects } from '../core/glob.ts'
import type { Plan } from '../core/plan.ts'
import { checkConfig, placeText } from './check.ts'
import type { Flags } from './flags.ts'
import { settingsOfFlags } from './flags.ts'
import { layersOf } from './layers.ts'
import { suggestion } from './nearest.ts'
import type { Declared } from './plan-of.ts'
import { planOf } from './plan-of.ts'
import type { Path, Source } from './read.ts'
import { readYaml } from './read.ts'
import type { Config, Suite } from './schema.ts'

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

/** Throws UserError with the place in `file`, a path as people gave it. */
export function loadPlan(text: string, file: string, options: LoadOptions = {}): Plan {
  const source = readYaml(text, file)
  const config = checkConfig(source, file)
  const at = (path: Path) => placeText(file, source.placeOf(path))
  const nameOf = options.nameOf ?? ((flag) => `--${flag}`)
  checkNames(config, at)
  if (options.formats !== undefined) checkFormats(config, ['auto', ...options.formats], at)
  const suite = suiteOf(config, options.suite, nameOf('suite'))
  const declared = only(
    selected(config, suite, { source, file, name: options.suite }),
    options.only,
    nameOf('only'),
  )
  const flags = settingsOfFlags(options.flags ?? {}, nameOf)
  const layers = layersOf(config, { branch: options.branch, suite, flags })
  return planOf(declared, layers, { file, suite: options.suite })
}

function checkNames(config: Config, at: (path: Path) => string): void {
  const seen = new Map<string, number>()
  for (const [index, { name }] of config.benchmarks.entries()) {
    const first = seen.get(name)
    if (first !== undefined)
      throw new UserError(`a second benchmark is named "${name}"`, {
        place: at(['benchmarks', index, 'name']),
        remedy: `the first is at ${at(['benchmarks', first, 'name'])}`,
      })
    seen.set(name, index)
  }
  const known = [...seen.keys()]
  for (const [suite, { set }] of Object.entries(config.suites ?? {}))
    for (const name of Object.keys(set ?? {}))
      if (!seen.has(name))
        throw new UserError(`no benchmark is named "${name}"`, {
          place: at(['suites', suite, 'set', name]),
          remedy: suggestion(name, known),
        })
}

function checkFormats(config: Config, known: readonly string[], at: (path: Path) => string): void {
  const check = (format: string | undefined, path: Path) => {
    if (format !== undefined && !known.includes(format))
      throw new UserError(`no format is named "${format}"`, {
        place: at(path),
        remedy: suggestion(format, known),
      })
  }
  for (const [index, { format }] of config.benchmarks.entries())
    check(format, ['benchmarks', index, 'format'])
  for (const [suite, { set }] of Object.entries(config.suites ?? {}))
    for (const [name, { format }] of Object.entries(set ?? {}))
      check(format, ['suites', suite, 'set', name, 'format'])
}

function suiteOf(config: Config, name: string | undefined, flag: string): Suite | undefined {
  if (name === undefined) return undefined
  const suites = config.suites ?? {}
  if (Object.hasOwn(suites, name)) return suites[name]
  const known = Object.keys(suites)
  const remedy = known.length === 0 ? 'the config has no suites' : `known suites: ${known.join(', ')}`
  throw new UserError(`no suite is named "${name}"`, { place: flag, remedy })
}

/** The benchmarks of a suite in the order of the file. A pattern that means none is a mistake, not an empty wish. */
function selected(
  config: Config,
  suite: Suite | undefined,
  { source, file, name }: { source: Source; file: string; name: string | undefined },
): readonly Declared[] {
  const patterns = suite?.benchmarks ?? ['*']
  for (const [index, pattern] of patterns.entries()) {
    const meant = pattern.replace(/^!/, '')
    if (!config.benchmarks.some((benchmark) => matchesName(meant, benchmark.name)))
      throw new UserError(`no benchmark matches "${meant}"`, {
        place: placeText(file, source.placeOf(['suites', name!, 'benchmarks', index])),
        remedy: suggestion(
          meant,
          config.benchmarks.map((benchmark) => benchmark.name),
        ),
      })
  }
  const chosen = config.benchmarks.flatMap((benchmark, index): Declared[] => {
    if (!selects(patterns, benchmark.name)) return []
    const { line, column } = source.placeOf(['benchmarks', index])
    const set = suite?.set
    const mine = set !== undefined && Object.hasOwn(set, benchmark.name) ? set[benchmark.name] : undefined
    return [{ benchmark, set: mine, place: placeText(file, { line, column }), line }]
  })
  if (chosen.length === 0)
    throw new UserError(`the suite "${name}" leaves out every benchmark`, {
      place: placeText(file, source.placeOf(['suites', name!, 'benchmarks'])),
    })
  return chosen
}

function only(declared: readonly Declared[], pattern: string | undefined, flag: string): readonly Declared[] {
  if (pattern === undefined) return declared
  const chosen = declared.filter(({ benchmark }) => selects([pattern], benchmark.name))
  if (chosen.length > 0) return chosen
  const names = declared.map(({ benchmark }) => benchmark.name)
  throw new UserError(`no benchmark matches "${pattern}"`, {
    place: flag,
    remedy: `known: ${names.join(', ')}`,
  })
}
