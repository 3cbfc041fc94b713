import type { Resolution, Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { type Content, FormatError } from './format.ts'
import { resultsOfLoad, withWhole } from './load-figures.ts'
import { Tally } from './tally.ts'

/** One request as a tool recorded it. */
export interface Request {
  /** What it is called; tools with one anonymous target give `''`. */
  readonly name: string
  /** In the tool's unit; undefined where the tool has no time for it. */
  readonly latency: number | undefined
  readonly failed: boolean
  /** When it began and ended, in ticks of the tool's clock since whenever; NaN if not told. */
  readonly start: number
  readonly end: number
  /** It stands for others: not counted in the whole where those are recorded themselves. */
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

  /** In ticks, from the first start to the last end; undefined where no time was told. */
  get span(): number | undefined {
    const ticks = this.last - this.first
    return ticks > 0 && Number.isFinite(ticks) ? ticks : undefined
  }
}

const MOST_NAMES = 2000
/** In whatever unit: days of nanoseconds, and more. */
export const LONGEST = 1e15

/** How the rows of a tool become results. */
export interface Telling {
  /** From the tool's unit of latency to nanoseconds. */
  readonly factor: number
  readonly resolution?: Resolution
  /** Ticks of its clock in a second. */
  readonly ticks: number
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
  readonly #sums = new Group()

  add(request: Request, line: number): void {
    if ((request.latency ?? 0) > LONGEST)
      throw new FormatError(line, `no request takes ${request.latency}`, 'is the row in its right place?')
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
    if (request.sum === true) this.#sums.add(request)
    else this.#whole.add(request)
  }

  content(telling: Telling): Content {
    const names = [...this.#groups.keys()]
    if (names.length === 0)
      throw new FormatError(undefined, 'there is no request in it', 'did the run make any?')
    const call = telling.call?.(names) ?? ((name: string) => name)
    const parts = [...this.#groups].map(([name, group]) =>
      resultsOf(call(name), group, telling, names.length === 1),
    )
    const all = this.#whole.total > 0 ? this.#whole : this.#sums
    const whole = names.length === 1 ? [] : resultsOf('', all, telling, true)
    return { results: withWhole(whole, parts), warnings: telling.warnings }
  }
}

function resultsOf(benchmark: string, group: Group, telling: Telling, rated: boolean): Result[] {
  const counted = telling.throughput === 'requests' ? group.total : group.total - group.failed
  const { span } = group
  return resultsOfLoad({
    benchmark,
    latency: group.latencies.distribution(telling.factor),
    resolution: telling.resolution,
    throughput: rated && span !== undefined ? (counted * telling.ticks) / span : undefined,
    requests: { failed: group.failed, total: group.total },
  })
}
