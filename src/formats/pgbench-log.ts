import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'
import { errorRate, result } from './measured.ts'
import { Tally } from './tally.ts'

/** Client, its transaction's number, µs or a word, script, seconds, µs; with -R the lag, with --max-tries the retries. */
const TRANSACTION = /^(\d{1,9}) (\d{1,15}) (?:(\d{1,15})|[a-z][a-z_]*) (\d{1,5}) \d{9,11} \d{1,6}( \d+){0,2}$/
const MICROSECOND = 1e3
/** pgbench takes 128 scripts. */
const MOST_SCRIPTS = 1000

export function isPgbenchTransaction(line: string): boolean {
  return TRANSACTION.test(line.trimEnd())
}

/** What the transactions of one script, or of all, came to. */
class Outcome {
  readonly latency = new Tally()
  failed = 0
}

/**
 * The log of `-l`: a line a transaction. The word in place of a time says that the transaction failed, or was skipped
 * as it could not start within the limit of `-L`: both are errors, for neither is in the times. A mix of scripts gives
 * all transactions and those of each script, which has a number only.
 */
export function pgbenchLog(): LineHandler {
  const all = new Outcome()
  const scripts = new Map<string, Outcome>()
  /** The last number of each client's transactions. */
  const clients = new Map<string, number>()
  let columns: number | undefined
  return {
    line(text, number) {
      const found = TRANSACTION.exec(text.trimEnd())
      if (found === null) {
        if (text.trim() === '') return
        throw new FormatError(number, `no transaction: ${JSON.stringify(text.slice(0, 60))}`, CUT)
      }
      const width = text.split(' ').length
      columns ??= width
      if (width !== columns) throw new FormatError(number, `expected ${columns} columns, got ${width}`, CUT)
      const [, client = '', transaction, time, script = ''] = found
      clients.set(client, Math.max(clients.get(client) ?? 0, Number(transaction)))
      let outcome = scripts.get(script)
      if (outcome === undefined) {
        if (scripts.size === MOST_SCRIPTS) throw new FormatError(number, `more than ${MOST_SCRIPTS} scripts`)
        outcome = new Outcome()
        scripts.set(script, outcome)
      }
      for (const each of [all, outcome])
        if (time === undefined) each.failed++
        else each.latency.add(Number(time))
    },
    end() {
      const parts = [...scripts].toSorted(([a], [b]) => Number(a) - Number(b))
      const results = resultsOf('', all)
      if (parts.length > 1)
        for (const [script, outcome] of parts) results.push(...resultsOf(`script ${script}`, outcome))
      return { results, warnings: warningsOf(all, clients) }
    },
  }
}

const CUT = 'was the output cut short?'
const MICROSECONDS = { absolute: MICROSECOND, because: 'whole microseconds' }

function resultsOf(benchmark: string, { latency, failed }: Outcome): Result[] {
  const data = latency.distribution(MICROSECOND)
  if (data === undefined)
    return [{ benchmark, status: 'failed', reason: `all ${failed} transactions failed or were skipped` }]
  return [
    result(benchmark, 'latency', 'ns', data, { resolution: MICROSECONDS }),
    errorRate(benchmark, failed, failed + latency.count),
  ]
}

/** A client numbers its transactions from 1, so what is not there is known. */
function warningsOf(all: Outcome, clients: ReadonlyMap<string, number>): Warning[] {
  const logged = all.latency.count + all.failed
  const ran = [...clients.values()].reduce((sum, last) => sum + last, 0)
  if (ran <= logged) return []
  const message = `the log has ${logged} of at least ${ran} transactions: it was sampled (--sampling-rate), or its beginning is missing`
  return [{ code: 'partial-log', message }]
}
