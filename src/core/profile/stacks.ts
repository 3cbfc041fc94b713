/** What a profiler saw in one process: how much was spent in each function on each way that led there. */

/** A function as its profiler names it. */
export interface Frame {
  /** Empty for an anonymous function. */
  readonly name: string
  /** Path or address of its source; empty for native code. */
  readonly file: string
  /** From 1; 0 where it is not known. */
  readonly line: number
  /** Its first line is the first of the file: not a function but the file itself. */
  readonly whole?: boolean
}

export interface StackNode {
  /** Index of the caller's node, which comes before; −1 for the outermost. */
  readonly parent: number
  readonly frame: Frame
  /** Spent in the function itself and not in what it called: nanoseconds or bytes. */
  readonly self: number
}

export interface Stacks {
  readonly nodes: readonly StackNode[]
  /** Nanoseconds in which nothing was to be done. */
  readonly idle: number
}

const LONGEST = 300

/** Names come from programs: control characters are gone, and no name is a document. */
export function tidyName(text: string): string {
  return text.slice(0, LONGEST).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
}

/** `file:///srv/a.mjs?t=1` → `/srv/a.mjs`; what is no address of a file stays as it is. */
export function pathOf(address: string): string {
  if (!address.startsWith('file://')) return tidyName(address.replaceAll('\\', '/'))
  const path = address.slice('file://'.length).replace(/[?#].*$/, '')
  return tidyName(decoded(path).replace(/^\/(?=[A-Za-z]:)/, ''))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Self of all functions together. */
export function spentIn(stacks: readonly Stacks[]): number {
  return stacks.reduce((sum, { nodes }) => sum + nodes.reduce((all, { self }) => all + self, 0), 0)
}
