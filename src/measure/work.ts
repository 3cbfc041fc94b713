/** The work of one benchmark at one value of its sweep: its script or its load, with its faults. */
import type { Poll } from '../core/watch-results.ts'
import type { Attempt, Outcome } from './execution.ts'
import { executeScript } from './script.ts'
import type { Group } from './services/group.ts'

export interface Turn {
  /** What its results are called. */
  readonly name: string
  /** An existing folder. */
  readonly folder: string
  /** Settled: those of services and of the sweep. */
  readonly variables: Readonly<Record<string, string>>
}

export interface Done {
  readonly outcome: Outcome
  /** When the measured time began, on the clock of `performance.now()`, and its bounds in milliseconds since. */
  readonly origin: number
  readonly from: number
  readonly to: number
}

/** The answers so far of the poll of that name, in milliseconds since `origin` on the clock of `performance.now()`. */
export type Seen = (poll: string, origin: number) => readonly Poll[]

/** Of what is at work, told now and then: why there is no use in going on. */
type Trouble = () => string | undefined

/** Of a script's time, which says nothing of a warm-up of its own: what services need before they are in their stride. */
const WARM_UP = 0.2
/** Milliseconds between two questions whether a script is still of use. */
const LOOK = 50

export async function perform(
  attempt: Attempt,
  group: Group | undefined,
  turn: Turn,
  seen: Seen = () => [],
): Promise<Done> {
  const { load, faults = [] } = attempt.benchmark
  const run = (trouble: Trouble) =>
    load === undefined ? runScript(attempt, turn, trouble) : runLoad(attempt, turn, trouble)
  // A script that its service has left tells itself what it ran into.
  if (faults.length === 0) return run(() => (load === undefined ? undefined : group?.trouble()))
  const { underFaults } = await import('./faults/under-faults.ts')
  const { loadWitness, pollWitness } = await import('./faults/witness.ts')
  const witness = load === undefined ? pollWitness(seen) : loadWitness(load)
  return underFaults(attempt, { ...turn, faults, witness, group }, run)
}

async function runLoad(attempt: Attempt, { name, variables }: Turn, trouble: Trouble): Promise<Done> {
  const { executeLoad } = await import('./load/execute.ts')
  const load = attempt.benchmark.load!
  const done = await executeLoad(attempt, load, { trouble }, { name, variables })
  return { ...done, from: 0, to: load.duration }
}

async function runScript(attempt: Attempt, turn: Turn, trouble: Trouble): Promise<Done> {
  const cut = new AbortController()
  let reason: string | undefined
  const look = setInterval(() => {
    reason ??= trouble()
    if (reason !== undefined) cut.abort()
  }, LOOK)
  const origin = performance.now()
  try {
    const signal = AbortSignal.any([attempt.signal, cut.signal])
    const { name, variables, folder } = turn
    const outcome = await executeScript({ ...attempt, signal }, { name, variables, scratch: folder })
    const to = performance.now() - origin
    const given = outcome.kind === 'aborted' && !attempt.signal.aborted ? reason : undefined
    const settled: Outcome = given === undefined ? outcome : { kind: 'error', reason: given }
    return { outcome: settled, origin, from: WARM_UP * to, to }
  } finally {
    clearInterval(look)
  }
}
