import { type Statistic, shareOf } from '../statistic.ts'

/**
 * Operations that must lie beyond a percentile on each side, all rounds together. With k beyond, the share that really
 * lies beyond is known to about 1/√k of itself: 10 is where that falls to a third.
 */
export const FEWEST_BEYOND = 10

/**
 * Why a percentile must not be judged: too few operations lie beyond it. Undefined: it may be. The median is no tail,
 * and a tool that does not tell how many operations there were cannot be held to it.
 */
export function tailRefusal(
  statistic: Statistic,
  pooledCountBase: number | undefined,
  pooledCountHead: number | undefined,
): string | undefined {
  const share = shareOf(statistic)
  if (share === undefined || share === 0.5) return undefined
  const beyond = Math.min(share, 1 - share)
  const count = Math.min(
    pooledCountBase ?? Number.POSITIVE_INFINITY,
    pooledCountHead ?? Number.POSITIVE_INFINITY,
  )
  // 1 − 0.99 is a little more than 0.01: what is 10 on paper is 10.
  if (count * beyond >= FEWEST_BEYOND - 1e-6) return undefined
  const needed = Math.ceil(FEWEST_BEYOND / beyond - 1e-6)
  return `${statistic} of ${count} operations a side is a guess: ${needed} are needed for ${FEWEST_BEYOND} beyond it`
}
