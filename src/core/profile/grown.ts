/** Stacks of both sides put together into one tree of functions that are the same at base and at head. */

import type { Side } from '../run.ts'
import type { Frame, Stacks } from './stacks.ts'

/** A function on one way from the outermost caller. */
export interface Branch {
  /** Index of `functions`. */
  readonly of: number
  readonly parent: Branch | undefined
  readonly depth: number
  readonly self: Record<Side, number>
  readonly total: Record<Side, number>
  readonly calls: Map<number, Branch>
}

export interface Callable {
  readonly name: string
  readonly file: string
  /** Of head once it was seen there. */
  line: number
  readonly self: Record<Side, number>
  readonly total: Record<Side, number>
}

export interface Grown {
  readonly functions: readonly Callable[]
  readonly outermost: Branch
}

/** Deeper calls count for the function at this depth: recursion has no end. */
const DEEPEST = 150

/** `roots` are the folders of the two checkouts: below them the same path is the same file. */
export function grown(
  sides: Readonly<Record<Side, readonly Stacks[]>>,
  roots: Readonly<Record<Side, string>>,
): Grown {
  const functions: Callable[] = []
  const known = new Map<string, number>()
  const atHead = new Set<number>()
  const outermost = branch(-1, undefined)

  for (const side of ['base', 'head'] as const)
    for (const { nodes } of sides[side]) {
      const branches: Branch[] = []
      for (const { parent, frame, self } of nodes) {
        const caller = branches[parent] ?? outermost
        const of = functionOf(frame, caller, side)
        const made = descend(caller, of)
        made.self[side] += self
        branches.push(made)
      }
    }
  sumUp(outermost, functions, new Set())
  return { functions, outermost }

  function functionOf(frame: Frame, caller: Branch, side: Side): number {
    const file = alike(frame.file, roots[side])
    const name =
      frame.name !== '' ? frame.name : frame.whole === true ? '(top level)' : anonymous(caller, file)
    const key = `${name}\0${file}`
    let of = known.get(key)
    if (of === undefined) {
      of = functions.push({ name, file, line: frame.line, self: nothing(), total: nothing() }) - 1
      known.set(key, of)
    }
    if (side === 'head' && !atHead.has(of)) {
      atHead.add(of)
      functions[of]!.line = frame.line
    }
    return of
  }

  /** Lines move between base and head: what has no name is known by the nearest named function that led to it. */
  function anonymous(caller: Branch, file: string): string {
    const named: Callable[] = []
    for (let at: Branch | undefined = caller; at !== undefined && at.of !== -1; at = at.parent) {
      const one = functions[at.of]!
      if (!one.name.startsWith('(')) named.push(one)
    }
    const nearest = named.find((one) => one.file === file) ?? named[0]
    return nearest === undefined ? '(anonymous)' : `(anonymous in ${nearest.name})`
  }
}

/** A function that calls itself is one branch, however often it does. */
function descend(caller: Branch, of: number): Branch {
  if (caller.of === of || caller.depth >= DEEPEST) return caller
  const known = caller.calls.get(of)
  if (known !== undefined) return known
  const made = branch(of, caller)
  caller.calls.set(of, made)
  return made
}

function branch(of: number, parent: Branch | undefined): Branch {
  const depth = parent === undefined ? 0 : parent.depth + 1
  return { of, parent, depth, self: nothing(), total: nothing(), calls: new Map() }
}

function nothing(): Record<Side, number> {
  return { base: 0, head: 0 }
}

/** Totals of branches, and of functions: on a way on which it stands twice it counts once. */
function sumUp(at: Branch, functions: readonly Callable[], above: Set<number>): void {
  const mine = functions[at.of]
  const again = above.has(at.of)
  above.add(at.of)
  at.total.base = at.self.base
  at.total.head = at.self.head
  for (const called of at.calls.values()) {
    sumUp(called, functions, above)
    at.total.base += called.total.base
    at.total.head += called.total.head
  }
  if (mine === undefined) return
  for (const side of ['base', 'head'] as const) mine.self[side] += at.self[side]
  if (again) return
  above.delete(at.of)
  for (const side of ['base', 'head'] as const) mine.total[side] += at.total[side]
}

/** The same text for the same file of both checkouts; below `node_modules` wherever those are. */
export function alike(file: string, root: string): string {
  const packages = file.lastIndexOf('/node_modules/')
  if (packages !== -1) return file.slice(packages + 1)
  return root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
}
