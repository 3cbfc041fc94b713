import type { Told } from '../core/distribution.ts'
import { closedLoop, failuresUntold } from './closed-loop.ts'
import type { Content, StreamFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { readLines } from './lines.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'
import { requestColumns } from './request-columns.ts'
import { chosenBy, outlineAfterProse, wholeText, withoutProse } from './whole-text.ts'

const CSV = /^request-start,DNS,DNS\+dialup,/m
const SECOND = 1e9
const LOOP = closedLoop('oha', ', unless it ran with -q and --latency-correction')

/** oha: `--output-format json` and `csv`. https://github.com/hatoo/oha */
export const oha: StreamFormat = {
  name: 'oha',
  title: 'oha (--output-format json, csv)',
  keeps: 'raw samples (csv); percentiles (json)',
  detect: (start) =>
    CSV.test(start) ||
    outlineAfterProse(start).has('summary.successRate') ||
    outlineAfterProse(start).has('latencyPercentiles', 'rps'),
  open: () => chosenBy((head) => (CSV.test(head) ? readLines(csv()) : wholeText(readJson))),
}

const csv = () =>
  requestColumns(
    { duration: 'request-duration', status: 'status', start: 'request-start' },
    {
      factor: SECOND,
      ticks: 1,
      throughput: 'requests',
      warnings: [LOOP, failuresUntold('oha leaves requests without a response out of its csv')],
    },
  )

/** Requests that were under way when `-z` was over: no fault of the service. */
const DEADLINE = 'aborted due to deadline'

function readJson(text: string): Content {
  const root = parseJson(withoutProse(text))
  const summary = root.at('summary')
  // successRate calls every response a success, whatever its status.
  const status = counts(root.at('statusCodeDistribution'))
  const errors = counts(root.at('errorDistribution')).filter(([error]) => error !== DEADLINE)
  const answered = sum(status)
  const broken = sum(errors)
  const bad = sum(status.filter(([code]) => !/^[23]\d\d$/.test(code)))
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: answered === 0 ? undefined : readLatency(root, summary, answered),
      throughput: summary.at('requestsPerSec').amount(),
      requests: { failed: bad + broken, total: answered + broken },
      at: '$.statusCodeDistribution',
    }),
    warnings: [LOOP],
  }
}

/** Percentiles that need more requests than there were are null. */
function readLatency(root: Json, summary: Json, count: number): Told {
  const quantiles: Record<string, number> = {}
  for (const [name, value] of root.at('latencyPercentiles').entries()) {
    if (!/^p\d{1,2}(?:\.\d{1,4})?$/.test(name)) throw value.wrong('a percentile')
    if (!value.isNull) quantiles[name] = value.amount()
  }
  const seconds = (key: string) => summary.at(key).amount()
  return told(
    { count, mean: seconds('average'), min: seconds('fastest'), max: seconds('slowest'), quantiles },
    SECOND,
  )
}

function counts(distribution: Json): [string, number][] {
  return distribution.entries().map(([key, count]) => [key, count.count()])
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((total, [, count]) => total + count, 0)
}
