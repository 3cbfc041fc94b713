import type { Told } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { readAutocannonTable } from './autocannon-table.ts'
import { closedLoop } from './closed-loop.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { resultsOfLoad, WHOLE_MILLISECONDS } from './load-figures.ts'
import { result, told } from './measured.ts'
import { outlineAfterProse, withoutProse } from './whole-text.ts'

/** autocannon: the object of `--json`, and the table it prints. https://github.com/mcollina/autocannon */
export const autocannon: TextFormat = {
  name: 'autocannon',
  title: 'autocannon (--json, table)',
  keeps: 'percentiles in whole milliseconds',
  detect(start) {
    const outline = outlineAfterProse(start)
    if (outline.has('non2xx', 'mismatches') || outline.has('latency.p97_5', 'requests.p97_5')) return true
    return /^Running .* test @ /m.test(start) && TABLE.test(start)
  },
  parse: (text) => (TABLE.test(text) ? readAutocannonTable(text) : readJson(withoutProse(text))),
}

const TABLE = /[│|](?:\x1b\[[0-9;]*m)* Stat +/
const MILLISECOND = 1e6

function readJson(text: string): Content {
  const root = parseJson(text)
  const latency = root.at('latency')
  const requests = root.at('requests')
  const completed = requests.at('total').count()
  // Every error is a request without an answer, timeouts among them.
  const errors = root.at('errors').count()
  if (root.at('timeouts').count() > errors) throw root.at('timeouts').wrong(`at most the ${errors} errors`)
  const bad = root.at('non2xx').count() + (root.get('mismatches')?.count() ?? 0)
  const corrected = (latency.get('totalCount')?.count() ?? 0) > completed
  const lost = corrected ? 0 : lostRequests(root, completed, errors)
  const failed = Math.min(completed, bad) + errors + lost
  const results = resultsOfLoad({
    benchmark: '',
    latency: readLatency(latency, completed),
    resolution: WHOLE_MILLISECONDS,
    throughput: requests.at('average').amount(),
    requests: { failed, total: completed + errors + lost },
    at: '$.requests.total',
    beside: bytes(root),
  })
  return { results, warnings: corrected ? [CORRECTED] : [closedLoop('autocannon')] }
}

const CORRECTED: Warning = {
  code: 'corrected-histogram',
  message:
    'autocannon filled its histogram up for the rate of -R: its latencies must only be compared with a run of the same -R',
}

/** `totalCount` also counts what -R filled in; operations are only the requests that were answered. */
function readLatency(latency: Json, completed: number): Told {
  const quantiles: Record<string, number> = {}
  for (const [key, value] of latency.entries()) {
    const percentile = /^p(\d+(?:_\d+)?)$/.exec(key)?.[1]
    if (percentile !== undefined) quantiles[`p${percentile.replace('_', '.')}`] = value.amount()
  }
  const measured = Math.min(completed, latency.get('totalCount')?.count() ?? completed)
  if (measured === 0 && completed > 0)
    throw new FormatError(
      latency.path,
      'no latency was recorded',
      'was everything an error under --excludeErrorStats?',
    )
  return told(
    {
      count: measured,
      mean: latency.at('average').amount(),
      sd: latency.get('stddev')?.amount(),
      min: latency.get('min')?.amount(),
      max: latency.at('max').amount(),
      quantiles,
    },
    MILLISECOND,
  )
}

/**
 * A connection that the server closes appears nowhere but in what was sent and never came back; at most one request a
 * pipeline was under way at the end. Under -R the tool starts its count at the rate, and the difference says nothing.
 */
function lostRequests(root: Json, completed: number, errors: number): number {
  const sent = root.at('requests').get('sent')?.count()
  const underWay = root.at('connections').count() * (root.get('pipelining')?.count() ?? 1)
  if (sent === undefined || completed === 0) return 0
  const missing = Math.max(0, sent - completed - errors - underWay)
  const perSecond = root.at('requests').at('average').amount()
  const paced = Math.abs(missing + underWay - perSecond) <= 0.1 * perSecond
  return paced && root.at('latency').at('max').amount() <= 1 ? 0 : missing
}

function bytes(root: Json): Result[] {
  const average = root.get('throughput')?.get('average')?.amount()
  if (average === undefined) return []
  return [result('', 'bytes', 'B/s', { kind: 'scalar', value: average }, { primary: false })]
}
