import type { Resolution, Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { type Content, FormatError } from './format.ts'
import { resultsOfLoad } from './load-figures.ts'
import { Tally } from './tally.ts'

/** One request as a tool recorded it. */
export interface Request {
  /** What it is called; tools with one anonymous target give `''`. */
  readonly name: string
  /** In the tool's unit; undefined where the tool has no time for it. */
  readonly latency: number | undefined
  readonly failed: boolean
  /** When it began and ended, in seconds since whenever; NaN if not told. */
  readonly start: number
  readonly end: number
  /** It stands for others that are recorded themselves: named, but not counted in the whole. */
  readonly sum?: boolean
}

/** What the rows of one name come to. */
class Group {
  readonly latencies = new Tally()
  total = 0
  failed = 0
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY

  add(request: Request): void {
    this.total++
    if (request.failed) this.failed++
    if (request.latency !== undefined) this.latencies.add(request.latency)
    if (request.start < this.first) this.first = request.start
    if (request.end > this.last) this.last = request.end
  }

  /** A second of the time from the first start to the last end. */
  perSecond(count: number): number | undefined {
    const seconds = this.last - this.first
    return seconds > 0 && Number.isFinite(seconds) ? count / seconds : undefined
  }
}

const MOST_NAMES = 2000

/** How the rows of a tool become results. */
export interface Telling {
  /** From the tool's unit of latency to nanoseconds. */
  readonly factor: number
  readonly resolution?: Resolution
  readonly warnings: readonly Warning[]
  /** What the tool's throughput counts. */
  readonly throughput: 'requests' | 'successes'
  /** What a name is called beside the others. */
  readonly call?: (names: readonly string[]) => (name: string) => string
}

/**
 * Gathers requests in memory that grows with the names and not with the rows. One name is one benchmark;
 * of several each has its latency and errors, and `''` is the whole: its throughput and errors, its latency beside.
 */
export class Requests {
  readonly #groups = new Map<string, Group>()
  readonly #whole = new Group()

  add(request: Request, line: number): void {
    let group = this.#groups.get(request.name)
    if (group === undefined) {
      if (this.#groups.size >= MOST_NAMES)
        throw new FormatError(
          line,
          `more than ${MOST_NAMES} names`,
          'give requests names without ids in them',
        )
      group = new Group()
      this.#groups.set(request.name, group)
    }
    group.add(request)
    if (request.sum !== true) this.#whole.add(request)
  }

  content(telling: Telling): Content {
    const { warnings } = telling
    const names = [...this.#groups.keys()]
    if (names.length === 0)
      throw new FormatError(undefined, 'there is no request in it', 'did the run make any?')
    const call = telling.call?.(names) ?? ((name: string) => name)
    if (names.length === 1) {
      const only = names[0]!
      return { results: resultsOf(call(only), this.#groups.get(only)!, telling, true), warnings }
    }
    const each = [...this.#groups].flatMap(([name, group]) => resultsOf(call(name), group, telling, false))
    const whole = this.#whole.total === 0 ? [] : resultsOf('', this.#whole, telling, true)
    return { results: [...whole.map(besideLatency), ...each], warnings }
  }
}

/** The latencies of the parts gate; that of the whole is a mixture of them. */
function besideLatency(result: Result): Result {
  return 'metric' in result && result.metric === 'latency' ? { ...result, primary: false } : result
}

function resultsOf(benchmark: string, group: Group, telling: Telling, rated: boolean): Result[] {
  const counted = telling.throughput === 'requests' ? group.total : group.total - group.failed
  return resultsOfLoad({
    benchmark,
    latency: group.latencies.distribution(telling.factor),
    resolution: telling.resolution,
    throughput: rated ? group.perSecond(counted) : undefined,
    requests: { failed: group.failed, total: group.total },
  })
}
