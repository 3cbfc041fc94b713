import { blend, differencesOf, type Pairs } from './blend.ts'
import { median } from './centre.ts'
import { levelled } from './levelled.ts'
import { hampelScores, rankDifferences } from './trio.ts'

/** A further percentile of the same rounds, and how much of a change of the tail alone shows in it (1: all of it). */
export interface Witness extends Pairs {
  readonly alike: number
}

/** A signed integer a round, and the share of the error that a claim made by this score alone may spend. */
export interface Scored {
  /** Made when it is first asked for: where one score tells, the others need not be known. */
  score(): readonly number[]
  readonly share: number
}

/** Scores of a claim. Where `contrast`, the first compares the tail with the body, and must not speak alone. */
export interface Scores {
  readonly scored: readonly Scored[]
  readonly contrast: boolean
}

/** What is heard of one question: the statistic itself, its witnesses, and which side ran first in each round. */
export interface Heard {
  readonly own: Pairs
  readonly witnesses: readonly Witness[]
  readonly first?: readonly ('base' | 'head')[] | undefined
}

/** More than this no score may spend: fewer rounds than that allows can never be enough. */
export const LARGEST_SHARE = 0.5
/**
 * Of the scores of a tail, the one in which a change of the tail alone shows best has most of the error: where
 * everything is slower the median says so as well.
 */
const TAIL = { contrast: 0.64, own: 0.14, all: 0.1, far: 0.12 }
const LEVELLED = 0.2

/**
 * What bears witness that head is worse when the statistic and each of its witnesses is first moved back by `away`
 * (one figure each, the statistic's first).
 */
export function scoresOf({ own, witnesses, first }: Heard, away: readonly number[]): Scores {
  const here = moved(own, away[0]!)
  const ofTail = witnesses.some(({ alike }) => alike < 1)
  const scores = ofTail ? scoresOfTail(own, witnesses, away) : scoresOfBody(here, witnesses, away)
  const level = first === undefined ? undefined : levelled(here, first)
  if (level === undefined) return scores
  const scored = scores.scored.map(({ score, share }) => ({ score, share: share * (1 - LEVELLED) }))
  return { ...scores, scored: [...scored, { score: once(() => trustedRanks(level)), share: LEVELLED }] }
}

function scoresOfBody(here: Pairs, witnesses: readonly Witness[], away: readonly number[]): Scores {
  const parts = [here, ...witnesses.map((one, k) => moved(one, away[k + 1]!))]
  const all = blend(
    parts,
    parts.map(() => 1),
  )
  return {
    scored: [
      { score: once(() => trustedRanks(all)), share: LARGEST_SHARE },
      { score: once(() => mixed(all, hampelScores(differencesOf(all)))), share: 1 - LARGEST_SHARE },
    ],
    contrast: false,
  }
}

function scoresOfTail(own: Pairs, witnesses: readonly Witness[], away: readonly number[]): Scores {
  const here = moved(own, away[0]!)
  // The contrast takes from a witness as much of a shift as a change of the tail alone would show there.
  const contrast = () => {
    const tail = blend(
      [here, ...witnesses.map((one, k) => moved(one, one.alike * away[k + 1]!))],
      [1, ...witnesses.map(({ alike }) => alike)],
    )
    return mixed(tail, tail.differences)
  }
  // What lies beyond the percentile is too noisy to say anything of everything.
  const there = witnesses.map((one, k) => ({ ...moved(one, away[k + 1]!), alike: one.alike }))
  const within = there.filter(({ alike }) => alike < 1)
  const all = () =>
    blend(
      [here, ...within],
      [here, ...within].map(() => 1),
    )
  // Where the tail begins: a change of a collector's pauses shows there first. (The median is a question of its own.)
  const far = there.find(({ alike }) => alike === 0)
  const alone = (pairs: Pairs) => mixed(pairs, hampelScores(differencesOf(pairs)))
  return {
    scored: [
      { score: once(contrast), share: TAIL.contrast },
      { score: once(() => alone(here)), share: TAIL.own },
      { score: once(() => alone(all())), share: TAIL.all },
      ...(far === undefined ? [] : [{ score: once(() => alone(far)), share: TAIL.far }]),
    ],
    contrast: true,
  }
}

/** What `make` makes, made once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}

function moved({ base, head }: Pairs, by: number): Pairs {
  return by === 0 ? { base, head } : { base, head: head.map((h) => h - by) }
}

const STEPS = 64

/** What the rounds differ by (`sizes`) and their rank differences, in equal parts. */
function mixed({ base, head }: Pairs, sizes: readonly number[]): readonly number[] {
  const ranks = unit(rankDifferences(base, head))
  return whole(unit(sizes).map((s, i) => s + ranks[i]!))
}

/** Rank differences that count less the farther a run of the pair is from all runs: none from six deviations on. */
function trustedRanks({ base, head }: Pairs): readonly number[] {
  const runs = [...base, ...head]
  const middle = median(runs)
  const deviation = 1.4826 * median(runs.map((r) => Math.abs(r - middle)))
  const ranks = rankDifferences(base, head)
  if (deviation === 0) return ranks
  return whole(
    ranks.map((rank, i) => {
      const far = Math.max(Math.abs(base[i]! - middle), Math.abs(head[i]! - middle)) / deviation
      return rank * Math.min(1, Math.max(0, 2 - far / 3))
    }),
  )
}

function unit(score: readonly number[]): readonly number[] {
  let squares = 0
  for (const s of score) squares += s * s
  return squares > 0 ? score.map((s) => s / Math.sqrt(squares)) : score
}

/** Integers of at most STEPS, alike in both directions, so that the coins can be counted out. */
function whole(score: readonly number[]): readonly number[] {
  let largest = 0
  for (const s of score) largest = Math.max(largest, Math.abs(s))
  if (largest === 0) return score
  return score.map((s) => Math.sign(s) * Math.round((STEPS * Math.abs(s)) / largest))
}
