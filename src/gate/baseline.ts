/** Stored runs: what head is compared with when base is not measured here, and what is kept of this job. */
import type { Failure } from '../core/report.ts'
import type { Run } from '../core/run.ts'
import type { Warning } from '../core/warning.ts'
import type { GateOutcome, GateRequest, World } from '../gate.ts'
import { fingerprint } from '../measure/machine.ts'
import type { Ground } from './ground.ts'
import type { BaselineQuery } from './ports.ts'

export interface Stored {
  /** Newest first; undefined: none. */
  readonly runs?: readonly Run[]
  readonly source?: string
  readonly failures: readonly Failure[]
  readonly warnings: readonly Warning[]
}

/** Absent is a stated verdict; unreadable is an error; neither is green. */
export async function baselineFor(request: GateRequest, ground: Ground, head: Run): Promise<Stored> {
  const none = (message: string): Stored => ({ failures: [], warnings: [{ code: 'no-baseline', message }] })
  if (request.store === undefined) return none('nothing was compared: no baseline store is configured here')
  const found = await request.store.find(queryOf(request, ground.ancestors))
  if (found.kind === 'absent') return none(`nothing was compared: ${found.reason}`)
  if (found.kind === 'unreadable') {
    const reason = `the baseline cannot be read: ${found.reason}`
    return { failures: [{ benchmark: '', side: 'base', status: 'error', reason }], warnings: [] }
  }
  // One's own earlier run of the same commit would compare head with itself.
  const others = found.runs.filter((run) => head.commit === undefined || run.commit !== head.commit)
  if (others.length === 0) return none('nothing was compared: every stored run is of this very commit')
  return { runs: others, source: found.source, failures: [], warnings: [] }
}

/** Stored runs for the trend alone: where there are none to be had, there is no trend. */
export async function storedBefore(request: GateRequest, ground: Ground, head: Run): Promise<readonly Run[]> {
  if (request.store === undefined || ground.mode !== 'base') return []
  const found = await request.store.find(queryOf(request, ground.ancestors))
  return found.kind === 'found' ? found.runs.filter((run) => run.commit !== head.commit) : []
}

/** Saves head's run where this job may; that it could not be saved is told and changes no verdict. */
export async function keepBaseline(
  request: GateRequest,
  outcome: GateOutcome,
  world: World,
): Promise<GateOutcome> {
  if (!request.saveBaseline || request.store === undefined) return outcome
  if (outcome.report.verdict === 'error' || outcome.stoppedBy === 'signal') return outcome
  const kept = await request.store.save(outcome.head, queryOf(request, []), request.plan.baseline.keep)
  if (kept.saved) {
    world.progress.say(`baseline saved in ${request.store.name}`)
    return outcome
  }
  const warning = {
    code: 'baseline-not-saved',
    message: `this run was not kept as a baseline: ${kept.reason}`,
  }
  world.progress.warn(warning.message)
  return { ...outcome, report: { ...outcome.report, warnings: [...outcome.report.warnings, warning] } }
}

function queryOf(request: GateRequest, commits: readonly string[]): BaselineQuery {
  const branch = request.plan.baseline.branch ?? request.branch ?? 'main'
  return { id: request.id, branch, machine: fingerprint(), commits }
}
