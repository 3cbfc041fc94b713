/** What the faults of one load come to, as results like those of any tool. */
import { type FaultPlan, faultName } from './fault-plan.ts'
import { isSteady, recoveryOf, type Span } from './recovery.ts'
import type { MetricResult } from './result.ts'
import type { LoadSlot } from './timeline.ts'
import type { Better } from './unit.ts'

/** Milliseconds since the load began. */
export interface FaultOutcome {
  readonly plan: FaultPlan
  readonly injected: number
  readonly healed: number
  /** Records, as its `verify` told; undefined: nobody asked. */
  readonly lost: number | undefined
}

export interface FaultedLoad {
  readonly benchmark: string
  /** From which recovery of a fault is told. */
  readonly slotsFor: (fault: FaultPlan) => readonly LoadSlot[]
  /** Milliseconds. */
  readonly duration: number
  /** Its clients or its rate change by themselves. */
  readonly stages: boolean
}

export type FaultResults =
  | { readonly kind: 'told'; readonly results: readonly MetricResult[] }
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * Of each fault under `<benchmark>/<fault>`: `recovery` and `detect` (ns; 0 where nothing was noticed), `recovered` (0 or
 * 1), `fault_errors`, and `data_loss` if it was asked for; of the benchmark the share `recovered`. A recovery that did
 * not come counts as long as was watched: `recovered` says so.
 */
export function faultResults(outcomes: readonly FaultOutcome[], load: FaultedLoad): FaultResults {
  const { benchmark, slotsFor, duration, stages } = load
  const results: MetricResult[] = []
  let since = 0
  let steady: Span | undefined
  let recovered = 0
  for (const [i, { plan, injected, healed, lost }] of outcomes.entries()) {
    const until = Math.min(duration, outcomes[i + 1]?.injected ?? Number.POSITIVE_INFINITY)
    const { window, tolerance } = plan
    // What is still ill, or hardly well again, does not say what is normal: what came before does.
    const slots = slotsFor(plan)
    const own: Span = { from: since, to: injected }
    if (steady === undefined || isSteady(slots, own)) steady = own
    const told = recoveryOf(
      slots,
      { injected, healed },
      { steady, until },
      { window, tolerance, steadyRate: !stages },
    )
    if (told.kind === 'unknown')
      return { kind: 'unknown', reason: `the fault "${plan.name}": ${told.reason}` }
    const { recovery } = told
    const of = faultName(benchmark, plan.name)
    const add = (metric: string, unit: string, better: Better, value: number): void => {
      results.push({ benchmark: of, metric, unit, better, data: { kind: 'scalar', value } })
    }
    add('recovery', 'ns', 'lower', recovery.recovery * 1e6)
    add('detect', 'ns', 'lower', (recovery.detect ?? 0) * 1e6)
    add('recovered', 'ratio', 'higher', recovery.recovered ? 1 : 0)
    add('fault_errors', 'count', 'lower', recovery.errors)
    if (lost !== undefined) add('data_loss', 'count', 'lower', lost)
    if (recovery.recovered) recovered += 1
    since = injected + Math.max(healed - injected, recovery.recovery)
  }
  if (outcomes.length > 0)
    results.push({
      benchmark,
      metric: 'recovered',
      unit: 'ratio',
      better: 'higher',
      data: { kind: 'scalar', value: recovered / outcomes.length, total: outcomes.length },
    })
  return { kind: 'told', results }
}
