/**
 * Reads a `.cpuprofile` of V8: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 *
 * A sample holds until the next one is taken. Where the next comes much later than usual the process did not run, and
 * the gap counts as the usual distance: on a busy machine the rest is the machine's and not the function's.
 */
import { UserError } from '../errors.ts'
import type { Json } from '../untrusted.ts'
import { type Frame, pathOf, type StackNode, type Stacks, tidyName } from './stacks.ts'

const MOST_NODES = 500_000
const MOST_SAMPLES = 20_000_000
/** Of the usual distance: what is longer is a gap. */
const GAP = 4
const NANOSECONDS = 1000

interface Told {
  readonly id: number
  readonly frame: Frame
  readonly children: readonly number[]
}

/** Throws UserError with the place of whatever is not as it should be. */
export function readCpuProfile(root: Json): Stacks {
  const told = root.get('nodes').list(MOST_NODES, node)
  const spent = timesOf(
    root.get('samples').numbers(MOST_SAMPLES),
    root.get('timeDeltas').numbers(MOST_SAMPLES),
  )
  const nodes: StackNode[] = []
  let idle = 0
  const byId = new Map(told.map((one) => [one.id, one]))
  const first = told[0]
  if (first === undefined) throw new UserError('has no node', { place: root.place })
  const seen = new Set<number>()
  // The root is no function. A node that two others call their own belongs to the first.
  const open: { readonly told: Told; readonly parent: number }[] = [{ told: first, parent: -1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id, frame, children } = next.told
    if (seen.has(id)) continue
    seen.add(id)
    const self = spent.get(id) ?? 0
    let at = next.parent
    if (frame.name === '(idle)') idle += self
    else if (next.told !== first) at = nodes.push({ parent: next.parent, frame, self }) - 1
    for (const child of children) {
      const called = byId.get(child)
      if (called !== undefined) open.push({ told: called, parent: at })
    }
  }
  return { nodes, idle }
}

function node(v: Json): Told {
  return {
    id: v.get('id').number(),
    frame: frameOf(v.get('callFrame')),
    children: v.has('children') ? v.get('children').numbers(MOST_NODES) : [],
  }
}

/** Lines are told from 0, and −1 where there is none. */
export function frameOf(v: Json): Frame {
  const line = v.get('lineNumber').number()
  const name = tidyName(v.get('functionName').long())
  const file = pathOf(v.get('url').long())
  const whole = name === '' && line <= 0 && v.get('columnNumber').number() <= 0 && file !== ''
  return { name, file, line: Math.max(0, Math.trunc(line) + 1), ...(whole ? { whole } : {}) }
}

/** Nanoseconds by id of node. */
function timesOf(samples: readonly number[], deltas: readonly number[]): Map<number, number> {
  const spent = new Map<number, number>()
  const usual = median(deltas)
  for (let i = 0; i < samples.length; i++) {
    const id = samples[i]!
    // Deltas lead from the sample before; the last sample holds as long as is usual.
    const held = Math.min(Math.max(0, deltas[i + 1] ?? usual), GAP * usual)
    spent.set(id, (spent.get(id) ?? 0) + held * NANOSECONDS)
  }
  return spent
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return Math.max(0, sorted[sorted.length >> 1] ?? 0)
}
