/** Which benchmarks need more rounds: judged at the planned looks, and nowhere else. */
import { collect } from '../core/collect.ts'
import { compareRuns } from '../core/comparisons.ts'
import type { Execution } from '../core/execution.ts'
import type { Plan } from '../core/plan.ts'
import type { LookPlan } from '../core/question.ts'
import { rulesOf } from '../core/rules.ts'

/** Names of the declared benchmarks of which something that gates is not yet told. */
export function undecided(
  plan: Plan,
  looks: LookPlan,
  executions: readonly Execution[],
): ReadonlySet<string> {
  const rounds = 1 + Math.max(-1, ...executions.map((execution) => execution.round))
  if (!looks.looks.includes(rounds)) return new Set(plan.benchmarks.map((benchmark) => benchmark.name))
  const base = collect(executions, 'base', { tool: '' }).run
  const head = collect(executions, 'head', { tool: '' }).run
  const options = { falseAlarms: plan.falseAlarms, plan: looks }
  const basis = { paired: true, mostRounds: looks.looks.at(-1) ?? 0 }
  const { unsettled } = compareRuns(base, head, basis, rulesOf(plan, [base, head]), options)
  return new Set(head.benchmarks.filter(({ name }) => unsettled.has(name)).map(({ declared }) => declared))
}
