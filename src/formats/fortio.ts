import type { Told } from '../core/distribution.ts'
import type { Resolution } from '../core/result.ts'
import { closedLoop } from './closed-loop.ts'
import { FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { resultsOfLoad } from './load-figures.ts'
import { told } from './measured.ts'
import { duration } from './quantity.ts'
import { outlineAfterProse, withoutProse } from './whole-text.ts'

/** fortio: the object of `-json`, seconds. https://github.com/fortio/fortio */
export const fortio: TextFormat = {
  name: 'fortio',
  title: 'fortio (-json)',
  keeps: 'percentiles within buckets',
  detect: (start) =>
    start.includes('"DurationHistogram"') &&
    outlineAfterProse(start).has('DurationHistogram.Count', 'ActualQPS'),
  parse(text) {
    const root = parseJson(withoutProse(text))
    checkDuration(root)
    const histogram = root.at('DurationHistogram')
    const codes = root
      .at('RetCodes')
      .entries()
      .map(([code, count]) => [code, count.count()] as const)
    const total = codes.reduce((sum, [, count]) => sum + count, 0)
    const failed = codes.reduce((sum, [code, count]) => (succeeds(code) ? sum : sum + count), 0)
    const asked = root.get('RequestedQPS')?.string() ?? 'max'
    return {
      results: resultsOfLoad({
        benchmark: '',
        latency: total === 0 ? undefined : readLatency(histogram),
        resolution: resolutionOf(histogram),
        throughput: root.at('ActualQPS').amount(),
        requests: { failed, total },
        at: '$.RetCodes',
      }),
      warnings: asked === 'max' || asked === '0' ? [closedLoop('fortio')] : [],
    }
  },
}

/** fortio's own rule; gRPC and TCP name their outcomes by words. */
function succeeds(code: string): boolean {
  return /^(?:2\d\d|418|SERVING|OK|ok)$/.test(code)
}

const SECOND = 1e9

function readLatency(histogram: Json): Told {
  const quantiles: Record<string, number> = {}
  for (const percentile of histogram.get('Percentiles')?.array() ?? []) {
    const share = percentile.at('Percentile').amount()
    if (share < 100) quantiles[`p${Number(share.toFixed(4))}`] = percentile.at('Value').amount()
  }
  return told(
    {
      count: histogram.at('Count').count(),
      mean: histogram.at('Avg').amount(),
      sd: histogram.get('StdDev')?.amount(),
      min: histogram.at('Min').amount(),
      max: histogram.at('Max').amount(),
      quantiles,
    },
    SECOND,
  )
}

/** Percentiles are drawn as straight lines through buckets: what moves within the median's bucket moves none of them. */
function resolutionOf(histogram: Json): Resolution | undefined {
  for (const bucket of histogram.get('Data')?.array() ?? []) {
    if (bucket.at('Percent').amount() < 50) continue
    const width = bucket.at('End').number() - bucket.at('Start').number()
    return { absolute: Math.max(0, width) * SECOND, because: 'percentiles interpolated within buckets (-r)' }
  }
  return undefined
}

/** `5s`, `until stop` or `exactly 100 calls`: a run that took less than its time was interrupted. */
function checkDuration(root: Json): void {
  const asked = root.get('RequestedDuration')?.string() ?? ''
  const took = root.at('ActualDuration').amount()
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(asked)) return
  if (took < 0.95 * duration(asked, '$.RequestedDuration', 'RequestedDuration'))
    throw new FormatError(
      '$.ActualDuration',
      `it ran for ${took / SECOND} s of ${asked}`,
      'was fortio interrupted?',
    )
}
