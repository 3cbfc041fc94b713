/** One round of each side over its time: what was answered and how fast, and what the service took for it. */
import type { Packed } from '../../reporters/html/pack.ts'
import { unpack } from '../../reporters/html/pack.ts'
import type { PageTimeline } from '../../reporters/html/page-data.ts'
import { duration, figure } from '../../reporters/scale.ts'
import type { Line } from './lines.ts'
import { linesOver } from './lines.ts'
import type { Panel, View } from './panel.ts'

interface Picture {
  readonly title: string
  readonly unit: string
  /** Lines of one side. */
  readonly of: (timeline: PageTimeline) => readonly Line[]
}

function over(at: Packed, values: Packed): (readonly [number, number | null])[] {
  const y = unpack(values)
  return unpack(at).flatMap((x, i) => {
    return x === null ? [] : [[x / 1000, y[i] ?? null] as const]
  })
}

/** `round 6`, where it is the same of both sides. */
function roundsOf(timelines: readonly PageTimeline[]): string {
  const same = new Set(timelines.map(({ round }) => round)).size === 1
  return same
    ? `round ${timelines[0]!.round}`
    : timelines.map(({ side, round }) => `round ${round} of ${side}`).join(' and ')
}

/** Undefined where this was not watched. */
function picture({ title, unit, of }: Picture): Panel {
  return ({ benchmark }: View) => {
    const timelines = benchmark.timelines ?? []
    const lines = timelines.flatMap(of).filter((line) => line.points.length > 0)
    const rounds = roundsOf(timelines)
    return linesOver({
      title: `${title} in ${rounds}`,
      label: `${title} over time in ${rounds}, from the beginning of the load.`,
      across: 'time',
      lines,
      x: (value) => (value < 0 ? `−${duration(-value)}` : duration(value)),
      y: (value) => figure(value, unit),
      marked: false,
    })
  }
}

export const answers = picture({
  title: 'Answers a second',
  unit: '1/s',
  of: ({ side, load }) => {
    if (load === undefined) return []
    const failed = over(load.at, load.failed)
    return [
      { name: side, kind: side, points: over(load.at, load.answered) },
      ...(failed.some(([, value]) => value !== null && value > 0)
        ? [{ name: `${side}, failed`, kind: 'bad' as const, points: failed }]
        : []),
    ]
  },
})

export const tail = picture({
  title: 'p99',
  unit: 'ns',
  of: ({ side, load }) =>
    load === undefined ? [] : [{ name: side, kind: side, points: over(load.at, load.p99) }],
})

export const processor = picture({
  title: 'Share of all cores',
  unit: 'ratio',
  of: ({ side, resources }) =>
    resources === undefined ? [] : [{ name: side, kind: side, points: over(resources.at, resources.cpu) }],
})

export const memory = picture({
  title: 'Memory',
  unit: 'B',
  of: ({ side, resources }) =>
    resources === undefined ? [] : [{ name: side, kind: side, points: over(resources.at, resources.memory) }],
})
