import type { FailCategory } from './plan.ts'
import type { BudgetResult, Comparison, Failure, GateVerdict } from './report.ts'
import type { Warning } from './warning.ts'

export interface Evidence {
  readonly comparisons: readonly Comparison[]
  readonly budgets: readonly BudgetResult[]
  readonly failures: readonly Failure[]
  /** There was to be a comparison and there was nothing to compare with. */
  readonly noBaseline: boolean
  readonly failOn: readonly FailCategory[]
}

export interface Decided {
  readonly verdict: GateVerdict
  /** The categories of `fail-on` by which it is not passed. */
  readonly failedBy: readonly FailCategory[]
  readonly warnings: readonly Warning[]
}

/**
 * The gate's verdict, in this order: `error` if anything could not be measured; `fail` if anything fails;
 * `inconclusive` if a gating comparison could not be told or nothing was compared at all; else `pass`.
 * A category left out of `fail-on` is told as a warning and does not fail.
 */
export function decide(evidence: Evidence): Decided {
  const { comparisons, budgets, failures, failOn } = evidence
  const gating = comparisons.filter((c) => c.gating)
  const found: Readonly<Record<FailCategory, number>> = {
    error: failures.filter((f) => f.status === 'error').length,
    regression: gating.filter((c) => c.verdict === 'regressed').length,
    budget: budgets.filter((b) => b.verdict !== 'met').length,
    missing:
      gating.filter((c) => c.verdict === 'missing').length +
      failures.filter((f) => f.status === 'failed').length,
    inconclusive: gating.filter((c) => c.verdict === 'inconclusive').length,
    'no-baseline': evidence.noBaseline ? 1 : 0,
  }
  const categories = Object.keys(found) as FailCategory[]
  const failedBy = categories.filter((category) => found[category] > 0 && failOn.includes(category))
  const warnings = HARD.filter((category) => found[category] > 0 && !failOn.includes(category)).map(
    (category) => ({
      code: 'tolerated',
      message: `${found[category]} × ${category} does not fail this gate: fail-on leaves it out`,
    }),
  )
  return { verdict: verdictOf(), failedBy, warnings }

  function verdictOf(): GateVerdict {
    if (failedBy.includes('error')) return 'error'
    if (failedBy.length > 0) return 'fail'
    const nothingJudged = budgets.length === 0 && gating.every((c) => c.verdict === 'new')
    return found.inconclusive > 0 || evidence.noBaseline || nothingJudged ? 'inconclusive' : 'pass'
  }
}

/** Categories that fail unless the config says otherwise. */
const HARD: readonly FailCategory[] = ['error', 'regression', 'budget', 'missing']
