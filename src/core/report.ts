import type { Figure } from './figures.ts'
import type { Profile } from './profile/profile.ts'
import type { ComparisonVerdict } from './question.ts'
import type { Readiness } from './readiness.ts'
import type { ReportTimeline } from './report-timelines.ts'
import type { Machine } from './run.ts'
import type { Statistic } from './statistic.ts'
import type { Trend } from './trend.ts'
import type { Better } from './unit.ts'
import type { Warning } from './warning.ts'

export type GateVerdict = 'pass' | 'fail' | 'inconclusive' | 'error'
export type BudgetVerdict = 'met' | 'breached' | 'unknown'

/** Relative change of one statistic with its interval and what is thought of it. All figures in `unit`, as measured. */
export interface Comparison {
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  readonly unit: string
  readonly better: Better | 'unknown'
  readonly base: number | null
  readonly head: number | null
  /** head/base − 1; null when base is 0 or less, or a side is absent. */
  readonly change: number | null
  /** head − base. */
  readonly difference: number | null
  /** Of `change`; of `difference` if `judgedBy` says so. null ends are unbounded. */
  readonly interval: readonly [number | null, number | null] | null
  readonly confidence: number
  /** Relative, or in `unit` if judged by difference. */
  readonly threshold: number
  readonly judgedBy: 'change' | 'difference'
  /** Smallest change for the worse that would have been called `regressed` nine times in ten; null: none. */
  readonly detectable: number | null
  readonly verdict: ComparisonVerdict
  readonly gating: boolean
  readonly reason?: string
  readonly rounds: { readonly base: number; readonly head: number }
  /** The statistic in every round, in order; null where a round has none. */
  readonly series: { readonly base: readonly (number | null)[]; readonly head: readonly (number | null)[] }
}

export interface BudgetResult {
  readonly benchmark: string
  readonly expression: string
  /** In `unit`; null when unknown. */
  readonly actual: number | null
  /** In `unit`. */
  readonly limit: number
  readonly unit: string
  readonly verdict: BudgetVerdict
  readonly reason?: string
}

/** A benchmark that could not be measured: what was asked, and why there is no figure. */
export interface Failure {
  readonly benchmark: string
  readonly side?: 'base' | 'head'
  readonly status: 'failed' | 'skipped' | 'error'
  readonly reason: string
}

/** At most 60 quantiles a side, so that a picture can be drawn from the report alone. */
export interface DistributionPlot {
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly base?: readonly (readonly [share: number, value: number])[]
  readonly head?: readonly (readonly [share: number, value: number])[]
  /**
   * Where the quantile of the typical round lies, for as many of a side's first shares as each of its rounds can tell:
   * 95 % intervals of the median over the rounds. Absent below six rounds.
   */
  readonly band?: {
    readonly base?: readonly (readonly [low: number, high: number])[]
    readonly head?: readonly (readonly [low: number, high: number])[]
  }
  readonly count: { readonly base?: number; readonly head?: number }
}

export interface Environment {
  readonly tool: string
  readonly compare: 'base' | 'history' | 'sides' | 'none' | 'files'
  /** Of files: round i of both was taken together. What is measured here beside base always is. */
  readonly paired?: boolean
  readonly base?: {
    readonly commit?: string
    readonly ref?: string
    readonly machine?: Machine
    readonly source: string
  }
  readonly head?: {
    readonly commit?: string
    readonly ref?: string
    readonly machine?: Machine
    readonly source: string
  }
  readonly seed?: string
  readonly falseAlarms: number
  readonly rounds?: number
  /** Seconds spent in measuring. */
  readonly seconds?: number
  /** What a person types to get the same locally. */
  readonly reproduce?: string
  readonly suite?: string
  readonly id?: string
}

export interface Report {
  readonly schema: 'tailgate-report/1'
  readonly verdict: GateVerdict
  /** Which categories made it fail, of `fail-on`. */
  readonly failedBy: readonly string[]
  readonly comparisons: readonly Comparison[]
  /** Of head, where nothing is compared. */
  readonly figures?: readonly Figure[]
  readonly budgets: readonly BudgetResult[]
  readonly failures: readonly Failure[]
  readonly distributions: readonly DistributionPlot[]
  /** Load and resources over time, where Tailgate made the load or ran the service. */
  readonly timelines?: readonly ReportTimeline[]
  readonly warnings: readonly Warning[]
  readonly environment: Environment
  /** Over the stored runs, where there are any; advisory. */
  readonly trends?: readonly Trend[]
  /** Where the config asks for a score. */
  readonly readiness?: Readiness
  /** Of declared benchmarks that became slower, where the config asks for it. */
  readonly profiles?: readonly Profile[]
}

/** 0 passed · 1 failed · 2 could not judge. `inconclusive` passes unless `fail-on` names it, which makes it `fail`. */
export function exitCodeOf(verdict: GateVerdict): 0 | 1 | 2 {
  if (verdict === 'error') return 2
  return verdict === 'fail' ? 1 : 0
}
