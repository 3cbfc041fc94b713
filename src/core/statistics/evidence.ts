/** Between which levels a claim may come to be held: the finest if it is the only one, the coarsest if all stand. */
export interface Levels {
  readonly finest: number
  readonly coarsest: number
}

/**
 * What some rounds say about one question, on a scale on which more is worse: the two one-sided tests of every shift,
 * and the estimate they centre on.
 */
export interface Evidence {
  /**
   * How surprising these rounds are if head is at most `shift` worse than base: small means that it is more than that.
   * Where it will be held against one level only, naming that spares counting what is far from it.
   */
  exceeds(shift: number, level?: number): number
  /** The mirror of it, at the same price: small means that head is less than `shift` worse. */
  trails(shift: number): number
  /** The same claim as `trails` held to the error of passing, which is larger and not shared with other questions. */
  within(shift: number): number
  /** `exceeds(0)` of these rounds if their own centre were taken out and `shift` put in its place. */
  centred(shift: number, level: number): number
  readonly estimate: number
  /** Rough standard error of the estimate: for futility and `detectable` only, never for a verdict. */
  readonly error: number
  /** Paired: how far the strongest score of `exceeds(0)` stands from nothing, in deviations. For futility only. */
  height?(): number
}
