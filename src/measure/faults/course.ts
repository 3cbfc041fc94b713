/** The faults of one load, one after the other at their times; healed on any way out. */
import { setTimeout as wait } from 'node:timers/promises'
import { lineOf } from '../../core/errors.ts'
import type { FaultPlan } from '../../core/fault-plan.ts'
import { undoAtExit } from '../interrupts.ts'
import type { Scene } from './fault.ts'
import { faultKind } from './registry.ts'

/** On the clock of `performance.now()`. */
export interface Happened {
  readonly plan: FaultPlan
  readonly injected: number
  readonly healed: number
}

export interface Course {
  /** Why one could not be injected or healed: there is no use in going on. */
  trouble(): string | undefined
  /** Ends and heals what is not over, and tells what happened; comes when all is healed. Never throws. */
  finish(): Promise<readonly Happened[]>
}

/** Why a fault cannot be had here; undefined if all can. */
export function hindranceOf(faults: readonly FaultPlan[], scene: Scene): string | undefined {
  for (const { name, disturbance } of faults) {
    const why = faultKind(disturbance).hindrance(disturbance, scene)
    if (why !== undefined) return `the fault "${name}" cannot be injected here: ${why}`
  }
  return undefined
}

/** `origin`: when the measured time begins, on the clock of `performance.now()`. */
export function runCourse(faults: readonly FaultPlan[], scene: Scene, origin: number): Course {
  const cut = new AbortController()
  const over = AbortSignal.any([cut.signal, scene.signal])
  const happened: Happened[] = []
  let trouble: string | undefined

  /** Whether the time came before the end. */
  const until = async (time: number): Promise<boolean> => {
    const pause = time - performance.now()
    if (pause > 0) await wait(pause, undefined, { signal: over }).catch(() => {})
    return !over.aborted
  }

  const one = async (plan: FaultPlan): Promise<boolean> => {
    if (!(await until(origin + plan.after))) return false
    const { disturbance, name } = plan
    const injected = performance.now()
    let doing = 'injected'
    try {
      const injection = await faultKind(disturbance).inject(disturbance, { ...scene, signal: over })
      const guard = undoAtExit(() => injection.healNow())
      try {
        await until(injected + plan.for)
        doing = 'healed'
        await injection.heal()
        guard.forget()
      } finally {
        // What could not be healed in peace is healed at once.
        guard.undo()
      }
    } catch (error) {
      trouble = `the fault "${name}" could not be ${doing}: ${lineOf(error)}`
      return false
    }
    happened.push({ plan, injected, healed: performance.now() })
    return true
  }

  const all = (async () => {
    for (const plan of faults.toSorted((a, b) => a.after - b.after)) if (!(await one(plan))) return
  })()

  return {
    trouble: () => trouble,
    finish: async () => {
      cut.abort()
      await all
      return happened
    },
  }
}
