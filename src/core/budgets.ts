import type { Budget } from './budget.ts'
import { judgeBudget } from './budget.ts'
import type { BudgetResult } from './report.ts'
import type { Rules } from './rules.ts'
import type { Run } from './run.ts'

/**
 * Every budget on every result of head that it is meant for. A budget whose metric nothing of its benchmark has is
 * `unknown`: a budget that is not looked at is not met.
 */
export function budgetsOf(head: Run, declared: readonly string[], rules: Rules): BudgetResult[] {
  return declared.flatMap((name) => {
    const mine = head.benchmarks
      .filter((benchmark) => benchmark.declared === name)
      .map((benchmark) => benchmark.name)
    const names = mine.length > 0 ? mine : [name]
    const budgets = new Map(names.flatMap((of) => rules.budgets(of).map((b) => [b.expression, b] as const)))
    return [...budgets.values()].flatMap((budget) => {
      const meant = names.filter((of) => rules.budgets(of).some((b) => b.expression === budget.expression))
      const measured = meant.flatMap((of) => judgeOne(budget, of, head) ?? [])
      return measured.length > 0 ? measured : [unknown(budget, name)]
    })
  })
}

function judgeOne(budget: Budget, benchmark: string, head: Run): BudgetResult | undefined {
  const series = head.series.find((s) => s.benchmark === benchmark && s.metric === budget.metric)
  if (series === undefined) return undefined
  const rounds = series.rounds.filter((round) => round !== null)
  return { benchmark, expression: budget.expression, ...judgeBudget(budget, rounds, series.unit) }
}

function unknown(budget: Budget, benchmark: string): BudgetResult {
  return {
    benchmark,
    expression: budget.expression,
    actual: null,
    limit: budget.limit,
    unit: budget.unit,
    verdict: 'unknown',
    reason: `nothing measured ${budget.metric}`,
  }
}
