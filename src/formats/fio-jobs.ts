import type { Result } from '../core/result.ts'
import { factorOf } from '../core/unit.ts'
import { FormatError } from './format.ts'
import { errorRate, result, told } from './measured.ts'

/** Latencies of one kind in one direction, as far as they were read. */
export interface FioLatency {
  readonly word: string
  readonly unit: string
  readonly figures: { readonly min: number; readonly max: number; readonly mean: number; readonly sd: number }
  readonly quantiles: Record<string, number>
}

export interface FioDirection {
  readonly name: string
  readonly rates: readonly Result[]
  readonly latencies: FioLatency[]
}

export interface FioJob {
  readonly name: string
  readonly line: number
  readonly error: string
  readonly directions: FioDirection[]
  issued?: readonly number[]
  failed: number
}

const ORDER: readonly string[] = ['read', 'write', 'trim', 'sync']

export function resultsOfFioJob(benchmark: string, job: FioJob): Result[] {
  if (job.error !== '0')
    return [{ benchmark, status: 'failed', reason: `fio ended the job with error ${job.error}` }]
  if (job.issued === undefined)
    throw new FormatError(job.line, 'what the job issued is missing', 'was the output cut short?')
  if (job.directions.length === 0) return [{ benchmark, status: 'failed', reason: 'it made no I/O' }]
  const made = job.issued.slice(0, 3).reduce((sum, count) => sum + count, 0)
  return job.directions.flatMap((direction) => {
    const name = `${benchmark}:${direction.name}`
    const count = job.issued?.[ORDER.indexOf(direction.name)]
    return [
      ...latenciesOf(name, count, direction.latencies),
      ...direction.rates.map((rate) => ({ ...rate, benchmark: name })),
      ...(direction.name === 'sync' ? [] : [errorRate(name, job.failed, made + job.failed)]),
    ]
  })
}

function latenciesOf(benchmark: string, count: number | undefined, found: readonly FioLatency[]): Result[] {
  const main =
    found.find((one) => Object.keys(one.quantiles).length > 0) ??
    ['clat', 'lat', 'sync'].flatMap((word) => found.filter((one) => one.word === word))[0]
  return found.map((one) => {
    const factor = factorOf(one.unit)
    const resolution = {
      absolute: factor,
      relative: 1 / 64,
      because: `whole ${one.unit} and histogram steps of 1.6 %`,
    }
    return result(
      benchmark,
      one === main ? 'latency' : one.word,
      'ns',
      told({ count, ...one.figures, quantiles: one.quantiles }, factor),
      { resolution, ...(one === main ? {} : { primary: false }) },
    )
  })
}
