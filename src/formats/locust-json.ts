import { merge, type Sampled, weighted } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import { closedLoop } from './closed-loop.ts'
import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { resultsOfLoad, withWhole } from './load-figures.ts'
import { twoDigits } from './locust-resolution.ts'
import { LONGEST } from './requests.ts'

const MILLISECOND = 1e6

/** One name and method, with how often each response time was seen. */
interface Entry {
  readonly name: string
  readonly total: number
  readonly failed: number
  readonly times: Sampled | undefined
  readonly steps: readonly number[]
  /** Seconds since 1970. */
  readonly start: number
  readonly end: number
}

/** `--json`: no entry is the sum of the others. */
export function readLocustJson(text: string): Content {
  const entries = parseJson(text).array().map(readEntry)
  if (entries.length === 0) throw new FormatError('$', 'there is no request in it', 'did the run make any?')
  const times = entries.flatMap((entry) => entry.times ?? [])
  const sum: Entry = {
    name: '',
    total: entries.reduce((all, entry) => all + entry.total, 0),
    failed: entries.reduce((all, entry) => all + entry.failed, 0),
    times: times.length === 0 ? undefined : merge(times),
    steps: entries.flatMap((entry) => [...entry.steps]),
    start: entries.reduce((first, entry) => Math.min(first, entry.start), Number.POSITIVE_INFINITY),
    end: entries.reduce((last, entry) => Math.max(last, entry.end), 0),
  }
  return {
    results: withWhole(resultsOf(sum), entries.map(resultsOf)),
    warnings: [closedLoop('a user of Locust')],
  }
}

function readEntry(entry: Json): Entry {
  const method = entry.get('method')?.string() ?? ''
  const name = entry.at('name').string()
  const total = entry.at('num_requests').count()
  const times = entry.at('response_times')
  const pairs = times
    .entries()
    .map(([key, count]) => [figure(key, times.path, 'response time'), count.count()] as const)
  if (pairs.some(([time]) => time < 0 || time > LONGEST)) throw times.wrong('times that a request takes')
  const timed = pairs.reduce((sum, [, count]) => sum + count, 0)
  // Requests whose time is not known are counted apart.
  if (timed !== total - (entry.get('num_none_requests')?.count() ?? 0))
    throw times.wrong(`a time for each of the ${total} requests`, 'was the output cut short?')
  return {
    name: method === '' ? name : `${method} ${name}`,
    total,
    failed: entry.at('num_failures').count(),
    times:
      timed === 0 ? undefined : weighted(pairs.map(([time, count]) => [time * MILLISECOND, count] as const)),
    steps: pairs.filter(([, count]) => count > 0).map(([time]) => time),
    start: entry.at('start_time').amount(),
    end: entry.get('last_request_timestamp')?.amount() ?? 0,
  }
}

function resultsOf({ name, total, failed, times, steps, start, end }: Entry): Result[] {
  return resultsOfLoad({
    benchmark: name,
    latency: times,
    resolution: twoDigits(steps),
    throughput: end > start ? total / (end - start) : undefined,
    requests: { failed, total },
    at: '$',
  })
}
