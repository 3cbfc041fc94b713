/** Which benchmarks of a config a job measures. */
import { UserError } from '../core/errors.ts'
import { selects } from '../core/glob.ts'
import type { Declared } from './plan-of.ts'
import type { Path } from './read.ts'
import type { Config } from './schema.ts'

/** Throws UserError at `flag` for a suite that the config does not have. */
export function checkSuite(config: Config, name: string | undefined, flag: string): void {
  const known = Object.keys(config.suites ?? {})
  if (name === undefined || known.includes(name)) return
  const remedy = known.length === 0 ? 'the config has no suites' : `known: ${known.join(', ')}`
  throw new UserError(`no suite is named "${name}"`, { place: flag, remedy })
}

/** The benchmarks of a suite, or all, in the order of the file. */
export function declaredIn(
  config: Config,
  name: string | undefined,
  at: (path: Path) => string,
  lineOf: (path: Path) => number,
): readonly Declared[] {
  const suite = name === undefined ? undefined : config.suites?.[name]
  const declared = config.benchmarks.flatMap((benchmark, index): Declared[] => {
    if (!selects(suite?.benchmarks ?? [], benchmark.name)) return []
    const set = suite?.set ?? {}
    const path = ['benchmarks', index]
    return [
      {
        benchmark,
        set: Object.hasOwn(set, benchmark.name) ? set[benchmark.name] : undefined,
        place: at(path),
        line: lineOf(path),
      },
    ]
  })
  if (declared.length === 0)
    throw new UserError(`the suite "${name}" leaves out every benchmark`, {
      place: at(['suites', name!, 'benchmarks']),
    })
  return declared
}

/** Throws UserError at `flag` if the pattern means none. */
export function only(
  declared: readonly Declared[],
  pattern: string | undefined,
  flag: string,
): readonly Declared[] {
  if (pattern === undefined) return declared
  const chosen = declared.filter(({ benchmark }) => selects([pattern], benchmark.name))
  if (chosen.length > 0) return chosen
  const names = declared.map(({ benchmark }) => benchmark.name)
  throw new UserError(`no benchmark matches "${pattern}"`, {
    place: flag,
    remedy: `known: ${names.join(', ')}`,
  })
}
