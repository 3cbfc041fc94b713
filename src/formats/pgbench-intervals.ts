import type { Result } from '../core/result.ts'
import { FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'
import { errorRate, result, told } from './measured.ts'

/**
 * Start of the interval, transactions, then Σ, Σ², min and max of their µs; the same four of the lag (-R), skipped (-L),
 * retried and retries, and failures of one kind or two. Since PostgreSQL 15 all of them, before only what was asked for.
 */
const INTERVAL = /^\d{9,11}(?: \d{1,30}){5}(?:(?: -?\d{1,30}){4,12})?$/
const MICROSECOND = 1e3
const SKIPPED = 10
const FAILURES = 13

export function isPgbenchInterval(line: string): boolean {
  return INTERVAL.test(line.trimEnd())
}

/**
 * The log of `--aggregate-interval`: sums, of which mean and spread of the whole run follow exactly. The last interval
 * is never in the log.
 */
export function pgbenchIntervals(): LineHandler {
  let [count, sum, squares, failed, columns] = [0, 0, 0, 0, 0]
  let min = Number.POSITIVE_INFINITY
  let max = 0
  return {
    line(text, number) {
      if (text.trim() === '') return
      if (!isPgbenchInterval(text))
        throw new FormatError(number, `no interval: ${JSON.stringify(text.slice(0, 60))}`, CUT)
      const figures = text.trimEnd().split(' ').map(Number)
      columns ||= figures.length
      if (figures.length !== columns)
        throw new FormatError(number, `expected ${columns} columns, got ${figures.length}`, CUT)
      failed += figures[SKIPPED] ?? 0
      for (const failures of figures.slice(FAILURES)) failed += failures
      const [, transactions = 0, total = 0, squared = 0, least = 0, most = 0] = figures
      if (transactions === 0) return
      count += transactions
      sum += total
      squares += squared
      min = Math.min(min, least)
      max = Math.max(max, most)
    },
    end() {
      if (count === 0)
        throw new FormatError(undefined, `none of ${failed} transactions succeeded in a whole interval`)
      const mean = sum / count
      const sd = Math.sqrt(Math.max(0, squares / count - mean ** 2))
      const results: Result[] = [
        result('', 'latency', 'ns', told({ count, mean, sd, min, max }, MICROSECOND)),
        ...(columns > SKIPPED ? [errorRate('', failed, failed + count)] : []),
      ]
      return { results }
    },
  }
}

const CUT = 'was the output cut short?'
