/** What the rounds of a comparison look like: a line of blocks, and how much rounds of one side differ. */
import type { Comparison, Report } from '../core/report.ts'

const BLOCKS = '▁▂▃▄▅▆▇█'

/** Rounds drawn; of more, every second, third, … one. */
const WIDEST = 40

/** Both sides on one scale, a block a round in the order measured; `·` where a round has none. */
export function sparklines(c: Comparison): { base: string; head: string } {
  const draw = drawing([...c.series.base, ...c.series.head])
  return { base: draw(c.series.base), head: draw(c.series.head) }
}

/** One line of figures on a scale of its own. */
export function sparkline(values: readonly number[]): string {
  return drawing(values)(values)
}

/** Draws figures as blocks, on the scale of all that is `seen`. */
function drawing(seen: readonly (number | null)[]): (values: readonly (number | null)[]) => string {
  const there = seen.filter((value) => value !== null)
  const low = Math.min(...there)
  const span = Math.max(...there) - low
  const block = (value: number | null) => {
    if (value === null) return '·'
    return BLOCKS[span === 0 ? 3 : Math.min(7, Math.floor(((value - low) / span) * 8))]!
  }
  return (values) => {
    const stride = Math.ceil(values.length / WIDEST)
    return values
      .filter((_, at) => at % stride === 0)
      .map(block)
      .join('')
  }
}

/**
 * Relative spread between the rounds of base: the median absolute deviation, scaled by 1.4826 so that it is the
 * standard deviation where rounds are normal, over the median. Undefined below three rounds or around zero.
 */
export function spread(c: Comparison): number | undefined {
  const values = c.series.base.filter((value) => value !== null)
  if (values.length < 3) return undefined
  const centre = median(values)
  if (centre === 0) return undefined
  return (1.4826 * median(values.map((value) => Math.abs(value - centre)))) / Math.abs(centre)
}

export interface Noise {
  readonly median: number
  readonly worst: number
  readonly noisiest: Comparison
}

/** Over everything that gates. */
export function noise(report: Report): Noise | undefined {
  const known = report.comparisons
    .filter((c) => c.gating)
    .flatMap((c) => {
      const found = spread(c)
      return found === undefined ? [] : [{ c, found }]
    })
    .sort((a, b) => b.found - a.found)
  const first = known[0]
  if (first === undefined) return undefined
  return { median: median(known.map(({ found }) => found)), worst: first.found, noisiest: first.c }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
