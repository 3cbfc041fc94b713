import type { Statistic } from './statistic.ts'
import { isStatistic, percentileName, shareOf } from './statistic.ts'

const ALIASES: Readonly<Record<string, Statistic>> = {
  avg: 'mean',
  average: 'mean',
  med: 'p50',
  median: 'p50',
}

/** The statistic that people mean by `p95`, `p(95)`, `p99.90`, `avg` or `med`; undefined if it is none. */
export function statisticNamed(text: string): Statistic | undefined {
  if (Object.hasOwn(ALIASES, text)) return ALIASES[text]
  const name = text.replace(/^p\s*\(\s*([\d.]+)\s*\)$/, 'p$1')
  if (!isStatistic(name)) return undefined
  const share = shareOf(name)
  return share === undefined ? name : percentileName(share)
}
