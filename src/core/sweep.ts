/** One parameter of a benchmark over a list of values: names, slow-down and scalability. */
import { statisticOf } from './distribution.ts'
import type { MetricResult, Result } from './result.ts'
import { isFailed } from './result.ts'
import { fitScalability, type Scalability } from './scalability.ts'
import type { Statistic } from './statistic.ts'

export interface SweepPlan {
  /** `connections`, `rate`, or any name: a variable in the environment of the script and in the texts of the load. */
  readonly key: string
  readonly values: readonly (string | number)[]
}

/** `<name>[connections=5]`. */
export function sweptName(name: string, key: string, value: string | number): string {
  return `${name}[${key}=${value}]`
}

/** Parameters that say how many work at once: only for these has scalability a meaning. */
export const CONCURRENCY: ReadonlySet<string> = new Set([
  'connections',
  'users',
  'workers',
  'clients',
  'threads',
  'concurrency',
])

const SLOWED: readonly Statistic[] = ['mean', 'p50', 'p95', 'p99']

/** The results of one value of a sweep, with their full names. */
export interface Swept {
  readonly value: string | number
  readonly results: readonly Result[]
}

/**
 * What only the whole sweep tells, as scalars of `name`: `slowdown(p95)` (the statistic of latency at the largest value by
 * that at the smallest), and where the parameter is a concurrency `scalability.contention`, `scalability.coherency`,
 * `scalability.peak` (predicted concurrency of most throughput) and `scalability.knee`.
 */
export function sweepResults(name: string, key: string, parts: readonly Swept[]): MetricResult[] {
  const numeric = parts
    .filter((part) => typeof part.value === 'number')
    .sort((a, b) => Number(a.value) - Number(b.value))
  if (numeric.length < 2 || numeric.length < parts.length) return []
  const results = slowdowns(name, key, numeric)
  if (CONCURRENCY.has(key)) results.push(...scalability(name, key, numeric))
  return results
}

function find(
  name: string,
  key: string,
  { value, results }: Swept,
  metric: string,
): MetricResult | undefined {
  const full = sweptName(name, key, value)
  const found = results.find((one) => !isFailed(one) && one.benchmark === full && one.metric === metric)
  return found === undefined || isFailed(found) ? undefined : found
}

function scalar(benchmark: string, metric: string, unit: string, value: number): MetricResult {
  const better = metric.startsWith('slowdown') || unit === 'ratio' ? 'lower' : 'higher'
  return { benchmark, metric, unit, better, data: { kind: 'scalar', value }, primary: false }
}

function slowdowns(name: string, key: string, parts: readonly Swept[]): MetricResult[] {
  const first = find(name, key, parts[0]!, 'latency')
  const last = find(name, key, parts.at(-1)!, 'latency')
  if (first === undefined || last === undefined) return []
  return SLOWED.flatMap((statistic) => {
    const [from, to] = [statisticOf(first.data, statistic), statisticOf(last.data, statistic)]
    return from === undefined || to === undefined || from <= 0
      ? []
      : scalar(name, `slowdown(${statistic})`, 'ratio', to / from)
  })
}

function scalability(name: string, key: string, parts: readonly Swept[]): MetricResult[] {
  const points = parts.flatMap((part) => {
    const throughput = find(name, key, part, 'throughput')
    const latency = find(name, key, part, 'latency')
    const x = throughput === undefined ? undefined : statisticOf(throughput.data, 'value')
    const mean = latency === undefined ? undefined : statisticOf(latency.data, 'mean')
    return x === undefined || x <= 0 ? [] : { concurrency: Number(part.value), throughput: x, latency: mean }
  })
  const results: MetricResult[] = []
  const fit: Scalability | undefined = fitScalability(points)
  if (fit !== undefined) {
    results.push(scalar(name, 'scalability.contention', 'ratio', fit.contention))
    results.push(scalar(name, 'scalability.coherency', 'ratio', fit.coherency))
    if (fit.peak !== undefined) results.push(scalar(name, 'scalability.peak', 'count', fit.peak))
  }
  const knee = kneeOf(points)
  if (knee !== undefined) results.push(scalar(name, 'scalability.knee', 'count', knee))
  return results
}

/**
 * The measured concurrency at which throughput by latency is largest: beyond it a client more costs more in waiting than
 * it brings (the "power" of Kleinrock, Power and deterministic rules of thumb, ICC 1979).
 */
function kneeOf(
  points: readonly { concurrency: number; throughput: number; latency: number | undefined }[],
): number | undefined {
  let best: { concurrency: number; power: number } | undefined
  for (const { concurrency, throughput, latency } of points) {
    if (latency === undefined || latency <= 0) return undefined
    const power = throughput / latency
    if (best === undefined || power > best.power) best = { concurrency, power }
  }
  return best?.concurrency
}
