import type { Measurement } from './distribution.ts'
import type { Better } from './unit.ts'
import type { Warning } from './warning.ts'

/** How finely a tool tells its figures; a threshold finer than that cannot be judged. */
export interface Resolution {
  /** Smallest step relative to the figure: 0.01 for two significant digits or a 1 % sketch. */
  readonly relative?: number
  /** Smallest step in the base unit: 1e6 for whole milliseconds. */
  readonly absolute?: number
  /** `whole milliseconds`, `2 significant digits`: what people read. */
  readonly because: string
}

/** One metric of one benchmark, from one run of a tool. */
export interface MetricResult {
  readonly benchmark: string
  readonly metric: string
  /** A base unit (`ns`, `B`, `1/s`, `B/s`, `ratio`, `count`) or the tool's own word. */
  readonly unit: string
  /** Undefined where neither tool nor unit tells: it can then be shown and not judged. */
  readonly better?: Better
  readonly data: Measurement
  /** Where the tool marks rounds inside its output (hyperfine times, JMH forks, go -count): one measurement a round. */
  readonly rounds?: readonly Measurement[]
  readonly resolution?: Resolution
  /** False for what is told beside (user time of hyperfine, http_req_blocked of k6): shown, gating only if a threshold names it. */
  readonly primary?: boolean
}

/** A benchmark that its tool calls failed or skipped. */
export interface FailedResult {
  readonly benchmark: string
  readonly status: 'failed' | 'skipped'
  readonly reason: string
}

export type Result = MetricResult | FailedResult

export function isFailed(result: Result): result is FailedResult {
  return 'status' in result
}

/** All that one output contains. */
export interface Parsed {
  readonly format: string
  readonly results: readonly Result[]
  readonly warnings: readonly Warning[]
}

/** Identity of a metric of a benchmark within a run. NUL cannot stand in a name: readers refuse it. */
export function keyOf(result: { readonly benchmark: string; readonly metric: string }): string {
  return `${result.benchmark}\0${result.metric}`
}
