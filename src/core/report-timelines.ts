/** What a report keeps of what was measured over time: enough to draw it. */
import type { Execution } from './execution.ts'
import { faultName } from './fault-plan.ts'
import type { Result } from './result.ts'
import { isFailed } from './result.ts'
import type { Side } from './run.ts'
import type { FaultSpan, LoadSlot, ResourceSample, Timeline } from './timeline.ts'

export interface ReportTimeline extends Timeline {
  readonly side: Side
  /** 0-based: the last that was measured whole. */
  readonly round: number
  readonly faults?: readonly FaultCourse[]
}

/** A fault and what came of it in this round; what is not told is not there. Times in milliseconds. */
export interface FaultCourse extends FaultSpan {
  /** Since it was injected, until the answers first showed it; 0: they never did. */
  readonly detect?: number
  /** Since it was injected, until all was as before; if that did not come, so far as was watched. */
  readonly recovery?: number
  readonly recovered?: boolean
  /** Requests that failed until then. */
  readonly errors?: number
  /** Records. */
  readonly lost?: number
}

/** Points of a line; a picture is not wider. */
const MOST_POINTS = 120
/** Pictures of more would be a document of their own. */
const MOST_LINES = 40

/** The last round of each benchmark and side; of more than can be kept those with faults, then those of services. */
export function reportTimelines(executions: readonly Execution[]): ReportTimeline[] {
  const last = new Map<string, ReportTimeline>()
  for (const { side, round, outcome } of executions)
    if (outcome.kind === 'measured')
      for (const timeline of outcome.timelines ?? [])
        last.set(`${timeline.benchmark}\0${side}`, {
          ...withCourses(timeline, outcome.parsed.results),
          side,
          round,
        })
  const first = [...last.values()].sort((a, b) => rankOf(a) - rankOf(b))
  return first.slice(0, MOST_LINES).map(({ load, resources, ...rest }) => ({
    ...rest,
    ...(load === undefined ? {} : { load: joined(load) }),
    ...(resources === undefined ? {} : { resources: thinned(resources) }),
  }))
}

/** Polls come last. */
function rankOf({ faults, resources }: Timeline): number {
  return faults !== undefined ? 0 : resources !== undefined ? 1 : 2
}

/** Each fault with what the same execution told of it. */
function withCourses({ faults, ...rest }: Timeline, results: readonly Result[]): Timeline {
  if (faults === undefined) return rest
  return {
    ...rest,
    faults: faults.map(({ name, injected, healed }): FaultCourse => {
      const told = (metric: string): number | undefined => {
        const found = results.find(
          (one) =>
            one.benchmark === faultName(rest.benchmark, name) && !isFailed(one) && one.metric === metric,
        )
        return found !== undefined && !isFailed(found) && found.data.kind === 'scalar'
          ? found.data.value
          : undefined
      }
      const [detect, recovery, recovered] = [told('detect'), told('recovery'), told('recovered')]
      const [errors, lost] = [told('fault_errors'), told('data_loss')]
      return {
        name,
        injected: Math.round(injected),
        healed: Math.round(healed),
        ...(detect === undefined ? {} : { detect: detect / 1e6 }),
        ...(recovery === undefined ? {} : { recovery: recovery / 1e6 }),
        ...(recovered === undefined ? {} : { recovered: recovered === 1 }),
        ...(errors === undefined ? {} : { errors }),
        ...(lost === undefined ? {} : { lost }),
      }
    }),
  }
}

/** Neighbours put together: nothing is lost but the place of a tail, of which the worse stands for both. */
function joined(slots: readonly LoadSlot[]): LoadSlot[] {
  let all = [...slots]
  while (all.length > MOST_POINTS)
    all = Array.from({ length: Math.ceil(all.length / 2) }, (_, i) => join(all[2 * i]!, all[2 * i + 1]))
  return all.map(({ p50, p99, ...slot }) => ({
    ...slot,
    ...(p50 === undefined ? {} : { p50: Math.round(p50) }),
    ...(p99 === undefined ? {} : { p99: Math.round(p99) }),
  }))
}

function join(a: LoadSlot, b: LoadSlot | undefined): LoadSlot {
  if (b === undefined) return a
  const [p50, p99] = [worse(a.p50, b.p50), worse(a.p99, b.p99)]
  return {
    at: a.at,
    width: a.width + b.width,
    answered: a.answered + b.answered,
    failed: a.failed + b.failed,
    ...(p50 === undefined ? {} : { p50 }),
    ...(p99 === undefined ? {} : { p99 }),
  }
}

function worse(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

function thinned(samples: readonly ResourceSample[]): ResourceSample[] {
  const step = Math.ceil(samples.length / MOST_POINTS)
  return Array.from({ length: Math.ceil(samples.length / step) }, (_, i) => {
    const group = samples.slice(i * step, (i + 1) * step)
    const cpu = group.reduce((sum, one) => sum + one.cpu, 0) / group.length
    const last = group.at(-1)!
    return { ...last, at: Math.round(last.at), cpu: Number(cpu.toFixed(4)) }
  })
}
