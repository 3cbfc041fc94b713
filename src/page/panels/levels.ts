/** What each round measured, both sides on one scale, in the order measured. */
import type { AlignedData, Series } from 'uplot'
import { unpack } from '../../reporters/html/pack.ts'
import { quantity, unitOf } from '../../reporters/quantities.ts'
import { figure } from '../../reporters/scale.ts'
import { figureOf } from '../figure.ts'
import { axis, drawn, readout } from '../plot.ts'
import type { Panel } from './panel.ts'

export const levels: Panel = ({ comparison: c }) => {
  if (c === undefined) return undefined
  const sides = { base: unpack(c.base), head: unpack(c.head) }
  const present = (['base', 'head'] as const).filter((side) => sides[side].some((value) => value !== null))
  const length = Math.max(sides.base.length, sides.head.length)
  // One round a side stands in the table, and is no plot.
  if (present.length === 0 || length < 2) return undefined
  const rounds = Array.from({ length }, (_, i) => i + 1)
  const lines = present.map((side) => rounds.map((_, i) => sides[side][i] ?? null))
  const shown = (value: number | null | undefined) => figure(value, unitOf(c))
  const { figure: made, plot: host } = figureOf({
    title: `${quantity(c)} of each round`,
    label: `${quantity(c)} of each round in the order measured. ${present.map((side) => `${side}: ${told(sides[side], shown)}`).join('. ')}`,
    keys: present.map((side) => ({ kind: side, text: side })),
    header: ['round', ...present],
    rows: rounds.map((round, i) => [String(round), ...lines.map((line) => shown(line[i]))]),
  })
  drawn(host, [rounds, ...lines] as AlignedData, (colours) => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [0.5, length + 0.5] } },
    series: [
      {},
      ...present.map(
        (side): Series => ({
          stroke: colours[side],
          width: 1.5,
          ...(side === 'base' ? { dash: [6, 4] } : {}),
          points: { show: true, size: 6, fill: colours.paper },
        }),
      ),
    ],
    axes: [
      axis(colours, { values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? String(at) : '')) }),
      axis(colours, { size: 76, values: (_, splits) => splits.map(shown) }),
    ],
    plugins: [
      readout(
        host,
        (i) =>
          `round ${rounds[i]}: ${present.map((side, k) => `${side} ${shown(lines[k]?.[i])}`).join(', ')}`,
      ),
    ],
  }))
  return made
}

function told(values: readonly (number | null)[], shown: (value: number) => string): string {
  const known = values.filter((value) => value !== null)
  return `${known.length} rounds from ${shown(Math.min(...known))} to ${shown(Math.max(...known))}`
}
