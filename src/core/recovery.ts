/** How a service fared through a fault, told from the outcomes of its requests over time. */
import type { LoadSlot } from './timeline.ts'

/** Milliseconds since the load began. */
export interface FaultWindow {
  readonly injected: number
  readonly healed: number
}

/** Milliseconds since the load began. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Tolerances {
  /** Milliseconds over which errors and p99 must be as before. */
  readonly window: number
  /** By how much p99 may lie above that of the steady state: 1 is twice as much. */
  readonly tolerance: number
  /** Answers a second are expected to stay what they were: false for a load that changes by itself. */
  readonly steadyRate: boolean
}

export interface Recovery {
  readonly recovered: boolean
  /** Milliseconds from the injection to the beginning of the first time that stays well; if not recovered, so far as was watched. */
  readonly recovery: number
  /** Milliseconds from the injection to the first sign of it in the answers; undefined: none was seen. */
  readonly detect: number | undefined
  /** Requests that failed between injection and recovery. */
  readonly errors: number
}

export type Told =
  | { readonly kind: 'told'; readonly recovery: Recovery }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Percentage points of errors above the steady state that count as none. */
const ERRORS = 0.01
/** Nanoseconds of p99 above the steady state that count as none, whatever the tolerance. */
const FLOOR = 5e6
/** Of the steady answers a second, below which a service is not back yet. */
const RATE = 0.5
/** What a steady state must be made of. */
export const FEWEST_BEFORE = 20
const STEADY = { slots: 3, answered: FEWEST_BEFORE }

interface State {
  /** Failed of all. */
  readonly errors: number
  /** Median of the slots' p99, nanoseconds. */
  readonly p99: number
  /** Answers a millisecond. */
  readonly rate: number
}

/** Whether a time has enough in it to say what is normal. */
export function isSteady(slots: readonly LoadSlot[], { from, to }: Span): boolean {
  const before = within(slots, from, to)
  return before.length >= STEADY.slots && answeredIn(before) >= STEADY.answered
}

/**
 * The steady state is all of `steady`, which ends with the injection or before: its share of errors, the median of its
 * slots' p99, its answers a second. A window of time is well if it has answers, its errors are at most 1 percentage
 * point more, its p99 (again the median of its slots') at most `tolerance` more (5 ms are always allowed), and its
 * answers a second at least half. Recovered is a service from the first window on after which all windows that
 * begin within the next one are well too; `until` (the next fault, the end of the load) must leave room for that.
 *
 * Why medians of slots: a single stall of a shared machine makes one slot's p99, and is no illness of the service.
 */
export function recoveryOf(
  slots: readonly LoadSlot[],
  fault: FaultWindow,
  bounds: { readonly steady: Span; readonly until: number },
  tolerances: Tolerances,
): Told {
  const before = within(slots, bounds.steady.from, bounds.steady.to)
  const steady = stateOf(before)
  if (steady === undefined || !isSteady(slots, bounds.steady))
    return {
      kind: 'unknown',
      reason: `before the fault there were ${answeredIn(before)} answers in ${before.length} slots of time: too few to know what is normal (inject it later)`,
    }
  const isWell = (state: State | undefined): boolean =>
    state !== undefined &&
    state.errors <= steady.errors + ERRORS &&
    state.p99 <= Math.max(steady.p99 * (1 + tolerances.tolerance), steady.p99 + FLOOR) &&
    (!tolerances.steadyRate || state.rate >= RATE * steady.rate)

  const after = filled(slots, fault.injected, bounds.until)
  const width = after[0]?.width ?? 1
  const size = Math.max(1, Math.round(tolerances.window / width))
  const windows = after.slice(0, Math.max(0, after.length - size + 1)).map((slot, i) => ({
    at: slot.at,
    well: isWell(stateOf(after.slice(i, i + size))),
  }))
  if (windows.length === 0)
    return { kind: 'unknown', reason: 'the load ended before it could be seen what the fault did' }
  const told = (recovery: Recovery): Told => ({ kind: 'told', recovery })
  const ill = windows.findIndex(({ well }) => !well)
  const failing = after.findIndex((slot) => slot.failed > 0 && !isWell(stateOf([slot])))
  if (ill === -1 && failing === -1)
    return told({ recovered: true, recovery: 0, detect: undefined, errors: failedIn(after, fault.healed) })
  // A window shows it at its end, a failing slot too.
  const shown = [
    ...(ill === -1 ? [] : [after[ill]!.at + size * width]),
    ...(failing === -1 ? [] : [after[failing]!.at + width]),
  ]
  const detect = Math.min(...shown) - fault.injected
  // While a fault lasts it may only look as if it were over.
  const well = windows.findIndex(({ at }, i) => {
    const following = windows.slice(i, i + size)
    const stays = following.length === size && following.every((one) => one.well)
    return stays && after[i]!.answered > 0 && at + width > fault.healed
  })
  if (well === -1) {
    const watched = Math.max(0, bounds.until - fault.injected)
    return told({ recovered: false, recovery: watched, detect, errors: failedIn(after, bounds.until) })
  }
  const at = windows[well]!.at
  const recovery = Math.max(fault.healed, at) - fault.injected
  return told({ recovered: true, recovery, detect, errors: failedIn(after, at) })
}

/** From `from` on, with empty slots where nothing ended any more. */
function filled(slots: readonly LoadSlot[], from: number, until: number): LoadSlot[] {
  const width = slots[0]?.width ?? 1
  const after = slots.filter((slot) => slot.at + width > from && slot.at + width <= until + 1)
  for (let at = (slots.at(-1)?.at ?? 0) + width; at + width <= until + 1; at += width)
    if (at + width > from) after.push({ at, width, answered: 0, failed: 0 })
  return after
}

function within(slots: readonly LoadSlot[], from: number, to: number): LoadSlot[] {
  return slots.filter((slot) => slot.at >= from && slot.at + slot.width <= to)
}

function answeredIn(slots: readonly LoadSlot[]): number {
  return slots.reduce((sum, slot) => sum + slot.answered, 0)
}

function failedIn(slots: readonly LoadSlot[], until: number): number {
  return slots.reduce((sum, slot) => sum + (slot.at < until ? slot.failed : 0), 0)
}

/** Undefined where nothing was answered. */
function stateOf(slots: readonly LoadSlot[]): State | undefined {
  const answered = answeredIn(slots)
  const failed = slots.reduce((sum, slot) => sum + slot.failed, 0)
  const tails = slots.flatMap((slot) => slot.p99 ?? []).sort((a, b) => a - b)
  if (answered === 0 || tails.length === 0) return undefined
  const time = slots.reduce((sum, slot) => sum + slot.width, 0)
  return {
    errors: failed / (answered + failed),
    p99: tails[tails.length >> 1]!,
    rate: answered / time,
  }
}
