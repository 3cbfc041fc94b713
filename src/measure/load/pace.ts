/** When requests are due: as soon as a client is free (closed loop), or at a rate (open loop). */
import { factorAt, type LoadPlan } from '../../core/load-plan.ts'

export interface Pace {
  /** How many clients may send at a time of the load. */
  clients(at: number): number
  /** Milliseconds of waiting to add to what is sent now; undefined: nothing is due. `free`: how many could send now. */
  next(at: number, free: number): number | undefined
  /** Milliseconds until something is due; undefined: that does not depend on time. */
  until(at: number): number | undefined
  /** Requests that have been due and not sent. */
  behind(at: number): number
}

/** Each client sends its next request when it has its answer. */
function closedLoop({ stages, connections, duration }: LoadPlan): Pace {
  return {
    clients: (at) => Math.max(1, Math.round(connections * factorAt(stages, Math.max(0, at) / duration))),
    next: () => 0,
    until: () => undefined,
    behind: () => 0,
  }
}

/**
 * Requests are due at even distances whatever the answers take. One that found no client free has waited since it was due,
 * and that counts: leaving it out is the coordinated omission of closed loops. One that is late only because a timer is
 * coarse has not waited for the service, and nothing is added.
 */
function openLoop({ stages, connections, duration, warmup }: LoadPlan, rate: number): Pace {
  let due = -warmup
  let starved = false
  const step = (at: number): number => 1000 / (rate * factorAt(stages, Math.max(0, at) / duration))
  return {
    clients: () => connections,
    next: (at, free) => {
      if (due > at) {
        // Whoever is free now was free when the next one is due.
        starved = free === 0
        return undefined
      }
      const waited = starved ? at - due : 0
      due += step(due)
      if (free <= 1) starved = true
      return waited
    },
    until: (at) => Math.max(0, due - at),
    behind: (at) => Math.max(0, Math.floor((Math.min(at, duration) - due) / step(due))),
  }
}

export function paceOf(load: LoadPlan): Pace {
  return load.rate === undefined ? closedLoop(load) : openLoop(load, load.rate)
}
