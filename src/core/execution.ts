import type { Parsed } from './result.ts'
import type { Side } from './run.ts'
import type { Timeline } from './timeline.ts'

/** What one execution of a benchmark's script gave. */
export interface Execution {
  /** Name of the declared benchmark. */
  readonly benchmark: string
  readonly side: Side
  /** 0-based; warm-up rounds are not recorded. */
  readonly round: number
  /** 0 if this side went first in its round. */
  readonly order: 0 | 1
  readonly outcome:
    | {
        readonly kind: 'measured'
        readonly parsed: Parsed
        readonly seconds: number
        readonly timelines?: readonly Timeline[]
      }
    | { readonly kind: 'error'; readonly reason: string }
}
