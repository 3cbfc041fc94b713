import type { Measurement } from './distribution.ts'
import type { Resolution } from './result.ts'
import type { Better } from './unit.ts'

export type Side = 'base' | 'head'

/** The machine a run was measured on. Runs of another `class` never make anything `regressed`. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  /** Bytes. */
  readonly memory: number
  /** `linux 6.1 x64`. */
  readonly os: string
  /** `node v24.1.0`. */
  readonly runtime: string
}

/** One metric of one benchmark over the rounds of a run. */
export interface Series {
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly better?: Better
  /** In the order measured; null where that round has no result of it. */
  readonly rounds: readonly (Measurement | null)[]
  readonly resolution?: Resolution
  readonly primary?: boolean
  /** Which side went first in each round. */
  readonly first?: readonly Side[]
}

/** A benchmark of a run: declared in the config, or found in a tool's output. */
export interface RunBenchmark {
  readonly name: string
  /** The declared benchmark whose script made it; equal to `name` unless the tool named benchmarks of its own. */
  readonly declared: string
  readonly status: 'measured' | 'failed' | 'skipped'
  readonly reason?: string
  /** Digest of what it was measured with (its measuring keys): runs of other keys may not be compared. */
  readonly workload?: string
  /** What all its executions in this run took together: by this a suite is split. Of the declared benchmark. */
  readonly seconds?: number
}

/** All rounds of one side of one job. */
export interface Run {
  readonly tool: string
  readonly commit?: string
  readonly ref?: string
  /** ISO 8601, UTC. */
  readonly time?: string
  readonly machine?: Machine
  /** Which job made it: repository, event, run id; for baselines. */
  readonly provenance?: Readonly<Record<string, string>>
  /** Round i of base and of head were taken back to back if both runs carry the same pairing. */
  readonly pairing?: string
  /** For each round, which side went first. */
  readonly order?: readonly Side[]
  readonly benchmarks: readonly RunBenchmark[]
  readonly series: readonly Series[]
  readonly warnings?: readonly { readonly code: string; readonly message: string }[]
}
