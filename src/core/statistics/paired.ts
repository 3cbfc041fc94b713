import { differencesOf, type Pairs } from './blend.ts'
import { average, hodgesLehmann, winsorisedDeviation } from './centre.ts'
import type { Evidence, Levels } from './evidence.ts'
import { normalQuantileAbove } from './normal.ts'
import { largestByChance, standardised } from './shared-coins.ts'
import { signFlip } from './sign-flip.ts'
import { hampelScores, rankDifferences, signedRanks } from './trio.ts'
import { LARGEST_SHARE, once, type Scores, scoresOf, type Witness } from './witnesses.ts'

/** Turns of the coins to try per unit of 1/level: so that little is lost to counting. */
const FINENESS = 8
const MOST_BITS = 14
/** What compares the tail with the body is heard only where the percentile itself points the same way (5 %, normal law). */
const BACKED = 1.645

/** Whether the coins of all scores can be turned together. Otherwise each is counted out and held to its share. */
function isCountable(rounds: number, level: number): boolean {
  return rounds <= MOST_BITS || level >= FINENESS * 2 ** -MOST_BITS
}

/** The smallest p that so many rounds can have where it may come to be held to `level`. */
export function smallestChance(rounds: number, level: number): number {
  return 2 ** -rounds / (isCountable(rounds, level) ? 1 : LARGEST_SHARE)
}

/** How far a score stands from nothing; a contrast that its own percentile does not back does not stand at all. */
function heightOf({ scored, contrast }: Scores, k: number): number {
  if (contrast && k === 0 && standardised(scored[1]!.score()) < BACKED) return 0
  return standardised(scored[k]!.score())
}

function heightsOf(scores: Scores): number[] {
  return scores.scored.map((_, k) => heightOf(scores, k))
}

/** Far below what a normal law would need for `level`. */
function isLow(height: number, rounds: number, level: number): boolean {
  return height < (rounds < 16 ? 0.65 : 0.85) * normalQuantileAbove(level)
}

/**
 * P by chance of the strongest score, to be held against `levels` only. `countable`: whether those that the question
 * may ever be held to are coarse enough to turn the coins of all scores together.
 */
function byChance(scores: Scores, rounds: number, levels: Levels, countable: boolean): number {
  const { scored } = scores
  if (!countable) {
    let least = 1
    for (let k = 0; k < scored.length && least > levels.finest; k++) {
      const { score, share } = scored[k]!
      // No claim is never the less careful answer.
      if (!isLow(heightOf(scores, k), rounds, levels.coarsest * share))
        least = Math.min(least, signFlip(score()) / share)
    }
    return least
  }
  const heights = heightsOf(scores)
  const highest = Math.max(...heights)
  if (isLow(highest, rounds, levels.coarsest)) return 1
  // Looked at alone, the strongest is never less likely than all of them together make it.
  if (signFlip(scored[heights.indexOf(highest)]!.score()) > levels.coarsest) return 1
  const bits = Math.min(MOST_BITS, Math.max(8, Math.ceil(Math.log2(FINENESS / levels.finest))))
  return largestByChance(
    scored.map(({ score }) => score()),
    bits,
    highest,
  )
}

/** What pairs are judged with. */
export interface PairedOptions {
  readonly witnesses: readonly Witness[]
  readonly first?: readonly ('base' | 'head')[]
  readonly centre: 'hodges-lehmann' | 'mean'
  /** Levels that claims of worse and better are held to. */
  readonly claim: Levels
  /** Level that "within tolerance" is held to. */
  readonly pass: Levels
}

/**
 * Rounds in pairs whose order was drawn by fair coins. What claims that head is worse (or better) looks at the
 * statistic and its witnesses; what claims that it is within tolerance looks at the statistic alone.
 */
export function pairedEvidence(own: Pairs, options: PairedOptions): Evidence {
  const { witnesses, first, centre, claim, pass } = options
  const middle = (pairs: Pairs): number => {
    const differences = differencesOf(pairs)
    return centre === 'mean' ? average(differences) : hodgesLehmann(differences)
  }
  const heard = (away: readonly number[]) => scoresOf({ own, witnesses, first }, away)
  let unmoved: Scores | undefined
  const at = (shift: number): Scores => {
    if (shift !== 0) return heard([own, ...witnesses].map(() => shift))
    unmoved ??= heard([own, ...witnesses].map(() => 0))
    return unmoved
  }
  let middles: readonly number[] | undefined
  const rounds = own.base.length
  const countable = isCountable(rounds, claim.finest)
  const chance = (scores: Scores, levels: Levels, together: boolean) =>
    byChance(scores, rounds, levels, together)
  const held = (level: number | undefined) =>
    level === undefined ? claim : { finest: level, coarsest: level }
  return {
    exceeds: (shift, level) => chance(at(shift), held(level), countable),
    trails: (shift) => chance(turned(at(shift)), claim, countable),
    within: (shift) => chance(turned(alone(own, shift)), pass, true),
    centred: (shift, level) => {
      middles ??= [own, ...witnesses].map(middle)
      return chance(heard(middles.map((m) => m - shift)), held(level), countable)
    },
    height: () => Math.max(...heightsOf(at(0))),
    estimate: middle(own),
    error: winsorisedDeviation(differencesOf(own)) / Math.sqrt(Math.max(1, own.base.length)),
  }
}

/** The statistic alone, looked at in three ways. */
function alone({ base, head }: Pairs, shift: number): Scores {
  const there = head.map((h) => h - shift)
  const scores = [
    signedRanks(base, there),
    hampelScores(differencesOf({ base, head: there })),
    rankDifferences(base, there),
  ]
  return {
    scored: scores.map((score) => ({ score: () => score, share: 1 / scores.length })),
    contrast: false,
  }
}

function turned({ scored, contrast }: Scores): Scores {
  return {
    contrast,
    scored: scored.map(({ score, share }) => ({ score: once(() => score().map((s) => -s)), share })),
  }
}
