/** From what it is told how a service fared through a fault: the answers to the load, or those of a poll beside a script. */
import type { FaultPlan } from '../../core/fault-plan.ts'
import type { LoadPlan } from '../../core/load-plan.ts'
import { pollSlots } from '../../core/poll-slots.ts'
import type { LoadSlot, Timeline } from '../../core/timeline.ts'
import type { Seen } from '../work.ts'

export interface Witness {
  /** What goes on meanwhile, for people. */
  readonly of: 'load' | 'script'
  /** Milliseconds before the measured time. */
  readonly warmup: number
  /** Its clients or its rate change by themselves. */
  readonly stages: boolean
  /** `timelines` are those of the execution, `origin` when its measured time began. */
  slotsFor(fault: FaultPlan, timelines: readonly Timeline[], origin: number): readonly LoadSlot[]
  /** Milliseconds after a fault was healed that have to be seen, or nothing can be told; undefined: the plan has seen to it. */
  needed(fault: FaultPlan): number | undefined
}

export function loadWitness({ warmup, stages }: LoadPlan): Witness {
  return {
    of: 'load',
    warmup,
    stages: stages.length > 1,
    slotsFor: (_, [timeline]) => timeline?.load ?? [],
    // What is healed only after the load has ended, such as a service that is slow to start, has not recovered.
    needed: () => undefined,
  }
}

/** Slots of a window; they need not be shorter than what is between two answers. */
const SLOTS = 10

/** How long a script takes nobody knows before it has ended. */
export function pollWitness(seen: Seen): Witness {
  return {
    of: 'script',
    warmup: 0,
    stages: false,
    slotsFor: ({ poll, window }, _, origin) => pollSlots(seen(poll!, origin), window / SLOTS),
    needed: ({ window }) => 2 * window,
  }
}
