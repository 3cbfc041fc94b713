/** Which benchmarks need more rounds: judged at the planned looks, and nowhere else. */
import { collect } from '../core/collect.ts'
import { compareRuns } from '../core/comparisons.ts'
import type { Execution } from '../core/execution.ts'
import type { Plan } from '../core/plan.ts'
import type { LookPlan } from '../core/question.ts'
import type { Comparison } from '../core/report.ts'
import { rulesOf } from '../core/rules.ts'
import type { Run } from '../core/run.ts'
import { severity } from '../reporters/digest.ts'
import type { Told } from './ports.ts'

/** Names of the declared benchmarks of which something that gates is not yet told. `tell` hears of each what is known. */
export function undecided(
  plan: Plan,
  looks: LookPlan,
  executions: readonly Execution[],
  tell?: (told: Told) => void,
): ReadonlySet<string> {
  const rounds = 1 + Math.max(-1, ...executions.map((execution) => execution.round))
  if (!looks.looks.includes(rounds)) return new Set(plan.benchmarks.map((benchmark) => benchmark.name))
  const base = collect(executions, 'base', { tool: '', pairing: '' }).run
  const head = collect(executions, 'head', { tool: '', pairing: '' }).run
  const options = { falseAlarms: plan.falseAlarms, plan: looks }
  const basis = { paired: true, mostRounds: looks.looks.at(-1) ?? 0 }
  const { unsettled, comparisons } = compareRuns(base, head, basis, rulesOf(plan, [base, head]), options)
  const open = new Set(
    head.benchmarks.filter(({ name }) => unsettled.has(name)).map(({ declared }) => declared),
  )
  if (tell !== undefined)
    for (const [benchmark, worst] of worstOf(head, comparisons))
      tell({ benchmark, settled: !open.has(benchmark), ...(worst === undefined ? {} : { worst }) })
  return open
}

/** By declared benchmark: the gating comparison that is furthest to the bad side. */
function worstOf(head: Run, comparisons: readonly Comparison[]): Map<string, Comparison | undefined> {
  const declaredBy = new Map(head.benchmarks.map(({ name, declared }) => [name, declared]))
  const worst = new Map<string, Comparison | undefined>(
    head.benchmarks.map(({ declared }) => [declared, undefined]),
  )
  for (const c of comparisons) {
    const declared = declaredBy.get(c.benchmark)
    if (declared === undefined || !c.gating || c.interval === null) continue
    const known = worst.get(declared)
    if (known === undefined || severity(c) > severity(known)) worst.set(declared, c)
  }
  return worst
}
