/** Percentile distributions as HdrHistogram's own plotters read them (`.hgrm`), one file a benchmark and metric. */
import type { Sampled } from '../core/distribution.ts'
import { mean, merge } from '../core/distribution.ts'
import type { Run, Series } from '../core/run.ts'
import { plain } from './escape.ts'

/** Rows for each halving of what is left to 100 %: what HdrHistogram prints unless told otherwise. */
const TICKS = 5

/** A value is printed in these; the unit stands in the first comment. */
const PRINTED: Readonly<Record<string, readonly [name: string, size: number]>> = { ns: ['ms', 1e6] }

/** All rounds of every metric of which there are samples. Names are safe file names, each once. */
export function hgrmFiles(run: Run): { file: string; text: string }[] {
  const taken = new Set<string>()
  return run.series.flatMap((series) => {
    const rounds = series.rounds.filter((round) => round?.kind === 'sampled')
    if (rounds.length === 0) return []
    return [{ file: fileName(series, taken), text: hgrm(merge(rounds), series.unit) }]
  })
}

/** Value, percentile, operations up to it, 1/(1 − percentile). */
export function hgrm(d: Sampled, unit: string): string {
  const [name, size] = PRINTED[unit] ?? [unit, 1]
  const centre = mean(d)
  const largest = d.values[d.values.length - 1]!
  const rows = percentiles(d).map(({ value, share, count }) => {
    const last = share === 1 ? '' : (1 / (1 - share)).toFixed(2).padStart(15)
    return `${number(value / size)} ${share.toFixed(12)} ${String(count).padStart(10)}${last}`
  })
  return [
    `# unit: ${plain(name)}`,
    '       Value     Percentile TotalCount 1/(1-Percentile)',
    '',
    ...rows,
    `#[Mean    = ${number(centre / size)}, StdDeviation   = ${number(deviation(d, centre) / size)}]`,
    `#[Max     = ${number(largest / size)}, Total count    = ${String(d.count).padStart(12)}]`,
    '',
  ].join('\n')
}

/** A row where a tick is reached; always the smallest, always the largest at 100 %. */
function percentiles(d: Sampled): { value: number; share: number; count: number }[] {
  const rows: { value: number; share: number; count: number }[] = []
  let count = 0
  let tick = 0
  for (let i = 0; i < d.values.length; i++) {
    const value = d.values[i]!
    count += d.counts?.[i] ?? 1
    // Ticks come ever nearer to 100 % and never there: finer ones than one operation say nothing.
    const reached = Math.min(count / d.count, 1 - 1 / d.count + 1e-12)
    for (; tick < reached; tick = next(tick)) rows.push({ value, share: tick, count })
    if (count === d.count) rows.push({ value, share: 1, count })
  }
  return rows
}

/** Halfway to 100 % takes as many rows as the next halfway. */
function next(share: number): number {
  const halvings = Math.floor(Math.log2(1 / (1 - share)) + 1e-9) + 1
  return share + 1 / (TICKS * 2 ** halvings)
}

/** Of all operations, not of a sample of them. */
function deviation(d: Sampled, centre: number): number {
  let sum = 0
  for (let i = 0; i < d.values.length; i++) sum += (d.values[i]! - centre) ** 2 * (d.counts?.[i] ?? 1)
  return Math.sqrt(sum / d.count)
}

function number(value: number): string {
  return value.toFixed(6).padStart(12)
}

function fileName({ benchmark, metric }: Series, taken: Set<string>): string {
  const safe = (text: string) =>
    plain(text, 80)
      .replace(/[^A-Za-z0-9._=-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
  const stem = `${safe(benchmark) || 'benchmark'}.${safe(metric) || 'metric'}`
  let name = stem
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${stem}-${i}`
  taken.add(name.toLowerCase())
  return `${name}.hgrm`
}
