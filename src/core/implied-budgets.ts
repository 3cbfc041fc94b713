/** The limits that faults and alerts bring with them: a service that did not recover never passes in silence. */
import type { Budget } from './budget.ts'
import { parseBudget } from './budget-expression.ts'
import { faultName } from './fault-plan.ts'
import type { BenchmarkPlan } from './plan.ts'

/** For one full name of a result: `checkout/database restart`, `checkout[connections=5]/database restart`. */
export function impliedBudgets(benchmark: BenchmarkPlan | undefined, name: string): readonly Budget[] {
  if (benchmark === undefined) return []
  const { faults = [], alerts = [] } = benchmark
  const is = (own: string): boolean => isOf(benchmark.name, own, name)
  return [
    ...faults
      .filter((fault) => is(fault.name))
      .flatMap(({ recoverWithin, verify }) => [
        'recovered == 100%',
        ...(recoverWithin === undefined ? [] : [`recovery < ${written(recoverWithin)}`]),
        ...(verify === undefined ? [] : ['data_loss == 0']),
      ]),
    ...alerts
      .filter((alert) => is(alert.name))
      .flatMap(({ expect, within }) => [
        `alert.fired == ${expect === 'fires' ? '100%' : '0%'}`,
        ...(within === undefined ? [] : [`alert.delay < ${written(within)}`]),
      ]),
  ].map(parseBudget)
}

/** Of the benchmark itself, or of one value of its sweep. */
function isOf(benchmark: string, own: string, name: string): boolean {
  if (name === faultName(benchmark, own)) return true
  const [before, after] = [`${benchmark}[`, `]/${own}`]
  return name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length
}

/** Milliseconds as people write them. */
function written(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`
}
