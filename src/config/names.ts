/** Names within a config that have to fit together. Each check throws UserError at the place of the one that does not. */
import { UserError } from '../core/errors.ts'
import { matchesName } from '../core/glob.ts'
import { suggestion } from './nearest.ts'
import type { Path } from './read.ts'
import type { Config } from './schema.ts'

type At = (path: Path) => string

/** Benchmarks have names of their own, and suites name no others. */
export function checkNames(config: Config, at: At): void {
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
  for (const [suite, { set, benchmarks }] of Object.entries(config.suites ?? {})) {
    for (const name of Object.keys(set ?? {}))
      if (!seen.has(name))
        throw new UserError(`no benchmark is named "${name}"`, {
          place: at(['suites', suite, 'set', name]),
          remedy: suggestion(name, known),
        })
    for (const [index, pattern] of (benchmarks ?? []).entries()) {
      const meant = pattern.replace(/^!/, '')
      if (!known.some((name) => matchesName(meant, name)))
        throw new UserError(`no benchmark matches "${meant}"`, {
          place: at(['suites', suite, 'benchmarks', index]),
          remedy: suggestion(meant, known),
        })
    }
  }
}

/** Formats are known to whoever reads them, not to the config. */
export function checkFormats(config: Config, known: readonly string[], at: At): void {
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
