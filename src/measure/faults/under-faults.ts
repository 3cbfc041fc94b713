/** A load or a script with its faults: they begin with it, end with it at the latest, and recovery is told. */
import type { FaultPlan } from '../../core/fault-plan.ts'
import { faultResults } from '../../core/fault-results.ts'
import { isFailed, type Result } from '../../core/result.ts'
import { prefixOf } from '../../core/service-plan.ts'
import { scriptEnvironment } from '../environment.ts'
import type { Attempt, Outcome } from '../execution.ts'
import type { Group } from '../services/group.ts'
import type { Done } from '../work.ts'
import { type Happened, hindranceOf, runCourse } from './course.ts'
import type { Scene } from './fault.ts'
import { verifyLoss } from './verify.ts'
import type { Witness } from './witness.ts'

export interface Ordeal {
  /** What its results are called. */
  readonly name: string
  readonly faults: readonly FaultPlan[]
  readonly witness: Witness
  readonly group: Group | undefined
  readonly variables: Readonly<Record<string, string>>
  /** An existing folder. */
  readonly folder: string
}

/** `run` does the work and ends it when `trouble` tells a reason. Never throws for what faults and verifiers do. */
export async function underFaults(
  attempt: Attempt,
  ordeal: Ordeal,
  run: (trouble: () => string | undefined) => Promise<Done>,
): Promise<Done> {
  const scene = sceneOf(attempt, ordeal)
  const { faults, group, witness } = ordeal
  const hindrance = hindranceOf(faults, scene)
  if (hindrance !== undefined)
    return { outcome: { kind: 'error', reason: hindrance }, origin: 0, from: 0, to: 0 }
  const course = runCourse(faults, scene, performance.now() + witness.warmup)
  let happened: readonly Happened[] = []
  let done: Done
  try {
    done = await run(() => group?.trouble() ?? course.trouble())
  } finally {
    happened = await course.finish()
  }
  const { outcome } = done
  if (outcome.kind === 'aborted') return done
  const trouble = course.trouble()
  if (trouble !== undefined) return { ...done, outcome: { kind: 'error', reason: trouble } }
  if (outcome.kind === 'error') return done
  return { ...done, outcome: await withFaults(attempt, ordeal, scene, { ...done, outcome }, happened) }
}

async function withFaults(
  attempt: Attempt,
  { name, faults, witness }: Ordeal,
  scene: Scene,
  { outcome, origin, to }: Done & { readonly outcome: Extract<Outcome, { kind: 'measured' }> },
  happened: readonly Happened[],
): Promise<Outcome> {
  const [timeline, ...others] = outcome.timelines ?? []
  const spans = happened.map(({ plan, ...at }) => ({
    name: plan.name,
    injected: at.injected - origin,
    healed: at.healed - origin,
  }))
  const late = faults.find(({ name: fault }) => !happened.some(({ plan }) => plan.name === fault))
  if (late !== undefined) {
    const reason = `the ${witness.of} ended before the fault "${late.name}" could be injected`
    return { kind: 'error', reason }
  }
  for (const [i, { plan }] of happened.entries()) {
    const needed = witness.needed(plan)
    if (needed === undefined) continue
    const least = spans[i]!.healed + needed
    if (least <= to) continue
    const told = `the ${witness.of} ended after ${seconds(to)}, too soon to see whether the fault "${plan.name}" was over`
    return { kind: 'error', reason: `${told}: let it take ${seconds(least)} or more` }
  }
  const env = { ...scene.env, ...counted(name, outcome.parsed.results) }
  const losses = new Map<string, number>()
  for (const line of new Set(faults.flatMap(({ verify }) => verify ?? []))) {
    const loss = await verifyLoss(line, attempt.benchmark.timeout, { ...scene, env })
    if (attempt.signal.aborted) return { kind: 'aborted' }
    if (loss.kind === 'error') return loss
    losses.set(line, loss.lost)
  }
  const told = faultResults(
    happened.map(({ plan }, i) => ({
      ...spans[i]!,
      plan,
      lost: plan.verify === undefined ? undefined : losses.get(plan.verify),
    })),
    {
      benchmark: name,
      slotsFor: (plan) => witness.slotsFor(plan, outcome.timelines ?? [], origin),
      duration: to,
      stages: witness.stages,
    },
  )
  if (told.kind === 'unknown') return { kind: 'error', reason: told.reason }
  return {
    ...outcome,
    parsed: { ...outcome.parsed, results: [...outcome.parsed.results, ...told.results] },
    timelines: [{ benchmark: name, ...timeline, faults: spans }, ...others],
  }
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 100) / 10} s`
}

function sceneOf(attempt: Attempt, { group, variables, folder }: Ordeal): Scene {
  const { workplace, benchmark, signal } = attempt
  return {
    service: (name) => group?.members.get(name)?.running,
    relays: (name) => group?.members.get(name)?.relays ?? [],
    folder: workplace.folder,
    env: scriptEnvironment(process.env, variables, benchmark.env, workplace.env, {
      TAILGATE_SIDE: workplace.side,
      TAILGATE_ROUND: String(attempt.round),
    }),
    scratch: folder,
    signal,
  }
}

/** `TAILGATE_ANSWERED` and `TAILGATE_ANSWERED_WRITE`: what was answered as expected after the warm-up, where it is told. */
function counted(name: string, results: readonly Result[]): Record<string, string> {
  const counts: Record<string, string> = {}
  for (const result of results) {
    if (isFailed(result) || result.metric !== 'error_rate' || result.data.kind !== 'scalar') continue
    const { value, total } = result.data
    if (total === undefined) continue
    const request = result.benchmark.slice(name.length + 1)
    const suffix = request === '' ? '' : `_${prefixOf(request)}`
    counts[`TAILGATE_ANSWERED${suffix}`] = String(total - Math.round(value * total))
    counts[`TAILGATE_FAILED${suffix}`] = String(Math.round(value * total))
  }
  return counts
}
