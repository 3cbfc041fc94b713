import { budgetsOf } from './budgets.ts'
import type { Basis, Compared } from './comparisons.ts'
import { compareRuns } from './comparisons.ts'
import { figuresOf } from './figures.ts'
import { fewestRounds } from './judge.ts'
import { pairUp } from './pairing.ts'
import type { FailCategory } from './plan.ts'
import { plotsOf } from './plots.ts'
import type { JudgeOptions } from './question.ts'
import { type ReadinessPlan, readinessBudget, readinessOf } from './readiness.ts'
import type { Comparison, Environment, Failure, Report } from './report.ts'
import type { ReportTimeline } from './report-timelines.ts'
import type { Rules } from './rules.ts'
import type { Run } from './run.ts'
import { trendsOf, trendWarnings } from './trend.ts'
import { decide } from './verdict.ts'
import type { Warning } from './warning.ts'

export interface Assembly {
  /** Undefined: nothing to compare with. */
  readonly base?: Run
  readonly head: Run
  readonly basis: Basis
  readonly rules: Rules
  readonly options: JudgeOptions
  readonly failOn: readonly FailCategory[]
  /** Benchmarks that the config declares; empty where files are compared. */
  readonly declared: readonly string[]
  /** Those of base's config, where that is known: what is gone from head's is missing. */
  readonly declaredInBase?: readonly string[]
  readonly failures: readonly Failure[]
  readonly warnings: readonly Warning[]
  /** A comparison was wanted and there is no base. */
  readonly noBaseline: boolean
  /** The most rounds that this job could have had. */
  readonly mostRounds: number
  readonly environment: Environment
  /** As in the report. */
  readonly timelines?: readonly ReportTimeline[]
  readonly readiness?: ReadinessPlan | undefined
  /** Stored runs before this one, newest first: for trends. */
  readonly stored?: readonly Run[]
}

/** Everything known of a job as one plain report. */
export function assemble(job: Assembly): Report {
  const compared: Compared =
    job.base === undefined
      ? { comparisons: [], warnings: [], unsettled: new Set(), gatingQuestions: 0 }
      : compareRuns(job.base, job.head, job.basis, job.rules, job.options)
  const failures = [...job.failures, ...failuresOf(job.head)]
  const comparisons = [...compared.comparisons, ...goneFromConfig(job, compared.comparisons)]
  const judged = budgetsOf(job.head, job.declared, job.rules)
  const readiness =
    job.readiness === undefined
      ? undefined
      : readinessOf(job.readiness, { comparisons, budgets: judged, failures })
  const score = readiness === undefined ? undefined : readinessBudget(readiness)
  const budgets = score === undefined ? judged : [...judged, score]
  const decided = decide({ comparisons, budgets, failures, noBaseline: job.noBaseline, failOn: job.failOn })
  const trends = trendsOf(job.stored ?? [], job.head, job.rules)
  const pairs =
    job.base === undefined
      ? job.head.series.map((head) => ({ kind: 'new' as const, head }))
      : pairUp(job.base, job.head)
  return {
    schema: 'tailgate-report/1',
    verdict: decided.verdict,
    failedBy: decided.failedBy,
    comparisons,
    ...(job.base === undefined && job.head.series.length > 0 ? { figures: figuresOf(job.head) } : {}),
    budgets,
    failures,
    distributions: plotsOf(pairs),
    ...(job.timelines === undefined || job.timelines.length === 0 ? {} : { timelines: job.timelines }),
    warnings: [
      ...cannotFail(job, compared),
      ...job.warnings,
      ...compared.warnings,
      ...decided.warnings,
      ...trendWarnings(trends),
    ],
    environment: job.environment,
    ...(trends.length === 0 ? {} : { trends }),
    ...(readiness === undefined ? {} : { readiness }),
  }
}

/** What its tool calls failed or skipped in head. */
function failuresOf(head: Run): Failure[] {
  return head.benchmarks.flatMap(({ name, status, reason }) =>
    status === 'measured'
      ? []
      : { benchmark: name, side: 'head' as const, status, reason: reason ?? `its tool says: ${status}` },
  )
}

/** Declared at base and not at head: a benchmark may not leave the gate in silence. */
function goneFromConfig(job: Assembly, comparisons: readonly Comparison[]): Comparison[] {
  const gone = (job.declaredInBase ?? []).filter(
    (name) =>
      !job.declared.includes(name) &&
      !comparisons.some((c) => c.benchmark === name || c.benchmark.startsWith(`${name}/`)),
  )
  return gone.map((benchmark) => ({
    benchmark,
    metric: 'latency',
    statistic: 'p50',
    unit: 'ns',
    better: 'unknown',
    base: null,
    head: null,
    change: null,
    difference: null,
    interval: null,
    confidence: 1 - job.options.falseAlarms,
    threshold: 0.05,
    judgedBy: 'change',
    detectable: null,
    verdict: 'missing',
    gating: true,
    reason: "base's config has it, head's has not",
    rounds: { base: 0, head: 0 },
    series: { base: [], head: [] },
  }))
}

/** A gate that cannot turn red says so first. */
function cannotFail(job: Assembly, { gatingQuestions }: Compared): Warning[] {
  if (!job.basis.paired || gatingQuestions === 0) return []
  const needed = fewestRounds(gatingQuestions, job.options.falseAlarms, job.options.plan)
  if (needed <= job.mostRounds) return []
  const message = `no regression can be told in ${job.mostRounds} rounds: ${gatingQuestions} comparison${gatingQuestions === 1 ? ' needs' : 's need'} at least ${needed} at a false-alarm rate of ${job.options.falseAlarms * 100} %`
  return [{ code: 'cannot-fail', message }]
}
