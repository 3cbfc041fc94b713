/** A distribution as a row of blocks, out of the quantiles that a report keeps of it. */
import type { DistributionPlot } from '../core/report.ts'

type Curve = readonly (readonly [share: number, value: number])[]

export interface Histogram {
  readonly base: string
  readonly head: string
  /** Where the first cell begins and the last ends, in the unit of the distribution. */
  readonly from: number
  readonly to: number
  /** Of the operations of either side, at least this is in it. */
  readonly share: number
}

const BLOCKS = ' ▁▂▃▄▅▆▇█'

/** Beyond this share the few slowest would press all others into one cell. */
const SHOWN = 0.99

/** Fewer quantiles than this tell nothing of a shape. */
const FEWEST = 8

/** Both sides on one scale, up to 99 % of either; undefined where a side is absent or told by a few quantiles alone. */
export function histogram({ base, head }: DistributionPlot, cells: number): Histogram | undefined {
  if (base === undefined || head === undefined) return undefined
  if (Math.min(base.length, head.length) < FEWEST) return undefined
  const from = Math.min(base[0]![1], head[0]![1])
  const [ofBase, ofHead] = [lastOf(base), lastOf(head)]
  const to = Math.max(ofBase[1], ofHead[1])
  if (!(to > from)) return undefined
  const width = (to - from) / cells
  const densities = [base, head].map((curve) =>
    Array.from(
      { length: cells },
      (_, i) => below(curve, from + (i + 1) * width) - below(curve, from + i * width),
    ),
  )
  const most = Math.max(...densities.flat())
  const [first, second] = densities.map((cellsOf) =>
    cellsOf
      .map((share) => block(share / most))
      .join('')
      .trimEnd(),
  )
  return { base: first!, head: second!, from, to, share: Math.min(ofBase[0], ofHead[0]) }
}

function lastOf(curve: Curve): Curve[number] {
  return curve.findLast(([share]) => share <= SHOWN)!
}

/** A cell in which there is anything at all is not empty. */
function block(height: number): string {
  return height <= 0 ? ' ' : BLOCKS[Math.max(1, Math.round(height * 8))]!
}

/** Share of the operations that took at most `value`; between two quantiles they are spread evenly. */
function below(curve: Curve, value: number): number {
  let [share, at] = curve[0]!
  if (value < at) return 0
  for (const [next, there] of curve) {
    if (there > value) return share + ((value - at) / (there - at)) * (next - share)
    share = next
    at = there
  }
  return share
}
