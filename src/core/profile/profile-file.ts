/** Reads the profiles of an untrusted report. */
import { UserError } from '../errors.ts'
import type { Json } from '../untrusted.ts'
import type { Profile, ProfiledFunction, ProfiledSide, ProfileNode, Spent } from './profile.ts'

const MOST_PROFILES = 1000
const MOST_FUNCTIONS = 5000
const MOST_NODES = 10_000
/** Calls within calls: whoever draws the tree walks it by calling itself. */
const DEEPEST = 1000

export function readProfiles(v: Json): readonly Profile[] {
  return v.list(MOST_PROFILES, profile)
}

function profile(v: Json): Profile {
  const functions = v.get('functions').list(MOST_FUNCTIONS, functionOf)
  const tree = v.get('tree').list(MOST_NODES, node)
  const depths: number[] = []
  for (const [at, [parent, of]] of tree.entries()) {
    const place = `${v.get('tree').place}[${at}]`
    if (parent < -1 || parent >= at || of < 0 || of >= functions.length)
      throw new UserError('leads nowhere', { place })
    const depth = (depths[parent] ?? 0) + 1
    if (depth > DEEPEST) throw new UserError(`is called deeper than ${DEEPEST}`, { place })
    depths.push(depth)
  }
  return {
    benchmark: v.get('benchmark').name(),
    kind: v.get('kind').oneOf(['processor', 'memory']),
    tool: v.get('tool').oneOf(['node', 'perf']),
    unit: v.get('unit').oneOf(['ns', 'B', 'ratio']),
    per: v.get('per').oneOf(['operation', 'execution', 'share']),
    of: v.get('of').oneOf(['change', 'growth']),
    base: side(v.get('base')),
    head: side(v.get('head')),
    functions,
    tree,
  }
}

function side(v: Json): ProfiledSide {
  return {
    total: v.get('total').number(),
    idle: v.get('idle').number(),
    ...v.optional('operations', (n) => n.number()),
  }
}

function functionOf(v: Json): ProfiledFunction {
  return {
    name: v.get('name').name(),
    file: v.get('file').name(),
    line: v.get('line').count(),
    base: spent(v.get('base')),
    head: spent(v.get('head')),
    share: v.get('share').number(),
  }
}

function spent(v: Json): Spent {
  const [self, total] = v.numbers(2)
  if (self === undefined || total === undefined)
    throw new UserError('expected self and total', { place: v.place })
  return [self, total]
}

function node(v: Json): ProfileNode {
  const [parent, of, base, head] = v.numbers(4)
  if (head === undefined || !Number.isInteger(parent) || !Number.isInteger(of))
    throw new UserError('expected parent, function and two figures', { place: v.place })
  return [parent!, of!, base!, head]
}
