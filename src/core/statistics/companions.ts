import { type Measurement, statisticOf } from '../distribution.ts'
import type { Question } from '../question.ts'
import { percentileName, type Statistic, shareOf } from '../statistic.ts'

/**
 * Percentiles of the same rounds whose rounds bear witness to the same claim. A busy machine lifts the median of a
 * round long before its quarter, and the very end of a tail is noisier than its beginning: what makes a program
 * slower shows in them too. For a share q in the upper tail those with 2 and 5 times as many operations beyond them,
 * else those with a half and a fifth as many below.
 */
export function companionsOf(statistic: Statistic): readonly Statistic[] {
  if (statistic === 'mean') return ['p50', 'p25']
  const share = shareOf(statistic)
  if (share === undefined || share <= 0 || share >= 1) return []
  if (share > 0.75)
    return [percentileName(1 - 2 * (1 - share)), percentileName(Math.max(0.5, 1 - 5 * (1 - share)))]
  return [percentileName(share / 2), percentileName(share / 5)]
}

/**
 * The companions of a paired question's statistic in every round, to become its `support`; undefined where a round
 * does not tell them.
 */
export function supportOf(
  statistic: Statistic,
  base: readonly Measurement[],
  head: readonly Measurement[],
): Question['support'] | undefined {
  const told = companionsOf(statistic).flatMap((companion) => {
    const ofBase = inEvery(base, companion)
    const ofHead = inEvery(head, companion)
    return ofBase === undefined || ofHead === undefined ? [] : [{ base: ofBase, head: ofHead }]
  })
  return told.length === 0 ? undefined : told
}

function inEvery(rounds: readonly Measurement[], statistic: Statistic): readonly number[] | undefined {
  const values: number[] = []
  for (const round of rounds) {
    const value = statisticOf(round, statistic)
    if (value === undefined || !Number.isFinite(value)) return undefined
    values.push(value)
  }
  return values
}
