import picomatch from 'picomatch'

const compiled = new Map<string, (name: string) => boolean>()
/** A config has tens of patterns; the limit only keeps a long-lived process from growing. */
const MOST_COMPILED = 500

/** `*` also crosses slashes: names such as `json/parse` are no paths, and `json*` is meant to cover them. */
function matcher(pattern: string): (name: string) => boolean {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  const matches = picomatch(pattern, {
    bash: true,
    dot: true,
    windows: false,
    noextglob: true,
    nonegate: true,
  })
  compiled.set(pattern, matches)
  return matches
}

/**
 * Whether a benchmark's name is meant by a pattern. The name itself always is, so that `load[connections=5]` need not be
 * escaped.
 */
export function matchesName(pattern: string, name: string): boolean {
  return pattern === name || (pattern !== '' && matcher(pattern)(name))
}

/** Whether any of the patterns means the name and none of those that begin with `!` does. */
export function selects(patterns: readonly string[], name: string): boolean {
  const refused = patterns.filter((pattern) => pattern.startsWith('!'))
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'))
  if (refused.some((pattern) => matchesName(pattern.slice(1), name))) return false
  return wanted.length === 0 || wanted.some((pattern) => matchesName(pattern, name))
}

/** Branch patterns are GitHub's: `release/*` does not cross a slash, `release/**` does. */
export function matchesBranch(pattern: string, branch: string): boolean {
  return (
    pattern === branch ||
    (pattern !== '' && picomatch(pattern, { dot: true, windows: false, noextglob: true })(branch))
  )
}
