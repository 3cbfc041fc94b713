/** The stored runs of the baseline branch and then head, with the places where the level changed. */
import { unpack } from '../../reporters/html/pack.ts'
import { many, quantity, unitOf } from '../../reporters/quantities.ts'
import { figure } from '../../reporters/scale.ts'
import { figureOf } from '../figure.ts'
import { axis, drawn, readout } from '../plot.ts'
import type { Panel } from './panel.ts'

export const history: Panel = ({ benchmark, comparison: c }) => {
  const trend = benchmark.trends?.find((t) => t.metric === c?.metric && t.statistic === c?.statistic)
  if (c === undefined || trend === undefined) return undefined
  const values = unpack(trend.values)
  if (values.length < 2) return undefined
  const runs = values.map((_, i) => i + 1)
  const shown = (value: number | null | undefined) => figure(value, unitOf(trend))
  const commit = (i: number) => trend.commits[i] || `run ${i + 1}`
  const mark = (i: number) => (trend.changes.includes(i) ? 'level changed' : '')
  const places =
    trend.changes.length === 0 ? '' : ` The level changed at ${trend.changes.map(commit).join(', ')}.`
  const { figure: made, plot: host } = figureOf({
    title: `${quantity(c)} over stored runs`,
    label: `${quantity(c)} of ${many(values.length, 'run')}, oldest first, head last.${places}`,
    keys: [
      { kind: 'head', text: 'a run; the last is head' },
      ...(trend.changes.length === 0 ? [] : [{ kind: 'threshold' as const, text: 'the level changed' }]),
    ],
    header: ['run', 'value', ''],
    rows: values.map((value, i) => [commit(i), shown(value), mark(i)]),
  })
  drawn(host, [runs, values], (colours) => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [0.5, runs.length + 0.5] } },
    series: [{}, { stroke: colours.head, width: 1.5, points: { show: true, size: 6, fill: colours.paper } }],
    axes: [
      axis(colours, {
        values: (_, splits) =>
          splits.map((at) => (Number.isInteger(at) ? (trend.commits[at - 1] ?? '') : '')),
        space: 70,
      }),
      axis(colours, { size: 76, values: (_, splits) => splits.map(shown) }),
    ],
    plugins: [
      readout(host, (i) => `${commit(i)}: ${shown(values[i])}${mark(i) === '' ? '' : `, ${mark(i)}`}`),
    ],
    hooks: {
      drawClear: [
        (u) => {
          u.ctx.save()
          u.ctx.strokeStyle = colours.bad
          u.ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
          for (const at of trend.changes) {
            const x = u.valToPos(at + 0.5, 'x', true)
            u.ctx.beginPath()
            u.ctx.moveTo(x, u.bbox.top)
            u.ctx.lineTo(x, u.bbox.top + u.bbox.height)
            u.ctx.stroke()
          }
          u.ctx.restore()
        },
      ],
    },
  }))
  return made
}
