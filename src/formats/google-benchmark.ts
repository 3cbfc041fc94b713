import { type Measurement, sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type GoogleRow, readGoogleCsv } from './google-csv.ts'
import { readGoogleJson } from './google-json.ts'
import { groupsOf, result, roundsOf, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * Google Benchmark's JSON and CSV: the mean of each repetition, or only their aggregates.
 * https://google.github.io/benchmark/user_guide.html#output-formats
 */
export const googleBenchmark: TextFormat = {
  name: 'google-benchmark',
  title: 'Google Benchmark (JSON, CSV)',
  keeps: 'the mean of each repetition, a round each; mean, median and sd of aggregates',
  detect(start) {
    if (/^name,iterations,real_time,cpu_time,time_unit/m.test(start)) return true
    const outline = outlineOf(start)
    if (outline.has('context', 'benchmarks[].run_name') || outline.has('benchmarks[].real_time')) return true
    return outline.has('context.executable', 'context.num_cpus')
  },
  parse(text) {
    const rows = /^\s*\{/.test(text) ? readGoogleJson(text) : readGoogleCsv(text)
    const groups = groupsOf(rows, (row) => row.name)
    return { results: [...groups].flatMap(([name, group]) => readGroup(name, group)) }
  },
}

/** Rows of one `run_name`: its repetitions, else its aggregates. */
function readGroup(name: string, rows: readonly GoogleRow[]): Result[] {
  const stopped = rows.find((row) => row.stopped !== undefined)?.stopped
  if (stopped !== undefined) return [{ benchmark: name, ...stopped }]
  const runs = rows.filter((row) => row.aggregate === undefined)
  const metrics = [...new Set(rows.flatMap((row) => [...row.figures.keys()]))]
  const rate = metrics.includes('items_per_second') ? 'items_per_second' : 'bytes_per_second'
  return metrics.flatMap((metric): Result[] => {
    const measured = runs.length > 0 ? repetitions(runs, metric) : aggregates(rows, metric)
    if (measured === undefined) return []
    const { data, ...rounds } = measured
    if (metric === 'real_time') return [result(name, 'latency', 'ns', data, rounds)]
    if (metric === 'cpu_time') return [result(name, metric, 'ns', data, { ...rounds, primary: false })]
    // Worked out from the time: the same measurement turned over.
    if (metric === rate)
      return [
        result(name, 'throughput', rate === 'items_per_second' ? '1/s' : 'B/s', data, {
          ...rounds,
          primary: false,
        }),
      ]
    if (metric === 'bytes_per_second')
      return [result(name, metric, 'B/s', data, { ...rounds, primary: false })]
    // A counter of the user's: the tool knows neither its unit nor which way is good.
    return [{ benchmark: name, metric, unit: 'value', data, ...rounds, primary: false }]
  })
}

function repetitions(
  runs: readonly GoogleRow[],
  metric: string,
): { data: Measurement; rounds?: readonly Measurement[] } | undefined {
  const values = runs.flatMap((run) => run.figures.get(metric) ?? [])
  if (values.length === 0) return undefined
  return values.length === 1 ? { data: sampled(values) } : roundsOf(values)
}

function aggregates(rows: readonly GoogleRow[], metric: string): { data: Measurement } | undefined {
  const of = (aggregate: string) => rows.find((row) => row.aggregate === aggregate)
  const mean = of('mean')?.figures.get(metric)
  const median = of('median')?.figures.get(metric)
  if (mean === undefined && median === undefined) return undefined
  const sd = of('stddev')?.figures.get(metric)
  return { data: told({ count: of('mean')?.repetitions, mean, sd, quantiles: { p50: median } }, 1) }
}
