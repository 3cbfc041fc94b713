/** What is asked over and over while a benchmark runs. Texts may hold `${PORT}` and other variables. */
export type Ask =
  | {
      readonly kind: 'url'
      readonly url: string
      /** Statuses that mean yes; undefined: 200 to 399. */
      readonly status?: readonly number[]
      /** What the answer must have in it to mean yes. */
      readonly contains?: string
    }
  /** A `sh -c` line: exit code 0 means yes. */
  | { readonly kind: 'command'; readonly line: string }

interface Watched {
  readonly name: string
  readonly ask: Ask
  /** Milliseconds between two questions. */
  readonly every: number
  /** Milliseconds for one answer. */
  readonly timeout: number
}

/** A health endpoint or dashboard: how fast and how often it answers. */
export interface PollPlan extends Watched {}

/** An alert: yes means that it fires. */
export interface AlertPlan extends Watched {
  readonly expect: 'fires' | 'silent'
  /** The fault that is to set it off; undefined: the load itself. */
  readonly by?: string
  /** Milliseconds; a budget on `alert.delay`. */
  readonly within?: number
}
