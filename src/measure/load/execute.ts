/** One execution of a built-in load. Loaded only when there is one: the command line starts without it. */

import type { LoadPlan } from '../../core/load-plan.ts'
import { loadFailure, loadResults, loadWarnings, type RequestOutcome } from '../../core/load-results.ts'
import { scriptEnvironment } from '../environment.ts'
import type { Attempt, Outcome } from '../execution.ts'
import type { Group } from '../services/group.ts'
import { drive } from './drive.ts'
import { resolveRequests } from './resolve.ts'

export interface LoadScene {
  /** What its results are called, or the first part of it. */
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
}

export interface LoadDone {
  readonly outcome: Outcome
  /** When the measured time began, on the clock of `performance.now()`. */
  readonly origin: number
}

/** Throws UserError for a variable that nothing sets. */
export async function executeLoad(
  attempt: Attempt,
  load: LoadPlan,
  group: Pick<Group, 'trouble'> | undefined,
  { name, variables }: LoadScene,
): Promise<LoadDone> {
  const { benchmark, workplace, signal, note } = attempt
  const environment = scriptEnvironment(process.env, benchmark.env, workplace.env)
  const resolved = resolveRequests(load.requests, variables, environment)
  const origin = performance.now() + load.warmup
  const end = await drive({
    load,
    resolved,
    signal,
    ...(group === undefined ? {} : { trouble: () => group.trouble() }),
    ...(note === undefined ? {} : { note }),
  })
  if (end.kind === 'aborted') return { outcome: end, origin }
  if (end.kind === 'trouble') return { outcome: { kind: 'error', reason: end.reason }, origin }
  const { requests: told, slots, busy, unsent } = end.driven
  const requests = told.map((one, i): RequestOutcome => ({ ...one, name: load.requests[i]!.name }))
  const failure = loadFailure(requests)
  if (failure !== undefined) return { outcome: { kind: 'error', reason: failure }, origin }
  const seconds = load.duration / 1000
  const circumstances = { busy, unsent, ...(load.rate === undefined ? {} : { rate: load.rate }) }
  return {
    origin,
    outcome: {
      kind: 'measured',
      parsed: {
        format: 'load',
        results: loadResults(name, requests, seconds),
        warnings: loadWarnings(benchmark.name, requests, circumstances),
      },
      seconds: seconds + load.warmup / 1000,
      timelines: [{ benchmark: name, load: slots }],
    },
  }
}
