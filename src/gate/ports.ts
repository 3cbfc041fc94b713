/** What the gate needs of the world. */
import type { Execution } from '../core/execution.ts'
import type { Comparison } from '../core/report.ts'
import type { Parsed } from '../core/result.ts'
import type { Machine, Run, Side } from '../core/run.ts'

/** Where a side's scripts run: a folder that holds one state of the repository. */
export interface Workplace {
  readonly side: Side
  /** Absolute path of the folder that corresponds to the config's folder. */
  readonly folder: string
  readonly commit?: string
  readonly ref?: string
  /** Files differ from `commit`: changed, new or deleted, and not ignored. */
  readonly dirty?: boolean
  /** Added to the script's environment (compare: sides). */
  readonly env: Readonly<Record<string, string>>
}

export type { Execution }

export type StoppedBy = 'settled' | 'rounds' | 'time' | 'signal'

export interface Measured {
  readonly executions: readonly Execution[]
  readonly stoppedBy: StoppedBy
  /** Wall time of all measuring. */
  readonly seconds: number
}

/** Reads a tool's output file; throws UserError with file and place. */
export type Ingest = (file: string, format: string) => Promise<Parsed>

/** Progress for people, on standard error. */
export interface Progress {
  /** A line of its own: `base 1a2b3c4: building`. */
  say(line: string): void
  /** The state of one benchmark; a live line on a terminal. */
  round(state: {
    readonly benchmark: string
    readonly round: number
    readonly of: number
    readonly note?: string
    /** Said in the middle of a round: for a live line, not for a log. */
    readonly passing?: boolean
  }): void
  /** What is thought of a benchmark so far, after a look at its rounds. */
  told?(state: Told): void
  /** Measuring is over: nothing more moves. */
  rest?(): void
  warn(line: string): void
}

export interface Told {
  /** As declared. */
  readonly benchmark: string
  /** The worst of what gates; absent where nothing could be compared. */
  readonly worst?: Comparison
  /** It needs no more rounds. */
  readonly settled: boolean
}

/** What a store says of a baseline: absent is not unreadable. */
export type Found =
  | { readonly kind: 'found'; readonly runs: readonly Run[]; readonly source: string }
  | { readonly kind: 'absent'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface BaselineQuery {
  /** Gate identity: tells baselines of several gates apart. */
  readonly id: string
  readonly branch: string
  readonly machine: Machine
  /** Merge base first, then its nearest ancestors. */
  readonly commits: readonly string[]
}

/** Where runs of the default branch are kept between jobs. */
export interface BaselineStore {
  readonly name: string
  /** Newest first. Never throws for a missing or unreadable baseline. */
  find(query: BaselineQuery): Promise<Found>
  /** Keeps `run` and at most `keep` − 1 before it. Answers whether it was really stored, and if not, why. */
  save(
    run: Run,
    query: BaselineQuery,
    keep: number,
  ): Promise<{ readonly saved: true } | { readonly saved: false; readonly reason: string }>
}
