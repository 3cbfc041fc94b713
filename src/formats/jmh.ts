import { merge, type Sampled, sampled, weighted } from '../core/distribution.ts'
import type { MetricResult, Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { readJmhCsv } from './jmh-csv.ts'
import { type Json, parseJson } from './json.ts'
import { readUnit, result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * JMH's `-rf json` and `-rf csv`. A benchmark is a method with its parameters; modes that measure the same of it are
 * told apart by name. Iterations of one fork are not independent, so a fork is a round.
 * https://github.com/openjdk/jmh
 */
export const jmh: TextFormat = {
  name: 'jmh',
  title: 'JMH (-rf json, -rf csv)',
  keeps: 'raw iterations, a round each fork; the histogram of mode sample (JSON); mean (CSV)',
  detect(start) {
    if (/^"Benchmark","Mode","Threads","Samples","Score"/m.test(start)) return true
    const outline = outlineOf(start)
    return outline.has('[].jmhVersion') || outline.has('[].benchmark', '[].mode', '[].primaryMetric')
  },
  parse(text) {
    if (!/^\s*\[/.test(text)) return { results: withModes(readJmhCsv(text)) }
    return { results: withModes(parseJson(text).array().flatMap(readRun)) }
  },
}

/** A result with the mode it was measured in. */
export interface JmhResult {
  readonly mode: string
  readonly result: MetricResult
}

/** `average time` and `sampling time` of one method are both its latency: then the mode is part of the name. */
function withModes(results: readonly JmhResult[]): Result[] {
  const key = ({ benchmark, metric }: MetricResult) => `${benchmark}\0${metric}`
  const modes = new Map<string, Set<string>>()
  for (const { mode, result: one } of results)
    modes.set(key(one), (modes.get(key(one)) ?? new Set()).add(mode))
  const shared = new Set(
    results
      .filter(({ result: one }) => modes.get(key(one))!.size > 1)
      .map(({ result: one }) => one.benchmark),
  )
  return results.map(({ mode, result: one }) =>
    shared.has(one.benchmark) ? { ...one, benchmark: `${one.benchmark}[mode=${mode}]` } : one,
  )
}

/** `Sort.run[size=1000]`. */
export function jmhName(method: string, params: readonly (readonly [string, string])[]): string {
  return params.length === 0
    ? method
    : `${method}[${params.map(([key, value]) => `${key}=${value}`).join(',')}]`
}

function readRun(run: Json): JmhResult[] {
  const params =
    run
      .get('params')
      ?.entries()
      .map(([key, value]) => [key, value.string()] as const) ?? []
  const name = jmhName(run.at('benchmark').string(), params)
  const mode = run.at('mode').string()
  const primary = run.at('primaryMetric')
  const secondary = run.get('secondaryMetrics')?.entries() ?? []
  return [
    { mode, result: primaryOf(name, primary) },
    ...secondary.map(([label, metric]) => ({ mode, result: secondaryOf(name, label, metric) })),
  ]
}

/** `ops/us` is a rate and `us/op` a time: the unit tells, not the mode. */
function primaryOf(name: string, metric: Json): MetricResult {
  const spelling = metric.at('scoreUnit').string()
  const { unit, factor, better } = jmhUnit(spelling)
  const { data, rounds } = valuesOf(metric, factor)
  const label = unit === 'ns' ? 'latency' : unit === '1/s' ? 'throughput' : 'score'
  return result(name, label, unit, data, { better, ...(rounds === undefined ? {} : { rounds }) })
}

/** Rates of a profiler (`gc.alloc.rate`) are of no good or bad direction; figures per operation are. */
function secondaryOf(name: string, label: string, metric: Json): MetricResult {
  const spelling = metric.at('scoreUnit').string()
  const { unit, factor, better } = jmhUnit(spelling)
  const { data } = valuesOf(metric, factor)
  const told = { benchmark: name, metric: label.replace(/^[·:]+/, ''), unit, data, primary: false }
  return spelling.includes('op') && better !== undefined ? { ...told, better } : told
}

/** `ops/ms` has its time below the line, `MB/sec` and `ns/op` are as elsewhere. */
export function jmhUnit(spelling: string): ReturnType<typeof readUnit> {
  const rate = /^ops\/(\w+)$/.exec(spelling)
  if (rate === null) return readUnit(spelling)
  const time = readUnit(rate[1]!)
  if (time.unit !== 'ns') return { unit: spelling, factor: 1 }
  return { unit: '1/s', factor: 1e9 / time.factor, better: 'higher' }
}

function valuesOf(
  metric: Json,
  factor: number,
): { data: Sampled | ReturnType<typeof told>; rounds?: readonly Sampled[] } {
  const histograms = metric.get('rawDataHistogram')
  const forks: Sampled[] =
    histograms !== undefined
      ? histograms.array().flatMap((fork) => {
          const pairs = fork
            .array()
            .flatMap((iteration) => iteration.array().map((pair) => readPair(pair, factor)))
            .filter(([, count]) => count > 0)
          return pairs.length === 0 ? [] : [weighted(pairs)]
        })
      : (metric.get('rawData')?.array() ?? []).flatMap((fork) => {
          const values = fork.array()
          return values.length === 0 ? [] : [sampled(values.map((value) => value.number() * factor))]
        })
  if (forks.length === 0) return { data: told({ mean: metric.at('score').number() }, factor) }
  const all = forks.every((fork) => fork.counts === undefined)
    ? sampled(forks.flatMap((fork) => [...fork.values]))
    : merge(forks)
  return forks.length === 1 ? { data: all } : { data: all, rounds: forks }
}

function readPair(pair: Json, factor: number): [value: number, count: number] {
  const [value, count] = pair.array()
  if (value === undefined || count === undefined) throw pair.wrong('a value and its count')
  return [value.amount() * factor, count.count()]
}
