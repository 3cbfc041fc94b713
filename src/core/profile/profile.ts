/** What a report says of a benchmark that became slower: which functions grew, and on which ways. */

export interface Profile {
  /** As declared in the config. */
  readonly benchmark: string
  /** `processor`: time in which a process ran. `memory`: what was held when it ended, by who had asked for it. */
  readonly kind: 'processor' | 'memory'
  readonly tool: 'node' | 'perf'
  readonly unit: 'ns' | 'B' | 'ratio'
  /**
   * What figures are for. `operation`: all of them divided by the operations that the profiled executions told.
   * `execution`: none were told. `share`: each side is 1; for scripts that work until a time is over.
   */
  readonly per: 'operation' | 'execution' | 'share'
  /**
   * What each function's share is of. `change`: head − base, so that functions that shrank have negative shares and all
   * add up to 1. `growth`: all that grew, where as much shrank: then those that grew add up to 1.
   */
  readonly of: 'change' | 'growth'
  readonly base: ProfiledSide
  readonly head: ProfiledSide
  /** Most growth first. Those that the tree needs and those that changed most; not all. */
  readonly functions: readonly ProfiledFunction[]
  /** Callers before what they call; what is less than a share of 0.005 on both sides is left out. */
  readonly tree: readonly ProfileNode[]
}

export interface ProfiledSide {
  /** Self of all functions. */
  readonly total: number
  /** Time in which processes had nothing to do. */
  readonly idle: number
  /** Operations of the profiled execution, where they are told. */
  readonly operations?: number
}

export interface ProfiledFunction {
  /** Anonymous ones by the function that they were reached from: `(anonymous in parse)`. */
  readonly name: string
  /** Relative to the config's folder where it is in the checkout; empty for native code. */
  readonly file: string
  /** At head if it is there; 0 where not known. */
  readonly line: number
  readonly base: Spent
  readonly head: Spent
  /** Of the change of self, see `of`. */
  readonly share: number
}

/** In itself, and with all that it called. */
export type Spent = readonly [self: number, total: number]

/** `parent` and `function` are indices of `tree` (−1: outermost) and of `functions`; figures are totals. */
export type ProfileNode = readonly [parent: number, of: number, base: number, head: number]
