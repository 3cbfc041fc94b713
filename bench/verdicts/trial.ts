import type { Statistic } from '../../src/core/statistic.ts'
import type { Recorded } from './corpus.ts'

/** Base and head of one benchmark, measured in pairs. */
export interface Trial {
  readonly pairs: readonly { readonly base: Recorded; readonly head: Recorded }[]
}

/** What a rule made of a trial: for each statistic whether it would have failed the job, and the rounds it took. */
export interface Outcome {
  readonly red: readonly boolean[]
  readonly rounds: number
}

/** A way to decide, ours or a peer's. `claims`: how many comparisons the whole job makes. */
export interface Rule {
  readonly name: string
  /** Pairs it is given. */
  readonly rounds: number
  decide(trial: Trial, statistics: readonly Statistic[], claims: number): Outcome
}

/** One statistic of the first `rounds` rounds of a side. */
export function valuesOf(
  trial: Trial,
  side: 'base' | 'head',
  statistic: Statistic,
  rounds = trial.pairs.length,
): number[] {
  return trial.pairs.slice(0, rounds).map((pair) => pair[side].statistic(statistic))
}
