/** A report sorted into what its readers ask for: what is worse, what could not be told, what is gone, and the rest. */
import type { BudgetResult, Comparison, Failure, Report } from '../core/report.ts'
import type { Warning } from '../core/warning.ts'

/** Gating comparisons of one benchmark that head does not have. */
export interface Missing {
  readonly benchmark: string
  /** Nothing of the benchmark is left in head. */
  readonly whole: boolean
  readonly comparisons: readonly Comparison[]
}

export interface Digest {
  /** Gating comparisons that both sides have: what "of 24" counts. */
  readonly judged: readonly Comparison[]
  /** Worst first, measured by the threshold. */
  readonly regressed: readonly Comparison[]
  readonly inconclusive: readonly Comparison[]
  readonly improved: readonly Comparison[]
  readonly unchanged: readonly Comparison[]
  readonly missing: readonly Missing[]
  readonly fresh: readonly Comparison[]
  /** Shown, and never failing the job. */
  readonly shown: readonly Comparison[]
  readonly breached: readonly BudgetResult[]
  readonly unknown: readonly BudgetResult[]
  readonly met: readonly BudgetResult[]
  readonly errors: readonly Failure[]
  /** What its own tool called failed or skipped. */
  readonly failed: readonly Failure[]
  readonly skipped: readonly Failure[]
  /** Those that change what the verdict is worth come first. */
  readonly warnings: readonly Warning[]
}

/** Warnings that say that the verdict is worth less than it looks, in the order in which they are told. */
export const LEADING: readonly string[] = [
  'cancelled',
  'accepted',
  'cannot-fail',
  'loosened',
  'no-baseline',
  'tolerated',
  'history',
  'different-machine',
]

export function digest(report: Report): Digest {
  const gating = report.comparisons.filter((c) => c.gating)
  const of = (verdict: Comparison['verdict']) => gating.filter((c) => c.verdict === verdict)
  const budgets = (verdict: BudgetResult['verdict']) => report.budgets.filter((b) => b.verdict === verdict)
  const failures = (status: Failure['status']) => report.failures.filter((f) => f.status === status)
  return {
    judged: gating.filter((c) => c.verdict !== 'missing' && c.verdict !== 'new'),
    regressed: bySeverity(of('regressed')),
    inconclusive: of('inconclusive'),
    improved: bySeverity(of('improved')).reverse(),
    unchanged: of('unchanged'),
    missing: missing(report, of('missing')),
    fresh: of('new'),
    shown: report.comparisons.filter((c) => !c.gating),
    breached: budgets('breached'),
    unknown: budgets('unknown'),
    met: budgets('met'),
    errors: failures('error'),
    failed: failures('failed'),
    skipped: failures('skipped'),
    // Notes stand with the machine: they are nothing to heed.
    warnings: report.warnings
      .filter(({ code }) => code !== 'note')
      .map((warning, at) => ({ warning, rank: rankOf(warning), at }))
      .sort((a, b) => a.rank - b.rank || a.at - b.at)
      .map(({ warning }) => unprefixed(warning)),
  }
}

/** What begins with the name that is told beside it tells it once. */
function unprefixed(warning: Warning): Warning {
  const { benchmark, message } = warning
  const named = `${benchmark}: `
  return benchmark !== undefined && message.startsWith(named)
    ? { ...warning, message: message.slice(named.length) }
    : warning
}

export function isLeading(warning: Warning): boolean {
  return LEADING.includes(warning.code)
}

/** How far to the bad side, in thresholds: 1 is just at the threshold; negative is for the better. */
export function severity(
  c: Pick<Comparison, 'judgedBy' | 'difference' | 'change' | 'better' | 'threshold'>,
): number {
  const seen = c.judgedBy === 'difference' ? c.difference : c.change
  if (seen === null) return 0
  const worse = c.better === 'higher' ? -seen : seen
  return c.threshold > 0 ? worse / c.threshold : worse
}

/** A pass over many is stable: equal ones stay in the report's order. */
function bySeverity(comparisons: readonly Comparison[]): Comparison[] {
  return [...comparisons].sort((a, b) => severity(b) - severity(a))
}

function missing(report: Report, gone: readonly Comparison[]): Missing[] {
  const kept = new Set(report.comparisons.filter((c) => c.verdict !== 'missing').map((c) => c.benchmark))
  const groups = new Map<string, Comparison[]>()
  for (const c of gone) groups.set(c.benchmark, [...(groups.get(c.benchmark) ?? []), c])
  return [...groups].map(([benchmark, comparisons]) => ({
    benchmark,
    whole: !kept.has(benchmark),
    comparisons,
  }))
}

function rankOf(warning: Warning): number {
  const rank = LEADING.indexOf(warning.code)
  return rank === -1 ? LEADING.length : rank
}
