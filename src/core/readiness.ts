/** How ready a system is for production: a score out of 100 and a checklist, computed from what was judged. */
import { parseBudget } from './budget-expression.ts'
import type { BudgetResult, Comparison, Failure } from './report.ts'

export interface ReadinessPlan {
  /** By category; those named must have checks, or count as not ready at all. */
  readonly weights: Readonly<Record<string, number>>
  /** The least score; a budget. */
  readonly least?: number
}

export type CheckState = 'ready' | 'not ready' | 'unknown'

export interface ReadinessCheck {
  readonly benchmark: string
  /** `p(99) < 500ms`, `latency p99 not worse`. */
  readonly what: string
  readonly state: CheckState
  readonly reason?: string
}

export interface ReadinessCategory {
  readonly name: string
  readonly weight: number
  /** Share of its checks that are ready, 0…1. */
  readonly share: number
  readonly checks: readonly ReadinessCheck[]
}

export interface Readiness {
  /** 0…100, rounded down: only where every check is ready is it 100. */
  readonly score: number
  readonly least?: number
  readonly categories: readonly ReadinessCategory[]
}

/** Weights where a config states none; they need not add up to 100. */
export const CATEGORIES: Readonly<Record<string, { readonly weight: number; readonly metrics: RegExp }>> = {
  performance: { weight: 25, metrics: /^(?:latency|throughput)$/ },
  reliability: { weight: 20, metrics: /^(?:error_rate|errors)$/ },
  resources: { weight: 10, metrics: /^(?:memory|cpu)\.|^(?:threads|files|connections)$/ },
  scalability: { weight: 10, metrics: /^slowdown\(|^scalability\./ },
  resilience: { weight: 20, metrics: /^(?:recovery|recovered|detect|fault_errors|data_loss)$/ },
  monitoring: { weight: 5, metrics: /^alert\.|^(?:response|availability)$/ },
  /** Comparisons with the base, of whatever metric. */
  regressions: { weight: 10, metrics: /^$/ },
}

export interface Judged {
  readonly comparisons: readonly Comparison[]
  readonly budgets: readonly BudgetResult[]
  readonly failures: readonly Failure[]
}

/**
 * The score is the mean of the categories' shares of ready checks, by their weights. A budget that could not be told, a
 * comparison that could not be decided and a benchmark that could not be measured are unknown, and unknown is not ready.
 * A category without checks counts only if its weight is stated, and then as not ready.
 */
export function readinessOf({ weights, least }: ReadinessPlan, judged: Judged): Readiness {
  const checks = checksOf(judged)
  const names = [...new Set([...Object.keys(CATEGORIES), ...Object.keys(weights)])]
  const categories = names.flatMap((name): ReadinessCategory[] => {
    const stated = Object.hasOwn(weights, name) ? weights[name] : undefined
    const mine = checks.filter(({ category }) => category === name).map(({ check }) => check)
    const weight = stated ?? CATEGORIES[name]?.weight ?? 0
    if (weight === 0 || (mine.length === 0 && stated === undefined)) return []
    const ready = mine.filter(({ state }) => state === 'ready').length
    return [{ name, weight, share: mine.length === 0 ? 0 : ready / mine.length, checks: mine }]
  })
  const whole = categories.reduce((sum, { weight }) => sum + weight, 0)
  const reached = categories.reduce((sum, { weight, share }) => sum + weight * share, 0)
  // The small bite keeps 100 × 0.3/0.3 from becoming 99.
  const score = whole === 0 ? 0 : Math.floor((100 * reached) / whole + 1e-9)
  return { score, ...(least === undefined ? {} : { least }), categories }
}

/** The budget on the score itself; undefined where none is asked for. */
export function readinessBudget({ score, least }: Readiness): BudgetResult | undefined {
  if (least === undefined) return undefined
  return {
    benchmark: 'readiness',
    expression: `readiness >= ${least}`,
    actual: score,
    limit: least,
    unit: 'count',
    verdict: score >= least ? 'met' : 'breached',
  }
}

interface Filed {
  readonly category: string
  readonly check: ReadinessCheck
}

function checksOf({ comparisons, budgets, failures }: Judged): Filed[] {
  return [
    ...budgets.map(
      (budget): Filed => ({
        category: categoryOf(metricOf(budget.expression)),
        check: {
          benchmark: budget.benchmark,
          what: budget.expression,
          state: budget.verdict === 'met' ? 'ready' : budget.verdict === 'breached' ? 'not ready' : 'unknown',
          ...reasonOf(budget.reason),
        },
      }),
    ),
    ...comparisons
      .filter(({ gating, verdict }) => gating && verdict !== 'new')
      .map(
        (one): Filed => ({
          category: 'regressions',
          check: {
            benchmark: one.benchmark,
            what: notWorse(one),
            state:
              one.verdict === 'improved' || one.verdict === 'unchanged'
                ? 'ready'
                : one.verdict === 'inconclusive'
                  ? 'unknown'
                  : 'not ready',
            ...reasonOf(one.reason),
          },
        }),
      ),
    ...failures.map(
      ({ benchmark, reason, status }): Filed => ({
        category: 'reliability',
        check: {
          benchmark,
          what: 'could be measured',
          state: status === 'failed' ? 'not ready' : 'unknown',
          reason,
        },
      }),
    ),
  ]
}

/** What a comparison is checked for. */
export function notWorse({ metric, statistic }: Pick<Comparison, 'metric' | 'statistic'>): string {
  return `${metric}${statistic === 'value' ? '' : ` ${statistic}`} not worse`
}

function reasonOf(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason }
}

/** Of a budget as it was written; what cannot be read any more files under the first category. */
function metricOf(expression: string): string {
  try {
    return parseBudget(expression).metric
  } catch {
    return 'latency'
  }
}

function categoryOf(metric: string): string {
  const found = Object.entries(CATEGORIES).find(([, { metrics }]) => metrics.test(metric))
  return found?.[0] ?? 'performance'
}
