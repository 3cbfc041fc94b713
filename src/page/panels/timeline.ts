/** One round of each side over its time: what was answered and how fast, and what the service took for it. */
import type { Packed } from '../../reporters/html/pack.ts'
import { unpack } from '../../reporters/html/pack.ts'
import type { PageTimeline } from '../../reporters/html/page-timeline.ts'
import { duration, figure } from '../../reporters/scale.ts'
import { faultMarks } from '../faults.ts'
import type { Band, Line } from './lines.ts'
import { linesOver } from './lines.ts'
import type { Panel, View } from './panel.ts'

interface Picture {
  readonly title: string
  readonly unit: string
  /** The line of one side; undefined where this was not watched. */
  readonly of: (timeline: PageTimeline) => Line['points'] | undefined
  /** Whether it is told by this that a service is as it was before a fault. */
  readonly tells?: boolean
  /** Left out where all is zero. */
  readonly ifAny?: boolean
}

function over(at: Packed, values: Packed): (readonly [number, number | null])[] {
  const y = unpack(values)
  return unpack(at).flatMap((x, i) => {
    return x === null ? [] : [[x / 1000, y[i] ?? null] as const]
  })
}

/** `round 6`, where it is the same of both sides. */
export function roundsOf(timelines: readonly PageTimeline[]): string {
  const same = new Set(timelines.map(({ round }) => round)).size === 1
  return same
    ? `round ${timelines[0]!.round}`
    : timelines.map(({ side, round }) => `round ${round} of ${side}`).join(' and ')
}

/** Undefined where this was not watched. */
function picture({ title, unit, of, tells = false, ifAny = false }: Picture): Panel {
  return ({ benchmark }: View) => {
    const timelines = benchmark.timelines ?? []
    const lines = timelines.flatMap((timeline): Line[] => {
      const points = of(timeline) ?? []
      return points.length === 0 ? [] : [{ name: timeline.side, kind: timeline.side, points }]
    })
    if (ifAny && !lines.some(({ points }) => points.some(([, value]) => (value ?? 0) > 0))) return undefined
    const rounds = roundsOf(timelines)
    return linesOver({
      title: `${title} in ${rounds}`,
      label: `${title} over time in ${rounds}, from the beginning of the load.`,
      across: 'time',
      lines,
      x: (value) => (value < 0 ? `−${duration(-value)}` : duration(value)),
      y: (value) => figure(value, unit),
      marked: false,
      faults: faultMarks(timelines),
      ...(tells ? { steady: timelines.flatMap((timeline) => steady(timeline, of(timeline) ?? [])) } : {}),
    })
  }
}

/** Nine tenths of the values before the first fault. */
function steady({ side, faults = [] }: PageTimeline, points: Line['points']): Band[] {
  const first = Math.min(...faults.map(({ injected }) => injected))
  const before = points
    .flatMap(([at, value]) => (at >= 0 && at < first && Number.isFinite(first) ? (value ?? []) : []))
    .sort((a, b) => a - b)
  const at = (share: number) => before[Math.round(share * (before.length - 1))]!
  return before.length < 3 ? [] : [{ side, low: at(0.05), high: at(0.95) }]
}

export const answers = picture({
  title: 'Answers a second',
  unit: '1/s',
  of: ({ load }) => load && over(load.at, load.answered),
  tells: true,
})

export const failures = picture({
  title: 'Failures a second',
  unit: '1/s',
  of: ({ load }) => load && over(load.at, load.failed),
  ifAny: true,
})

export const tail = picture({
  title: 'p99',
  unit: 'ns',
  of: ({ load }) => load && over(load.at, load.p99),
  tells: true,
})

export const processor = picture({
  title: 'Processor time, as a share of all cores,',
  unit: 'ratio',
  of: ({ resources }) => resources && over(resources.at, resources.cpu),
})

export const memory = picture({
  title: 'Memory',
  unit: 'B',
  of: ({ resources }) => resources && over(resources.at, resources.memory),
})
