import { weighted } from '../core/distribution.ts'
import type { Resolution, Result } from '../core/result.ts'
import { percentileName } from '../core/statistic.ts'
import type { Warning } from '../core/warning.ts'
import type { Json } from './json.ts'
import { result, told } from './measured.ts'

/** A bucket is 1/64 to 1/128 of the values in it wide (FIO_IO_U_PLAT_BITS is 6). */
const BUCKETS: Resolution = { relative: 1 / 64, because: 'histogram steps of 1.6 %' }

/**
 * The completion latency is what fio tells percentiles of, unless it was asked for those of the whole latency instead;
 * what is not the main one keeps its own word.
 */
export function latenciesOf(benchmark: string, figures: Json): Result[] {
  const found = ['clat', 'lat', 'slat'].flatMap((word) => {
    const latency = figures.get(`${word}_ns`)
    return latency === undefined || latency.at('N').count() === 0 ? [] : [{ word, latency }]
  })
  const main = found.find(({ latency }) => latency.get('percentile') !== undefined) ?? found[0]
  return found.map((one) => {
    const { word, latency } = one
    const data = distributionOf(latency)
    const coarse = data.kind === 'sampled' || Object.keys(data.quantiles).length > 0
    return result(benchmark, one === main ? 'latency' : word, 'ns', data, {
      ...(coarse ? { resolution: BUCKETS } : {}),
      ...(one === main ? {} : { primary: false }),
    })
  })
}

function distributionOf(latency: Json) {
  const bins = latency.get('bins')?.entries() ?? []
  const count = latency.at('N').count()
  if (bins.length > 0) {
    const pairs = bins.map(([value, times]) => [nanoseconds(value, times), times.count()] as const)
    const sum = pairs.reduce((all, [, times]) => all + times, 0)
    if (sum !== count) throw latency.at('bins').wrong(`${count} operations`)
    return weighted(pairs)
  }
  const percentiles = latency.get('percentile')?.entries() ?? []
  return told(
    {
      count,
      mean: latency.at('mean').amount(),
      sd: latency.get('stddev')?.amount(),
      min: latency.at('min').amount(),
      max: latency.at('max').amount(),
      quantiles: Object.fromEntries(
        percentiles.map(([percent, value]) => [quantileName(percent, value), value.amount()]),
      ),
    },
    1,
  )
}

/** `"99.900000"` → `p99.9`. */
function quantileName(percent: string, at: Json): string {
  const share = Number(percent) / 100
  if (!/^\d{1,3}\.\d+$/.test(percent) || share > 1) throw at.wrong('a percentile as its key')
  return percentileName(share)
}

function nanoseconds(bin: string, at: Json): number {
  if (!/^\d{1,15}$/.test(bin)) throw at.wrong('nanoseconds as its key')
  return Number(bin)
}

/** I/O operations and bytes a second. */
export function ratesOf(benchmark: string, figures: Json): Result[] {
  const runtime = figures.at('runtime').amount()
  const rate = (value: number) => ({ kind: 'scalar', value }) as const
  // Of a run of few milliseconds the rate is as coarse as its time.
  const coarse =
    runtime === 0 ? {} : { resolution: { relative: 1 / runtime, because: 'run times in whole milliseconds' } }
  const bytes = figures.get('bw_bytes')?.amount() ?? figures.at('bw').amount() * 1024
  return [
    result(benchmark, 'throughput', '1/s', rate(figures.at('iops').amount()), coarse),
    result(benchmark, 'bandwidth', 'B/s', rate(bytes), { primary: false, ...coarse }),
  ]
}

/** Names of jobs in the order of the output: the clones of one (numjobs) are numbered. */
export function clonesApart(jobs: readonly string[]): { names: string[]; warnings: Warning[] } {
  const clones = new Set(jobs.filter((name, i) => jobs.indexOf(name) !== i))
  const seen = new Map<string, number>()
  const names = jobs.map((name) => {
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    return clones.has(name) ? `${name}[${nth}]` : name
  })
  const warnings = [...clones].map((name) => ({
    code: 'job-clones',
    message: `fio tells the clones of ${JSON.stringify(name.slice(0, 60))} apart: add --group_reporting to judge them as one`,
  }))
  return { names, warnings }
}
