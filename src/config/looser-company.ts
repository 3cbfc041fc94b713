/** What a change to the config no longer asks of a system: faults, alerts, the score. */

import { faultName } from '../core/fault-plan.ts'
import { impliedBudgets } from '../core/implied-budgets.ts'
import type { BenchmarkPlan, Plan } from '../core/plan.ts'
import { looserBudgets } from './looser.ts'

/** Texts for people about one benchmark that both configs have. */
export function looserCompany(before: BenchmarkPlan, now: BenchmarkPlan): readonly string[] {
  return (['faults', 'alerts'] as const).flatMap((kind) =>
    (before[kind] ?? []).flatMap(({ name }) => {
      if (!(now[kind] ?? []).some((one) => one.name === name))
        return [`the ${kind === 'faults' ? 'fault' : 'alert'} "${name}" is gone`]
      const [old, fresh] = [before, now].map((one) => impliedBudgets(one, faultName(one.name, name)))
      return looserBudgets(old!, fresh!).map((what) => `${name}: ${what}`)
    }),
  )
}

export function looserReadiness({ readiness: before }: Plan, { readiness: now }: Plan): readonly string[] {
  if (before?.least === undefined) return []
  if (now?.least === undefined) return ['readiness has no least score any more']
  return now.least < before.least ? [`the least readiness went from ${before.least} to ${now.least}`] : []
}
