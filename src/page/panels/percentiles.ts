/** The whole distribution as HdrHistogram's plots show it: each halving of what is left to 100 % has the same width. */
import type { AlignedData, Series } from 'uplot'
import { unpack } from '../../reporters/html/pack.ts'
import type { PageCurve, PageData, PagePlot } from '../../reporters/html/page-data.ts'
import { many } from '../../reporters/quantities.ts'
import { ABSENT, change, figure } from '../../reporters/scale.ts'
import type { Key } from '../figure.ts'
import { figureOf } from '../figure.ts'
import { axis, drawn, readout } from '../plot.ts'
import type { Panel } from './panel.ts'

/** One point of a side. */
interface Point {
  readonly value: number
  readonly band: readonly [low: number, high: number] | undefined
}

/** Where people look. */
const TICKS = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999]
const SIDES = ['base', 'head'] as const

/** Slowest and fastest further apart than this are drawn on a scale of powers. */
const FAR = 30

export const percentiles: Panel = ({ data, benchmark, metric }) => {
  const plot = benchmark.plots.find((each) => each.metric === metric)
  if (plot === undefined) return undefined
  const present = SIDES.filter((side) => plot[side] !== undefined)
  const curves = { base: points(data, plot.base), head: points(data, plot.head) }
  const shares = [...new Set([...curves.base.keys(), ...curves.head.keys()])].sort((a, b) => a - b)
  const operations = Math.max(plot.base?.count ?? 0, plot.head?.count ?? 0)
  // The slowest of n operations stands where 1/(1 − share) is n.
  const x = shares.map((share) =>
    share === 1 ? Math.log10(Math.max(2, operations)) : -Math.log10(1 - share),
  )
  const at = (side: 'base' | 'head', pick: (point: Point) => number | undefined) =>
    shares.map((share) => {
      const point = curves[side].get(share)
      return point === undefined ? null : (pick(point) ?? null)
    })
  const lines = present.map((side) => at(side, (point) => point.value))
  const banded = present.filter((side) => plot[side]?.low !== undefined)
  const edges = banded.flatMap((side) => [at(side, (p) => p.band?.[1]), at(side, (p) => p.band?.[0])])
  const seen = [...lines, ...edges].flat().filter((value) => value !== null)
  const powers = Math.min(...seen) > 0 && Math.max(...seen) / Math.min(...seen) > FAR
  const shown = (value: number | null | undefined) => figure(value, plot.unit)

  const { figure: made, plot: host } = figureOf({
    title: `${metric === 'latency' ? 'Latency' : metric} by percentile`,
    label: label(plot, curves),
    keys: keys(plot, banded.length > 0),
    header: ['percentile', ...present, ...(present.length === 2 ? ['change'] : [])],
    rows: shares.map((share, i) => [
      shareName(share),
      ...lines.map((line) => shown(line[i])),
      ...(present.length === 2 ? [ratio(lines[0]?.[i], lines[1]?.[i])] : []),
    ]),
  })
  drawn(host, [x, ...lines, ...edges] as AlignedData, (colours, width) => {
    const line = (side: 'base' | 'head'): Series => ({
      stroke: colours[side],
      width: 2,
      points: { show: false },
      ...(side === 'base' ? { dash: [6, 4] } : {}),
    })
    const first = 1 + lines.length
    const ticks = TICKS.filter((share) => -Math.log10(1 - share) <= x[x.length - 1]! + 1e-9)
    return {
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: false }, y: powers ? { distr: 3 } : {} },
      series: [
        {},
        ...present.map(line),
        ...edges.map((): Series => ({ stroke: 'transparent', width: 0, points: { show: false } })),
      ],
      bands: banded.map((side, i) => ({
        series: [first + 2 * i, first + 2 * i + 1],
        fill: colours.band[side],
      })),
      axes: [
        axis(colours, {
          splits: () => ticks.map((share) => -Math.log10(1 - share)),
          values: () => ticks.map((share) => (width < 600 && share === 0 ? '' : shareName(share))),
        }),
        axis(colours, {
          size: 76,
          values: (_, values) => values.map((value) => (value === null ? '' : shown(value))),
        }),
      ],
      plugins: [
        readout(host, (i) => {
          const told = present.map((side, k) => `${side} ${shown(lines[k]?.[i])}`).join(', ')
          const both = present.length === 2 ? ` (${ratio(lines[0]?.[i], lines[1]?.[i])})` : ''
          return `${shareName(shares[i] ?? 0)}: ${told}${both}`
        }),
      ],
    }
  })
  return made
}

function points(data: PageData, curve: PageCurve | undefined): Map<number, Point> {
  if (curve === undefined) return new Map()
  const low = curve.low === undefined ? [] : unpack(curve.low)
  const high = curve.high === undefined ? [] : unpack(curve.high)
  const shares = data.shares[curve.shares] ?? []
  return new Map(
    unpack(curve.values).flatMap((value, i): [number, Point][] => {
      const [from, to] = [low[i], high[i]]
      const band = from == null || to == null ? undefined : ([from, to] as const)
      return value === null ? [] : [[shares[i]!, { value, band }]]
    }),
  )
}

function keys(plot: PagePlot, banded: boolean): Key[] {
  const sides = SIDES.filter((side) => plot[side] !== undefined).map((side) => ({
    kind: side,
    text: `${side}, ${many(plot[side]!.count, 'operation')}`,
  }))
  return banded ? [...sides, { kind: 'band', text: 'where the typical round lies (95 %)' }] : sides
}

function label(plot: PagePlot, curves: Record<'base' | 'head', Map<number, Point>>): string {
  const told = SIDES.filter((side) => plot[side] !== undefined).map((side) => {
    const at = (share: number) => figure(curves[side].get(share)?.value, plot.unit)
    return `${side}: half of all operations within ${at(0.5)}, 99 % within ${at(0.99)}, all within ${at(1)}`
  })
  return `Percentiles of ${plot.metric}. ${told.join('. ')}`
}

function shareName(share: number): string {
  if (share === 1) return 'max'
  return share === 0 ? 'min' : `${Number((share * 100).toFixed(6))} %`
}

function ratio(base: number | null | undefined, head: number | null | undefined): string {
  return base == null || head == null || base <= 0 ? ABSENT : change(head / base - 1)
}
