import type { Budget } from './budget.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { LoadPlan } from './load-plan.ts'
import type { ReadinessPlan } from './readiness.ts'
import type { ServicePlan } from './service-plan.ts'
import type { Statistic } from './statistic.ts'
import type { SweepPlan } from './sweep.ts'
import type { Threshold } from './threshold.ts'
import type { AlertPlan, PollPlan } from './watch-plan.ts'

export type CompareMode = 'auto' | 'base' | 'history' | 'sides' | 'none'
export type FailCategory = 'regression' | 'budget' | 'missing' | 'error' | 'inconclusive' | 'no-baseline'

/** Thresholds by what they are for: `*` for all, a statistic of latency (`p99`), or a metric (`throughput`, `memory.peak`). */
export type Thresholds = Readonly<Record<string, Threshold>>

/** One declared benchmark, with every default filled in. */
export interface BenchmarkPlan {
  readonly name: string
  /** A `sh -c` line, run in the folder of the config file; empty where there is `load`. */
  readonly run: string
  /** Traffic that Tailgate makes itself, in the place of a script. */
  readonly load?: LoadPlan
  /** Disturbances at times within the load, in the order of their times; none overlap. */
  readonly faults?: readonly FaultPlan[]
  /** Asked while the benchmark runs. */
  readonly polls?: readonly PollPlan[]
  readonly alerts?: readonly AlertPlan[]
  /** Names of the services under test: started for each execution with all that they depend on, and sampled. */
  readonly services?: readonly string[]
  /** Each execution goes through all values of one parameter. */
  readonly sweep?: SweepPlan
  /** A format's name, or `auto`. */
  readonly format: string
  /** A file that the script writes, relative to the config's folder; undefined: what it prints. */
  readonly output?: string
  /** Absent: what its output tells. `wall-time`: how long the script itself takes; its output is not read. */
  readonly takes?: 'wall-time'
  /** If it becomes slower it is run once more on both sides under a profiler. Absent: it is not. */
  readonly profile?: true
  /** Milliseconds for one execution of the script. */
  readonly timeout: number
  readonly env: Readonly<Record<string, string>>
  /** `null` where neither the benchmark nor the config names statistics (the default stands in `Plan.statistics`). */
  readonly statistics?: readonly Statistic[]
  readonly thresholds: Thresholds
  readonly budgets: readonly Budget[]
  /** Where it stands: `tailgate.yml:14:5`. */
  readonly place: string
  /** Line of the config file, for annotations. */
  readonly line: number
}

/** Settings for names that a tool's output brings: the last match wins. */
export interface Override {
  readonly match: string
  readonly statistics?: readonly Statistic[]
  readonly thresholds: Thresholds
  readonly budgets: readonly Budget[]
}

export interface BaselinePlan {
  /** `cache`, `artifact`, or a folder. */
  readonly store: string
  readonly branch?: string
  readonly keep: number
  readonly release: boolean
}

/** Everything one job is to do: a config file with its suite, branch and flags applied, and every default filled in. */
export interface Plan {
  readonly benchmarks: readonly BenchmarkPlan[]
  readonly statistics: readonly Statistic[]
  readonly thresholds: Thresholds
  readonly overrides: readonly Override[]
  /** By name. */
  readonly services?: Readonly<Record<string, ServicePlan>>
  readonly compare: CompareMode
  readonly rounds: { readonly min: number; readonly max: number; readonly warmup: number }
  /** Probability of any false alarm in the job. */
  readonly falseAlarms: number
  /** Milliseconds for all measuring together. */
  readonly time: number
  /** A `sh -c` line, run once in each checkout. */
  readonly build?: string
  /** Milliseconds for the build. */
  readonly buildTimeout: number
  /** Ignored paths to link into both checkouts. */
  readonly carry: readonly string[]
  readonly baseline: BaselinePlan
  readonly failOn: readonly FailCategory[]
  /** A score over all that is judged; undefined: none is asked for. */
  readonly readiness?: ReadinessPlan
  /** `compare: sides`: the environment of each. */
  readonly sides?: {
    readonly base: Readonly<Record<string, string>>
    readonly head: Readonly<Record<string, string>>
  }
  /** Config path as given, for messages and the gate's identity. */
  readonly file: string
  readonly suite?: string
}
