/** One round of each side over its time, as the page's script draws it. */
import type { FaultCourse, ReportTimeline } from '../../core/report-timelines.ts'
import { plain } from '../escape.ts'
import type { Packed } from './pack.ts'
import { pack } from './pack.ts'

/** Seconds: `injected` and `healed` since the load began, `detect` and `recovery` since the injection. */
export type PageFault = FaultCourse

/** Lists of one length each, `at` in milliseconds since the load began. */
export interface PageTimeline {
  readonly side: 'base' | 'head'
  /** From 1. */
  readonly round: number
  readonly load?: {
    readonly at: Packed
    /** Answers and failures a second. */
    readonly answered: Packed
    readonly failed: Packed
    /** Nanoseconds. */
    readonly p99: Packed
  }
  readonly faults?: readonly PageFault[]
  readonly resources?: {
    readonly at: Packed
    /** Share of all cores. */
    readonly cpu: Packed
    /** Bytes. */
    readonly memory: Packed
  }
}

/** Base first, as everywhere on the page; a report has them as they were measured. */
export function pageTimelines(timelines: readonly ReportTimeline[]): PageTimeline[] {
  return timelines.toSorted((a, b) => (a.side === b.side ? 0 : a.side === 'base' ? -1 : 1)).map(timelineOf)
}

function timelineOf({ side, round, load, resources, faults }: ReportTimeline): PageTimeline {
  return {
    side,
    round: round + 1,
    ...(faults === undefined ? {} : { faults: faults.map(faultOf) }),
    ...(load === undefined
      ? {}
      : {
          load: {
            at: pack(load.map((slot) => slot.at)),
            answered: pack(load.map((slot) => (1000 * slot.answered) / slot.width)),
            failed: pack(load.map((slot) => (1000 * slot.failed) / slot.width)),
            p99: pack(load.map((slot) => slot.p99 ?? null)),
          },
        }),
    ...(resources === undefined
      ? {}
      : {
          resources: {
            at: pack(resources.map((sample) => sample.at)),
            cpu: pack(resources.map((sample) => sample.cpu)),
            memory: pack(resources.map((sample) => sample.memory)),
          },
        }),
  }
}

function faultOf({ name, injected, healed, detect, recovery, ...rest }: FaultCourse): PageFault {
  return {
    name: plain(name, 100),
    injected: injected / 1000,
    healed: healed / 1000,
    ...(detect === undefined ? {} : { detect: detect / 1000 }),
    ...(recovery === undefined ? {} : { recovery: recovery / 1000 }),
    ...rest,
  }
}
