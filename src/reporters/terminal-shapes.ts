/** The distributions of what got worse or better, base above head: whether all of it moved, or only the tail. */
import type { Report } from '../core/report.ts'
import { squeeze } from './cells.ts'
import type { Digest } from './digest.ts'
import { plain } from './escape.ts'
import { histogram } from './histogram.ts'
import { pair, share } from './scale.ts'
import type { Line } from './terminal-table.ts'

/** Benchmarks drawn; the page draws all. */
const MOST = 5
const CELLS = 60

export function shapes(report: Report, all: Digest, width: number): Line[] {
  const moved = new Set([...all.regressed, ...all.improved].map((c) => `${c.benchmark}\0${c.metric}`))
  const drawn = report.distributions.flatMap((plot) => {
    if (!moved.has(`${plot.benchmark}\0${plot.metric}`)) return []
    const shape = histogram(plot, Math.min(CELLS, width - 8))
    return shape === undefined ? [] : [{ plot, shape }]
  })
  return drawn.slice(0, MOST).flatMap(({ plot, shape }): Line[] => {
    const span = plain(pair(shape.from, shape.to, plot.unit), 40).replace('→', '…')
    const title = `${plain(plot.metric)}, ${share(shape.share)} of all operations, ${span}`
    return [
      {
        text: `${squeeze(plain(plot.benchmark), Math.max(8, width - title.length - 1))} ${title}`,
        tone: 'quiet',
      },
      { text: `  base  ${shape.base}`, tone: 'quiet' },
      { text: `  head  ${shape.head}`, tone: 'quiet' },
    ]
  })
}
