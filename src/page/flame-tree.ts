/** The boxes of a flame graph, from a profile's list of nodes. */
import type { PageProfile } from '../reporters/html/page-profiles.ts'

export interface Box {
  /** Index of `functions`; −1 is the whole. */
  readonly of: number
  readonly parent: Box | undefined
  readonly depth: number
  readonly base: number
  readonly head: number
  /** Head − base of what none of its boxes below holds. */
  readonly own: number
  /** From left to right. */
  readonly calls: readonly Box[]
}

/** Most time at head first, as in the list. */
export function boxesOf({ tree, base, head }: PageProfile): Box {
  const below = tree.map((): number[] => [])
  const outermost: number[] = []
  for (const [at, [parent]] of tree.entries()) (below[parent] ?? outermost).push(at)

  const make = (at: number, parent: Box | undefined): Box => {
    const [, of, b, h] = tree[at] ?? [-1, -1, base.total, head.total]
    const children = at === -1 ? outermost : below[at]!
    const within = (side: 2 | 3) => children.reduce((sum, child) => sum + tree[child]![side], 0)
    const calls: Box[] = []
    const depth = parent === undefined ? 0 : parent.depth + 1
    const box = { of, parent, depth, base: b, head: h, own: h - within(3) - (b - within(2)), calls }
    for (const child of children) calls.push(make(child, box))
    return box
  }
  return make(-1, undefined)
}

/** A box as it is drawn: shares of the width. */
export interface Place {
  readonly box: Box
  readonly left: number
  readonly width: number
}

/** Narrower is not seen. */
const NARROWEST = 0.0015

/** What is to be seen when `zoom` is as wide as the picture: what led to it above it, what it called below. */
export function placesOf(zoom: Box): readonly Place[] {
  const places: Place[] = []
  for (let above = zoom.parent; above !== undefined; above = above.parent)
    places.unshift({ box: above, left: 0, width: 1 })
  const visit = (box: Box, left: number, width: number): void => {
    places.push({ box, left, width })
    let from = left
    for (const called of box.calls) {
      const share = box.head > 0 ? (width * called.head) / box.head : 0
      if (share >= NARROWEST) visit(called, from, share)
      from += share
    }
  }
  visit(zoom, 0, 1)
  return places
}
