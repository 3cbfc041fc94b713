/** Both sides as lines over one axis: what most pictures are. */
import type { AlignedData, Series } from 'uplot'
import type { FaultMarks } from '../faults.ts'
import type { Key } from '../figure.ts'
import { figureOf } from '../figure.ts'
import { axis, drawn, readout, stripe } from '../plot.ts'

/** Ascending x. */
export interface Line {
  readonly name: string
  readonly kind: 'base' | 'head' | 'fit' | 'bad'
  /** Null where there was nothing to measure: a gap. */
  readonly points: readonly (readonly [x: number, y: number | null])[]
}

export interface Lines {
  readonly title: string
  readonly label: string
  readonly across: string
  readonly lines: readonly Line[]
  readonly x: (value: number) => string
  readonly y: (value: number | null | undefined) => string
  /** Few and measured one by one: each is marked. */
  readonly marked: boolean
  readonly faults?: FaultMarks | undefined
  /** Where each side was before the first fault. */
  readonly steady?: readonly Band[]
}

export interface Band {
  readonly side: 'base' | 'head'
  readonly low: number
  readonly high: number
}

/** Smallest and largest further apart than this are drawn on a scale of powers. */
const FAR = 30

/** Undefined where there is no line of two points. */
export function linesOver(told: Lines): HTMLElement | undefined {
  const { title, label, across, lines, x, y, marked, faults, steady = [] } = told
  if (!lines.some((line) => line.points.length > 1)) return undefined
  const places = [...new Set(lines.flatMap((line) => line.points.map(([at]) => at)))].sort((a, b) => a - b)
  const columns = lines.map((line) => {
    const known = new Map(line.points)
    return places.map((at) => known.get(at))
  })
  const known = columns.flat().filter((value) => typeof value === 'number')
  const powers =
    faults !== undefined && Math.min(...known) > 0 && Math.max(...known) / Math.min(...known) > FAR
  const measured = lines.filter((line) => line.kind !== 'fit')
  const { figure, plot } = figureOf({
    title,
    label: `${label}${faults?.sentence ?? ''}`,
    keys: [
      ...lines.map(({ name, kind }): Key => ({ kind, text: name })),
      ...(steady.length === 0 ? [] : [{ kind: 'band' as const, text: 'as it was before the first fault' }]),
      ...(faults?.keys ?? []),
    ],
    header: [across, ...measured.map((line) => line.name)],
    rows: places
      .filter((at) => measured.some((line) => line.points.some(([there]) => there === at)))
      .map((at) => [x(at), ...measured.map((line) => y(columns[lines.indexOf(line)]![places.indexOf(at)]))]),
  })
  // A place at which a line has no point at all (undefined) is passed over, unlike null.
  drawn(plot, [places, ...columns] as AlignedData, (colours) => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false }, y: powers ? { distr: 3 } : {} },
    ...(faults === undefined ? {} : { padding: [12 + faults.room, 12, 0, 0] }),
    hooks: {
      drawClear: [
        (u) => {
          faults?.draw(u, colours)
          for (const { side, low, high } of steady) stripe(u, low, high, colours.band[side])
        },
      ],
    },
    series: [
      {},
      ...lines.map(
        ({ kind }): Series => ({
          stroke: kind === 'fit' ? colours.quiet : colours[kind],
          width: kind === 'fit' ? 1 : 1.5,
          ...(kind === 'base' || kind === 'bad' ? { dash: [6, 4] } : kind === 'fit' ? { dash: [2, 3] } : {}),
          points: { show: marked && kind !== 'fit', size: 6, fill: colours.paper },
        }),
      ),
    ],
    axes: [
      axis(colours, { values: (_, splits) => splits.map(x) }),
      axis(colours, { size: 76, values: (_, splits) => splits.map((at) => (at === null ? '' : y(at))) }),
    ],
    plugins: [
      readout(plot, (i) => {
        const told = lines.flatMap((line, k) =>
          columns[k]![i] == null ? [] : `${line.name} ${y(columns[k]![i])}`,
        )
        return `${x(places[i] ?? 0)}: ${told.join(', ')}`
      }),
    ],
  }))
  return figure
}
