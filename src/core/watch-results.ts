/** What polls and alerts come to, as results like those of any tool. */
import { sampled } from './distribution.ts'
import { faultName } from './fault-plan.ts'
import type { MetricResult } from './result.ts'
import type { AlertPlan, PollPlan } from './watch-plan.ts'

export interface Poll {
  /** Milliseconds since the load or the script began. */
  readonly at: number
  /** Milliseconds. */
  readonly took: number
  readonly yes: boolean
}

/** `response` (ns, of what said yes; where nothing did, the whole patience) and `availability` (share that said yes). */
export function pollResults(
  benchmark: string,
  { name, timeout }: Pick<PollPlan, 'name' | 'timeout'>,
  polls: readonly Poll[],
): MetricResult[] {
  const of = faultName(benchmark, name)
  const good = polls.filter(({ yes }) => yes).map(({ took }) => took * 1e6)
  return [
    {
      benchmark: of,
      metric: 'response',
      unit: 'ns',
      better: 'lower',
      data: sampled(good.length === 0 ? [timeout * 1e6] : good),
    },
    {
      benchmark: of,
      metric: 'availability',
      unit: 'ratio',
      better: 'higher',
      data: { kind: 'scalar', value: good.length / polls.length, total: polls.length },
    },
  ]
}

/**
 * `alert.fired` (1 or 0), and of one that is to fire `alert.delay` (ns from its cause to the end of the question that
 * told it; if it did not fire, as long as was watched). One that said yes before its cause came tells
 * nothing of it: it has not fired.
 */
export function alertResults(
  benchmark: string,
  { name, expect }: Pick<AlertPlan, 'name' | 'expect'>,
  polls: readonly Poll[],
  { cause, end }: { readonly cause: number; readonly end: number },
): MetricResult[] {
  const of = faultName(benchmark, name)
  const told = ({ at, took }: Poll): number => at + took
  const before = polls.filter((poll) => told(poll) < cause)
  const first = polls.find((poll) => poll.yes && (expect === 'silent' || told(poll) >= cause))
  const early = expect === 'fires' && before.at(-1)?.yes === true
  const fired = first !== undefined && !early
  const firing: MetricResult = {
    benchmark: of,
    metric: 'alert.fired',
    unit: 'ratio',
    better: expect === 'fires' ? 'higher' : 'lower',
    data: { kind: 'scalar', value: fired ? 1 : 0 },
  }
  if (expect === 'silent') return [firing]
  const delay = fired ? told(first) - cause : Math.max(0, end - cause)
  const data = { kind: 'scalar', value: delay * 1e6 } as const
  return [firing, { benchmark: of, metric: 'alert.delay', unit: 'ns', better: 'lower', data }]
}
