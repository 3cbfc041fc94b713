import type { Result } from '../core/result.ts'
import { FormatError } from './format.ts'
import { result, told } from './measured.ts'

/** What redis-benchmark tells of one test: requests per second, and milliseconds. */
export interface RedisTest {
  readonly name: string
  readonly rate: number
  readonly count?: number
  readonly mean?: number
  readonly min?: number
  readonly max?: number
  readonly quantiles: Readonly<Record<string, number>>
}

/** Its histogram begins at 10 µs, so values below 8.2 ms are kept in steps of the power of two below: 8 µs. */
const STEPS = { absolute: 8e3, because: 'steps of 8 µs' }

export function resultsOfRedis(test: RedisTest): Result[] {
  const { name, rate, ...latency } = test
  // Pushing what LRANGE is to read is measured on the way and not what was asked for.
  const beside = / \(needed to benchmark \w+\)$/.test(name) ? { primary: false } : {}
  const timed = latency.mean !== undefined || Object.keys(latency.quantiles).length > 0
  return [
    ...(timed ? [result(name, 'latency', 'ns', told(latency, 1e6), { resolution: STEPS, ...beside })] : []),
    result(name, 'throughput', '1/s', { kind: 'scalar', value: rate }, beside),
  ]
}

/** Throws where redis-benchmark says that it could not go on: it then ends, or tries for ever. */
export function refuseTrouble(line: string, number: number): void {
  const told = /^(?:Error(?: from server)?: |Could not |All clients disconnected|WRONGPASS|NOAUTH).*/i.exec(
    line,
  )
  if (told !== null) throw new FormatError(number, told[0].trim().slice(0, 500))
}
