import { UserError } from './errors.ts'

/**
 * A text of the config with `${NAME}` replaced by the first of `sources` that has it. Throws UserError for a name that
 * none has: an empty port or token would be a wrong measurement.
 */
export function expand(
  text: string,
  ...sources: readonly Readonly<Record<string, string | undefined>>[]
): string {
  return text.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
    for (const source of sources) {
      const value = Object.hasOwn(source, name) ? source[name] : undefined
      if (value !== undefined) return value
    }
    throw new UserError(`nothing sets \${${name}}`, {
      remedy: 'set it in the environment, or name a service whose port it is',
    })
  })
}
