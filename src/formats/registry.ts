import { UserError } from '../core/errors.ts'
import type { Format } from './format.ts'
import * as all from './index.ts'
import { glimpse } from './json.ts'
import { unixText } from './parse.ts'

/** Every format, by name. */
export const formats: readonly Format[] = Object.values(all).toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** Throws UserError with the nearest known name. */
export function formatNamed(name: string): Format {
  const found = formats.find((format) => format.name === name)
  if (found !== undefined) return found
  const nearest = formats
    .map((format) => ({
      name: format.name,
      edits: editsBetween(name.toLowerCase(), format.name.toLowerCase()),
    }))
    .toSorted((a, b) => a.edits - b.edits)[0]
  const hint = nearest !== undefined && nearest.edits <= 3 ? `did you mean "${nearest.name}"? ` : ''
  throw new UserError(`there is no format ${glimpse(name)}`, {
    remedy: `${hint}known are auto, ${formats.map((format) => format.name).join(', ')}`,
  })
}

/**
 * The beginning of a text as formats see it to tell whether it is theirs: runs of blanks are cut short, as the patterns
 * that formats are found by would cost the square of their length.
 */
export function startOf(text: string): string {
  return unixText(text.slice(0, DETECTION_LENGTH)).replace(/\s{100,}/g, (blanks) => blanks.slice(0, 100))
}

/** How many of a text's first characters detection looks at. */
export const DETECTION_LENGTH = 64 * 1024

/** The one format that claims the text. Throws UserError if none does, or more than one. */
export function detect(start: string): Format {
  const text = startOf(start)
  const claims = formats.filter((format) => format.detect(text))
  if (claims.length === 1) return claims[0]!
  const kept = /^\s*\{\s*"schema"\s*:\s*"tailgate-(run|report)\//.exec(text)?.[1]
  if (claims.length === 0 && kept !== undefined)
    throw new UserError(`this is no output of a tool but a ${kept} that Tailgate has saved`, {
      remedy: `tailgate report shows it${kept === 'run' ? ', tailgate compare judges it against another' : ''}`,
    })
  const seen = glimpse(text.trimStart().split('\n', 1)[0]!.trimEnd())
  if (claims.length === 0)
    throw new UserError(`this is the output of no known tool: it begins with ${seen}`, {
      remedy: 'name its format, or print the format "samples"',
    })
  throw new UserError(
    `this could be the output of ${claims.map((format) => format.name).join(' or ')}: it begins with ${seen}`,
    { remedy: 'name its format' },
  )
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
