import type { Measurement } from '../core/distribution.ts'
import { sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { Json } from './json.ts'
import { result, told } from './measured.ts'

const MILLISECOND = 1e6

/** Its percentiles are named without a point: `p995` is the 99.5th. */
const QUANTILES: Readonly<Record<string, string>> = {
  p50: 'p50',
  median: 'p50',
  p75: 'p75',
  p99: 'p99',
  p995: 'p99.5',
  p999: 'p99.9',
}

/**
 * What tinybench keeps of a task, wherever it is written: `latency` (milliseconds) and `throughput` since version 3,
 * flat with `hz` before. The throughput is the same samples turned over, so it is told beside; its p99 is the best
 * percent.
 */
export function readTinybench(name: string, figures: Json): Result[] {
  const latency = figures.get('latency')
  if (latency === undefined) {
    const hz = figures.get('hz')
    const rate =
      hz === undefined
        ? []
        : [result(name, 'throughput', '1/s', { kind: 'scalar', value: hz.amount() }, { primary: false })]
    return [result(name, 'latency', 'ns', readStatistics(figures, MILLISECOND)), ...rate]
  }
  const throughput = figures.get('throughput')
  return [
    result(name, 'latency', 'ns', readStatistics(latency, MILLISECOND)),
    ...(throughput === undefined
      ? []
      : [result(name, 'throughput', '1/s', readStatistics(throughput, 1), { primary: false })]),
  ]
}

function readStatistics(from: Json, factor: number): Measurement {
  const samples = from.get('samples')
  if (samples?.isArray) {
    const values = samples.array().map((sample) => sample.amount() * factor)
    if (values.length > 0) return sampled(values)
  }
  const count = from.get('samplesCount') ?? from.get('sampleCount')
  return told(
    {
      count: count?.count(),
      mean: from.at('mean').amount(),
      sd: from.get('sd')?.amount(),
      min: from.get('min')?.amount(),
      max: from.get('max')?.amount(),
      quantiles: Object.fromEntries(
        Object.entries(QUANTILES)
          .filter(([key]) => from.get(key) !== undefined)
          .map(([key, quantile]) => [quantile, from.at(key).amount()]),
      ),
    },
    factor,
  )
}
