/** A benchmark over the values of a parameter: `search[connections=1]`, `search[connections=10]`, … */
import { fitScalability } from '../../core/scalability.ts'
import { CONCURRENCY } from '../../core/sweep.ts'
import { unpack } from '../../reporters/html/pack.ts'
import type { PageComparison } from '../../reporters/html/page-data.ts'
import { quantity } from '../../reporters/quantities.ts'
import { figure } from '../../reporters/scale.ts'
import type { Line } from './lines.ts'
import { linesOver } from './lines.ts'
import type { Panel, View } from './panel.ts'

interface Place {
  readonly value: number
  readonly comparisons: readonly PageComparison[]
}

interface Sweep {
  readonly name: string
  readonly key: string
  /** Ascending. */
  readonly places: readonly Place[]
}

const SWEPT = /^(.*)\[([^=\]]+)=(-?\d+(?:\.\d+)?)\]$/s

/** The sweep that a benchmark is of, or has; undefined where there are not two values of it. */
function sweepOf({ data, benchmark }: View): Sweep | undefined {
  const own = SWEPT.exec(benchmark.name)
  const name = own?.[1] ?? benchmark.name
  const found = data.benchmarks.flatMap(({ name: full, comparisons }) => {
    const swept = SWEPT.exec(full)
    return swept === null || swept[1] !== name
      ? []
      : [{ key: swept[2]!, value: Number(swept[3]), comparisons }]
  })
  const key = own?.[2] ?? found[0]?.key
  const places = found.filter((place) => place.key === key).sort((a, b) => a.value - b.value)
  return key === undefined || places.length < 2 ? undefined : { name, key, places }
}

/** What is looked at, at each value. */
export const sweep: Panel = (view) => {
  const { comparison } = view
  const found = sweepOf(view)
  if (found === undefined || comparison === undefined) return undefined
  return drawing(found, comparison.metric, comparison.statistic)
}

/** Throughput at each value, and the law that it follows where the parameter is a number of clients. */
export const sweptThroughput: Panel = (view) => {
  const found = sweepOf(view)
  if (found === undefined || view.metric === 'throughput') return undefined
  return drawing(found, 'throughput', 'value')
}

function drawing({ name, key, places }: Sweep, metric: string, statistic: string) {
  const line = (side: 'base' | 'head'): Line => ({
    name: side,
    kind: side,
    points: places.flatMap(({ value, comparisons }) => {
      const c = comparisons.find((each) => each.metric === metric && each.statistic === statistic)
      const typical = c === undefined ? undefined : median(unpack(c[side]))
      return typical === undefined ? [] : [[value, typical] as const]
    }),
  })
  const measured = [line('base'), line('head')].filter(({ points }) => points.length > 0)
  const unit = places.flatMap((place) => place.comparisons).find((c) => c.metric === metric)?.unit ?? ''
  const law = metric === 'throughput' && CONCURRENCY.has(key) ? fitted(measured.at(-1)) : []
  const what = quantity({ metric, statistic: statistic as PageComparison['statistic'] })
  return linesOver({
    title: `${what} by ${key}`,
    label: `${what} of ${name} at ${places.length} values of ${key}.`,
    across: key,
    lines: [...measured, ...law],
    x: (value) => String(Number(value.toPrecision(6))),
    y: (value) => figure(value, unit),
    marked: true,
  })
}

/** The Universal Scalability Law through the points of head. */
function fitted(line: Line | undefined): Line[] {
  if (line === undefined) return []
  const law = fitScalability(
    line.points.map(([concurrency, throughput]) => ({ concurrency, throughput: throughput ?? 0 })),
  )
  if (law === undefined) return []
  const [from, to] = [line.points[0]![0], line.points.at(-1)![0]]
  const steps = 40
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const n = from + ((to - from) * i) / steps
    return [n, (law.alone * n) / (1 + law.contention * (n - 1) + law.coherency * n * (n - 1))] as const
  })
  return [{ name: `scalability law of ${line.name}`, kind: 'fit', points }]
}

function median(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  const middle = known.length >> 1
  return known.length % 2 === 1
    ? known[middle]
    : known.length === 0
      ? undefined
      : (known[middle - 1]! + known[middle]!) / 2
}
