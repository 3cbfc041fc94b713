/** Executions of a benchmark on both sides under a profiler. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { operationsOf } from '../../core/profile/operations.ts'
import { spentIn } from '../../core/profile/stacks.ts'
import type { Side } from '../../core/run.ts'
import type { Workplace } from '../../gate.ts'
import { type Attempt, execute } from '../execution.ts'
import { type Collected, collectProfiles } from './collect.ts'
import { type Instrument, nodeInstrument, perfInstrument, whyNoPerf } from './instrument.ts'

export interface TakeJob extends Omit<Attempt, 'workplace' | 'instrument' | 'keeper' | 'round' | 'warmup'> {
  readonly sides: Readonly<Record<Side, Workplace>>
}

export interface TakenSide extends Collected {
  /** Over all executions; undefined where one told none. */
  readonly operations?: number
  readonly executions: number
}

export type Sides = Readonly<Record<Side, TakenSide>>

export type Taken =
  | { readonly kind: 'taken'; readonly tool: Instrument['tool']; readonly sides: Sides }
  | { readonly kind: 'none'; readonly reason: string }

/** Nanoseconds of a side below which its processes did nothing but start. */
const LEAST = 5e6
/** Nanoseconds of a side, about a thousand samples of perf and four thousand of V8: shorter scripts are run again. */
const ENOUGH = 1e9
const MOST_TURNS = 5
/** Milliseconds of turns: what waits is not run again for its few samples. */
const LONG = 4000

/** Files stay in `scratch`, which is the caller's. Never throws for what scripts, services and profilers do. */
export async function takeProfiles(job: TakeJob): Promise<Taken> {
  const folder = mkdtempSync(join(job.scratch, 'profile-'))
  const first = await turns(job, (turn) => nodeInstrument(join(folder, turn)))
  if (first.kind === 'none' || leastOf(first.sides) >= LEAST) return first
  const why = process.platform === 'linux' ? await whyNoPerf(folder) : 'perf is for Linux'
  if (why !== undefined) return { kind: 'none', reason: `no Node.js process was seen at work, and ${why}` }
  const second = await turns(job, (turn) => perfInstrument(join(folder, `perf-${turn}`)))
  if (second.kind === 'none' || leastOf(second.sides) >= LEAST) return second
  return { kind: 'none', reason: 'its processes hardly used the processor' }
}

/** Base and head in turn until enough was seen. A turn that is not whole ends it, and counts only if it is the first. */
async function turns(job: TakeJob, instrumentOf: (turn: string) => Instrument): Promise<Taken> {
  let taken: Extract<Taken, { kind: 'taken' }> | undefined
  const began = performance.now()
  for (let i = 0; i < MOST_TURNS; i++) {
    const turn = await bothSides(job, (side) => instrumentOf(`${side}-${i}`))
    if (turn.kind === 'none') return taken ?? turn
    taken = taken === undefined ? turn : { ...turn, sides: joined(taken.sides, turn.sides) }
    const seen = leastOf(taken.sides)
    if (seen < LEAST || seen >= ENOUGH || performance.now() - began > LONG) break
  }
  return taken!
}

async function bothSides(
  { sides: places, note, ...rest }: TakeJob,
  instrumentOf: (side: Side) => Instrument,
): Promise<Taken> {
  const sides: Partial<Record<Side, TakenSide>> = {}
  let tool: Instrument['tool'] = 'node'
  for (const side of ['base', 'head'] as const) {
    const instrument = instrumentOf(side)
    tool = instrument.tool
    const outcome = await execute({
      ...rest,
      workplace: places[side],
      instrument,
      round: 0,
      warmup: false,
      ...(note === undefined ? {} : { note: (text) => note(`${side} ${text}`) }),
    })
    if (outcome.kind === 'aborted') return { kind: 'none', reason: 'it was interrupted' }
    if (outcome.kind === 'error') return { kind: 'none', reason: `${side} failed: ${outcome.reason}` }
    const operations = operationsOf(outcome.parsed, rest.benchmark.name)
    const collected = await collectProfiles(instrument, rest.signal)
    sides[side] = { ...collected, executions: 1, ...(operations === undefined ? {} : { operations }) }
  }
  return { kind: 'taken', tool, sides: { base: sides.base!, head: sides.head! } }
}

function joined(a: Sides, b: Sides): Sides {
  const side = (of: Side): TakenSide => {
    const [one, two] = [a[of], b[of]]
    const told = one.operations !== undefined && two.operations !== undefined
    return {
      processor: [...one.processor, ...two.processor],
      memory: [...one.memory, ...two.memory],
      files: [...one.files, ...two.files],
      executions: one.executions + two.executions,
      ...(told ? { operations: one.operations + two.operations } : {}),
    }
  }
  return { base: side('base'), head: side('head') }
}

/** Nanoseconds that were seen of the side of which less was seen. */
function leastOf({ base, head }: Sides): number {
  return Math.min(spentIn(base.processor), spentIn(head.processor))
}
