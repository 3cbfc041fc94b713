/** The change of each round in the order measured, held against the threshold: drift and outliers can be seen. */

import { unpack } from '../../reporters/html/pack.ts'
import type { PageComparison } from '../../reporters/html/page-data.ts'
import { changeOf, intervalOf, quantity, thresholdOf, unitOf } from '../../reporters/quantities.ts'
import { ABSENT, change, difference, figure } from '../../reporters/scale.ts'
import type { Key } from '../figure.ts'
import { figureOf } from '../figure.ts'
import { axis, drawn, level, readout, stripe } from '../plot.ts'
import type { Panel } from './panel.ts'

export const changes: Panel = ({ data, comparison: c }) => {
  if (c === undefined || !data.paired || c.base.text.length !== c.head.text.length) return undefined
  const [base, head] = [unpack(c.base), unpack(c.head)]
  const per = base.map((b, i) => apart(c, b, head[i] ?? null))
  if (per.filter((value) => value !== null).length < 2) return undefined
  const shown = (value: number | null | undefined) =>
    value == null ? ABSENT : c.judgedBy === 'difference' ? difference(value, unitOf(c)) : change(value)
  const limit = c.better === 'higher' ? -c.threshold : c.threshold
  const overall = c.judgedBy === 'difference' ? c.difference : c.change
  const range = intervalOf(c)
  const rounds = per.map((_, i) => i + 1)
  const { figure: made, plot: host } = figureOf({
    title: `Change of ${quantity(c)} in each round`,
    label: `Change of ${quantity(c)} in each of ${rounds.length} rounds, in the order measured. Overall ${changeOf(c)}${range === undefined ? '' : `, interval ${range}`}; ${thresholdOf(c)} is tolerated.`,
    keys: keys(c, range),
    header: ['round', 'base', 'head', 'change'],
    rows: rounds.map((round, i) => [
      String(round),
      figure(base[i], unitOf(c)),
      figure(head[i], unitOf(c)),
      shown(per[i]),
    ]),
  })
  drawn(host, [rounds, per], (colours) => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [0.5, rounds.length + 0.5] },
      // What the rounds are held against is always in sight.
      y: { range: (_, low, high) => around([low, high, 0, limit]) },
    },
    series: [{}, { stroke: colours.head, width: 1, points: { show: true, size: 7, fill: colours.head } }],
    axes: [
      axis(colours, { values: (_, splits) => splits.map((at) => (Number.isInteger(at) ? String(at) : '')) }),
      axis(colours, { size: 76, values: (_, splits) => splits.map(shown) }),
    ],
    plugins: [readout(host, (i) => `round ${rounds[i]}: ${shown(per[i])}`)],
    hooks: {
      drawClear: [
        (u) => {
          if (c.interval !== null) stripe(u, c.interval[0], c.interval[1], colours.interval)
          level(u, 0, colours.ink, [])
          level(u, limit, colours.bad, [6, 4])
          if (overall !== null) level(u, overall, colours.head, [])
        },
      ],
    },
  }))
  return made
}

function keys(c: PageComparison, range: string | undefined): Key[] {
  return [
    { kind: 'round', text: 'a round' },
    { kind: 'change', text: `overall ${changeOf(c)}` },
    ...(range === undefined ? [] : [{ kind: 'interval' as const, text: range }]),
    { kind: 'threshold', text: `${thresholdOf(c)} is tolerated` },
  ]
}

/** On the scale that it is judged by. */
function apart(c: PageComparison, base: number | null, head: number | null): number | null {
  if (base === null || head === null) return null
  if (c.judgedBy === 'difference') return head - base
  return base > 0 ? head / base - 1 : null
}

/** With a tenth of room on both sides. */
function around(values: readonly (number | null)[]): [number, number] {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const room = (high - low) * 0.1 || 0.01
  return [low - room, high + room]
}
