/**
 * Reads a `.heapprofile` of V8: which functions had asked for the memory that was held in the end, by sampling:
 * https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 */
import { UserError } from '../errors.ts'
import type { Json } from '../untrusted.ts'
import { frameOf } from './cpu-profile.ts'
import type { StackNode, Stacks } from './stacks.ts'

const MOST_NODES = 500_000

/** The tree is as deep as the deepest stack: brackets within brackets, two a call. */
export const DEEPEST_HEAP = 4096

/** Throws UserError with the place of whatever is not as it should be. */
export function readHeapProfile(root: Json): Stacks {
  const nodes: StackNode[] = []
  const head = root.get('head')
  const open: { readonly told: Json; readonly parent: number }[] = [{ told: head, parent: -1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (nodes.length > MOST_NODES) throw new UserError('has too many nodes', { place: root.place })
    const self = Math.max(0, next.told.get('selfSize').number())
    const at =
      next.told === head
        ? -1
        : nodes.push({ parent: next.parent, frame: frameOf(next.told.get('callFrame')), self }) - 1
    for (const told of next.told.get('children').list(MOST_NODES, (child) => child))
      open.push({ told, parent: at })
  }
  return { nodes, idle: 0 }
}
