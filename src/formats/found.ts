import { FormatError } from './format.ts'

/** What a pattern caught, and the 1-based line where it stands. */
export interface Found {
  readonly cells: readonly string[]
  readonly line: number
}

/** The first match in a text. */
export function find(text: string, pattern: RegExp): Found | undefined {
  const found = pattern.exec(text)
  if (found === null) return undefined
  return { cells: found.slice(1).map((cell) => cell ?? ''), line: lineAt(text, found.index) }
}

/** The same where the text is not whole without it. */
export function need(text: string, pattern: RegExp, what: string): Found {
  const found = find(text, pattern)
  if (found === undefined)
    throw new FormatError(
      undefined,
      `${what} is missing`,
      'was the tool interrupted, or its output cut short?',
    )
  return found
}

/** Refuses a text in which what opens a run stands twice: two anonymous runs have one name. */
export function oneRun(text: string, opening: RegExp): void {
  const [, second] = text.matchAll(new RegExp(opening, 'gm'))
  if (second !== undefined)
    throw new FormatError(
      lineAt(text, second.index),
      'a second run begins here',
      'give each run an output of its own',
    )
}

function lineAt(text: string, index: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < index; i = text.indexOf('\n', i + 1)) line++
  return line
}
