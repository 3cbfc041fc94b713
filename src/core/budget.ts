import type { Statistic } from './statistic.ts'

export type Operator = '<' | '<=' | '>' | '>=' | '==' | '!='

/** An absolute limit on head: `p(99) < 500ms`, `error_rate < 0.1%`, `memory.growth < 100MB`. */
export interface Budget {
  /** As written. */
  readonly expression: string
  readonly metric: string
  readonly statistic: Statistic
  readonly operator: Operator
  /** In `unit`. */
  readonly limit: number
  /** A base unit. */
  readonly unit: string
}
