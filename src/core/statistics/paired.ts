import { average, hodgesLehmann, median, winsorisedDeviation } from './centre.ts'
import type { Evidence, Levels } from './evidence.ts'
import { normalQuantileAbove } from './normal.ts'
import { largestByChance, strongestOf } from './shared-coins.ts'
import { signFlip } from './sign-flip.ts'
import { hampelScores, rankDifferences, signedRanks } from './trio.ts'

/** One statistic of both sides in every round. */
export interface Pairs {
  readonly base: Float64Array
  readonly head: Float64Array
}

/** Turns of the coins to try per unit of 1/level: so that little is lost to counting. */
const FINENESS = 8
const MOST_BITS = 14
/** Claims held to less than this are counted out score by score: too many turns would be needed. */
const FINEST = 2 * 2 ** -MOST_BITS
const MOST_SCORES = 8

/** By how much the smallest possible p of N rounds exceeds 2^-N when a claim is held to `level`. */
export function scoresAtMost(level: number): number {
  return level < FINEST ? MOST_SCORES : 1
}

/**
 * P by chance of the strongest score, to be held against levels between `finest` and `coarsest` only: outside of them
 * it is a bound that spares the count.
 */
function byChance(scores: readonly Float64Array[], levels: Levels): number {
  const rounds = scores[0]?.length ?? 0
  const strongest = strongestOf(scores)
  // Far below what a normal law would need. (No claim is never the less careful answer.)
  if (strongest.sum < (rounds < 16 ? 0.65 : 0.85) * normalQuantileAbove(levels.coarsest)) return 1
  // As if it had been the only score, and as if all of them had nothing in common: the truth lies between.
  const alone = signFlip(strongest.score)
  const atMost = Math.min(1, scores.length * alone)
  if (alone > levels.coarsest || atMost <= levels.finest || levels.finest < FINEST) return atMost
  const bits = Math.min(MOST_BITS, Math.max(8, Math.ceil(Math.log2(FINENESS / levels.finest))))
  return largestByChance(scores, bits)
}

/** What pairs are judged with. */
export interface PairedOptions {
  readonly support: readonly Pairs[]
  readonly first?: readonly ('base' | 'head')[]
  readonly centre: 'hodges-lehmann' | 'mean'
  /** Levels that claims of worse and better are held to. */
  readonly claim: Levels
  /** Level that "within tolerance" is held to. */
  readonly pass: Levels
}

/**
 * Rounds in pairs whose order was drawn by fair coins. What claims that head is worse (or better) looks at the
 * statistic and its companions; what claims that it is within tolerance looks at the statistic alone.
 */
export function pairedEvidence(own: Pairs, options: PairedOptions): Evidence {
  const { support, first, centre, claim, pass } = options
  const together = (shiftOf: (pairs: Pairs) => number): Float64Array[] => {
    const moved = shifted(own, shiftOf(own))
    const scores = support.length === 0 ? allScores(moved) : robustScores(moved)
    for (const pairs of support) scores.push(...robustScores(shifted(pairs, shiftOf(pairs))))
    const level = levelled(moved, first)
    if (level !== undefined) scores.push(...robustScores(level))
    return scores
  }
  let unmoved: Float64Array[] | undefined
  const at = (shift: number): Float64Array[] => {
    if (shift !== 0) return together(() => shift)
    unmoved ??= together(() => 0)
    return unmoved
  }
  const middles = new Map<Pairs, number>()
  const middle = (pairs: Pairs): number => {
    const known = middles.get(pairs)
    if (known !== undefined) return known
    const differences = differencesOf(pairs)
    const found = centre === 'mean' ? average(differences) : hodgesLehmann(differences)
    middles.set(pairs, found)
    return found
  }
  return {
    exceeds: (shift) =>
      byChance(
        together(() => shift),
        claim,
      ),
    trails: (shift) => byChance(at(shift).map(negated), claim),
    within: (shift) => byChance(allScores(shifted(own, shift)).map(negated), pass),
    centred: (shift) =>
      byChance(
        together((pairs) => middle(pairs) - shift),
        claim,
      ),
    estimate: middle(own),
    error: winsorisedDeviation(differencesOf(own)) / Math.sqrt(Math.max(1, own.base.length)),
  }
}

function allScores({ base, head }: Pairs): Float64Array[] {
  return [signedRanks(base, head), hampelScores(base, head), rankDifferences(base, head)]
}

function robustScores({ base, head }: Pairs): Float64Array[] {
  return [hampelScores(base, head), rankDifferences(base, head)]
}

function negated(score: Float64Array): Float64Array {
  return score.map((s) => -s)
}

function shifted({ base, head }: Pairs, shift: number): Pairs {
  return shift === 0 ? { base, head } : { base, head: head.map((h) => h - shift) }
}

function differencesOf({ base, head }: Pairs): Float64Array {
  return head.map((h, i) => h - base[i]!)
}

/**
 * The pairs without what the second run of a pair always loses (or gains), where that is plainly more than they differ
 * by. Second minus first does not know which side was which, so the coins still decide all: the test stays exact.
 */
function levelled({ base, head }: Pairs, first: PairedOptions['first']): Pairs | undefined {
  if (first === undefined) return undefined
  const gaps = base.map((b, i) => (first[i] === 'base' ? head[i]! - b : b - head[i]!))
  const loss = hodgesLehmann(gaps)
  if (Math.abs(loss) <= median(gaps.map((gap) => Math.abs(gap - loss)))) return undefined
  return {
    base: base.map((b, i) => (first[i] === 'base' ? b : b - loss)),
    head: head.map((h, i) => (first[i] === 'base' ? h - loss : h)),
  }
}
