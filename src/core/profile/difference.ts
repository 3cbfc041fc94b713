/** From what was seen at base and at head to what grew, by how much of the change. */
import type { Side } from '../run.ts'
import { type Branch, type Callable, grown } from './grown.ts'
import type { Profile, ProfiledFunction, ProfiledSide, ProfileNode } from './profile.ts'
import type { Stacks } from './stacks.ts'

export interface Seen {
  /** One for each process or thread. */
  readonly stacks: readonly Stacks[]
  /** Over all executions. */
  readonly operations?: number
  readonly executions: number
  /** The checkout; below it the same path is the same file. */
  readonly root: string
}

export interface Asked {
  readonly benchmark: string
  readonly kind: Profile['kind']
  readonly tool: Profile['tool']
  readonly base: Seen
  readonly head: Seen
  /** How much worse the benchmark became, relative; undefined where that is no matter of time. */
  readonly worse?: number
}

/** Of the larger side: less is left out of the tree. */
const LEAST = 0.005
const MOST_NODES = 800
/** Functions that are listed whether the tree has them or not. */
const MOST_LISTED = 40
/** Of a side in nanoseconds, of an execution of head in bytes: less is a process that starts, and tells nothing of what it is for. */
const LEAST_TOTAL: Readonly<Record<Profile['kind'], number>> = { processor: 5e6, memory: 8e6 }

/** Undefined where a side has too little to tell anything. */
export function difference(asked: Asked): Profile | undefined {
  const { base, head, benchmark, kind, tool } = asked
  const whole = grown({ base: base.stacks, head: head.stacks }, { base: base.root, head: head.root })
  const { total } = whole.outermost
  // Of time both sides must have some; memory may have been asked for by one side only.
  const least =
    kind === 'processor' ? Math.min(total.base, total.head) : total.head / Math.max(1, head.executions)
  if (least < LEAST_TOTAL[kind]) return undefined
  const idle = { base: idleOf(base), head: idleOf(head) }
  const { per, factor } = scaleOf(asked, total, idle)
  const told = whole.functions.map((one): Callable => ({ ...one, ...scaled(one, factor) }))
  const nodes = pruned(whole.outermost, factor)
  const growth = told.map(({ self }) => self.head - self.base)
  const { of, whole: divisor } = divisorOf(growth)
  const kept = keptOf(told, growth, nodes)
  const place = new Map(kept.map((at, i) => [at, i]))
  const side = (name: Side, seen: Seen): ProfiledSide => ({
    total: brief(total[name] * factor[name]),
    idle: brief(idle[name] * factor[name]),
    ...(seen.operations === undefined ? {} : { operations: seen.operations }),
  })
  return {
    benchmark,
    kind,
    tool,
    unit: per === 'share' ? 'ratio' : kind === 'processor' ? 'ns' : 'B',
    per,
    of,
    base: side('base', base),
    head: side('head', head),
    functions: kept.map((at): ProfiledFunction => {
      const { name, file, line, self, total: all } = told[at]!
      const share = divisor === 0 ? 0 : Number((growth[at]! / divisor).toFixed(4))
      const spent = (one: Side) => [brief(self[one]), brief(all[one])] as const
      return { name, file, line, base: spent('base'), head: spent('head'), share }
    }),
    tree: nodes.map(({ parent, at, base: b, head: h }): ProfileNode => [parent, place.get(at)!, b, h]),
  }
}

function idleOf({ stacks }: Seen): number {
  return stacks.reduce((sum, one) => sum + one.idle, 0)
}

type Factor = Readonly<Record<Side, number>>

/**
 * Figures of the two sides can be held against each other only for the same work. A script that works until a time is
 * over does less of it at head; if it tells no operations, or what it calls so is not one, its sides took the same time
 * although the benchmark became slower, and hardly waited: then only shares say anything.
 */
function scaleOf(
  { base, head, kind, worse }: Asked,
  total: Factor,
  idle: Factor,
): { per: Profile['per']; factor: Factor } {
  const told = kind === 'processor' && (base.operations ?? 0) > 0 && (head.operations ?? 0) > 0
  const factor = told
    ? { base: 1 / base.operations!, head: 1 / head.operations! }
    : { base: 1 / base.executions, head: 1 / head.executions }
  const grew = (total.head * factor.head) / (total.base * factor.base) - 1
  const waited = (side: Side) => idle[side] > total[side]
  if (kind === 'processor' && worse !== undefined && grew < worse / 4 && !waited('base') && !waited('head'))
    return { per: 'share', factor: { base: 1 / total.base, head: 1 / total.head } }
  return { per: told ? 'operation' : 'execution', factor }
}

function scaled({ self, total }: Callable, factor: Factor): Pick<Callable, 'self' | 'total'> {
  const times = (of: Factor) => ({ base: of.base * factor.base, head: of.head * factor.head })
  return { self: times(self), total: times(total) }
}

/** What shares are of: the change, unless nearly as much shrank as grew. */
function divisorOf(growth: readonly number[]): { of: Profile['of']; whole: number } {
  const net = growth.reduce((sum, one) => sum + one, 0)
  const grew = growth.reduce((sum, one) => sum + Math.max(0, one), 0)
  return net > grew / 2 ? { of: 'change', whole: net } : { of: 'growth', whole: grew }
}

interface Kept {
  readonly parent: number
  readonly at: number
  readonly base: number
  readonly head: number
}

/** Heaviest callers first; the least is raised until the rest is few enough. */
function pruned(outermost: Branch, factor: Factor): Kept[] {
  const shareOf = ({ total }: Branch) =>
    Math.max(
      total.base / Math.max(outermost.total.base, Number.MIN_VALUE),
      total.head / Math.max(outermost.total.head, Number.MIN_VALUE),
    )
  for (let least = LEAST; ; least *= 1.5) {
    const kept: Kept[] = []
    const visit = (from: Branch, parent: number): void => {
      const called = [...from.calls.values()].filter((one) => shareOf(one) >= least)
      for (const one of called.sort((a, b) => b.total.head - a.total.head)) {
        const { base, head } = one.total
        const told = { parent, at: one.of, base: brief(base * factor.base), head: brief(head * factor.head) }
        visit(one, kept.push(told) - 1)
      }
    }
    visit(outermost, -1)
    if (kept.length <= MOST_NODES) return kept
  }
}

/** Indices of the functions that changed most and of those in the tree, most growth first. */
function keptOf(told: readonly Callable[], growth: readonly number[], nodes: readonly Kept[]): number[] {
  const order = told.map((_, at) => at).sort((a, b) => growth[b]! - growth[a]!)
  const most = [...order].sort((a, b) => Math.abs(growth[b]!) - Math.abs(growth[a]!)).slice(0, MOST_LISTED)
  const wanted = new Set([...most, ...nodes.map(({ at }) => at)])
  return order.filter((at) => wanted.has(at))
}

function brief(value: number): number {
  return Number(value.toPrecision(5))
}
