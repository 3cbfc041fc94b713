import { closedLoop } from './closed-loop.ts'
import type { Content } from './format.ts'
import { WHOLE_MILLISECONDS } from './load-figures.ts'
import type { Requests } from './requests.ts'

/** Samples of either kind of JTL as results: a benchmark a label. */
export function jmeterContent(requests: Requests): Content {
  return requests.content({
    factor: 1e6,
    ticks: 1000,
    resolution: WHOLE_MILLISECONDS,
    throughput: 'requests',
    warnings: [closedLoop('a thread of JMeter')],
  })
}
