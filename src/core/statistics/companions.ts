import { type Measurement, statisticOf } from '../distribution.ts'
import type { Question } from '../question.ts'
import { percentileName, type Statistic, shareOf } from '../statistic.ts'

/** A percentile of the same rounds, and how much of a change of the tail alone is taken to show in it. */
export interface Companion {
  readonly statistic: Statistic
  readonly alike: number
}

const alike =
  (share: number) =>
  (statistic: Statistic): Companion => ({ statistic, alike: share })

/**
 * Percentiles of the same rounds that bear witness to the same claim. A busy machine lifts the median of a round long
 * before its quarter: what makes a program slower shows in those with a half and a fifth as many operations below. Of
 * the upper tail: the one with half as many operations beyond it, which goes with it; those with 2 and 5 times as many,
 * in which less and nothing of a change of the tail alone shows; and the median, which tells how slow the whole process was.
 */
export function companionsOf(statistic: Statistic): readonly Companion[] {
  if (statistic === 'mean') return (['p50', 'p25'] as const).map(alike(1))
  const share = shareOf(statistic)
  if (share === undefined || share <= 0 || share >= 1) return []
  if (share <= 0.75) return [share / 2, share / 5].map(percentileName).map(alike(1))
  const beyond = 1 - share
  const far = percentileName(Math.max(0.5, 1 - 5 * beyond))
  return [
    alike(1)(percentileName(1 - beyond / 2)),
    alike(0.5)(percentileName(1 - 2 * beyond)),
    ...[...new Set([far, 'p50' as const])].map(alike(0)),
  ]
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
  const told = companionsOf(statistic).flatMap(({ statistic: companion, alike }) => {
    const ofBase = inEvery(base, companion)
    const ofHead = inEvery(head, companion)
    return ofBase === undefined || ofHead === undefined ? [] : [{ base: ofBase, head: ofHead, alike }]
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
