import type { Statistic } from './statistic.ts'
import type { Threshold } from './threshold.ts'
import type { Better } from './unit.ts'
import type { Warning } from './warning.ts'

/** One statistic of one metric of one benchmark, with its value in every round of both sides: what is to be judged. */
export interface Question {
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  readonly unit: string
  readonly better: Better
  readonly threshold: Threshold
  /** Whether it can fail the job. Only gating questions share the false-alarm budget. */
  readonly gating: boolean
  /** Round i of base and head was measured back to back, in an order drawn by a fair coin. */
  readonly paired: boolean
  /** The statistic in every round, in the order measured, in the base unit. Equal lengths when paired. */
  readonly base: readonly number[]
  readonly head: readonly number[]
  /**
   * Further percentiles of the same pairs that bear witness to the same claim (`supportOf` in statistics/companions.ts).
   * They help to tell that head is worse, never that it is within tolerance. Only when paired. `alike`: how much of a
   * change of the upper tail alone shows in it, 1 unless told.
   */
  readonly support?: readonly {
    readonly base: readonly number[]
    readonly head: readonly number[]
    readonly alike?: number
  }[]
  /** Which side ran first in each pair, if known: what the second of a pair always loses is then taken out. */
  readonly first?: readonly ('base' | 'head')[]
  /** Counts and bytes: compared exactly when every round of each side is identical. */
  readonly exact: boolean
  /** Unpaired only: smallest spread between rounds (relative sd) to assume, e.g. 0.05 for few runs of history. */
  readonly spreadFloor?: number
  /** Why this must not be judged whatever its rounds say (tail too thin, resolution too coarse): `inconclusive`. */
  readonly refused?: string
  /** False: whatever the evidence, `regressed` is not said (runs of another machine class). Default true. */
  readonly mayRegress?: boolean
}

export type ComparisonVerdict = 'regressed' | 'improved' | 'unchanged' | 'inconclusive' | 'missing' | 'new'

/** What is known after the rounds of a question; all figures as measured (not oriented by `better`). */
export interface Answer {
  readonly verdict: Exclude<ComparisonVerdict, 'missing' | 'new'>
  /** Typical round of each side, such that head/base − 1 is `change` (where base > 0). */
  readonly base: number
  readonly head: number
  /** head/base − 1; null when base is 0 or less. */
  readonly change: number | null
  /** head − base. */
  readonly difference: number
  /** Of `change`, or of `difference` where the threshold is absolute; inversion of the same test; null ends are unbounded. */
  readonly interval: readonly [low: number | null, high: number | null]
  /** Confidence of `interval`, 0…1. */
  readonly confidence: number
  /** Smallest change for the worse that would have been called `regressed` nine times in ten; null: none could. Same scale as `interval`, positive. */
  readonly detectable: number | null
  /** Why it could not be told, or anything a reader must know of this verdict. */
  readonly reason?: string
  /** No further round can change the verdict, or none is worth it: measuring of this question may stop. */
  readonly settled: boolean
}

/** How often the rounds are looked at, and how much of each error is spent at each look. */
export interface LookPlan {
  /** Ascending round counts at which verdicts may be reached; the last is the most rounds there can be. */
  readonly looks: readonly number[]
  /** Share of the false-alarm rate spent at each look; sums to 1. */
  readonly fail: readonly number[]
  /** Share of the error of passing spent at each look; sums to 1. */
  readonly pass: readonly number[]
}

export interface JudgeOptions {
  /** Probability that a job in which nothing changed has any `regressed`, over all gating questions: 0.01. */
  readonly falseAlarms: number
  /** Undefined: one look at all the rounds there are. */
  readonly plan?: LookPlan
  /** The time ran out between two looks: the rounds there are get a last look with what is left of the error. */
  readonly final?: boolean
}

export interface Judgement {
  /** One for each question, in order. */
  readonly answers: readonly Answer[]
  readonly warnings: readonly Warning[]
}
