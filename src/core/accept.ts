import { matchesName } from './glob.ts'
import type { FailCategory } from './plan.ts'
import type { Comparison, Report } from './report.ts'
import { decide } from './verdict.ts'

/** Somebody with the right to label said that what got slower may stay so. */
export interface Acceptance {
  /** Names of benchmarks that it covers. */
  readonly pattern: string
  readonly by: string
  /** ISO 8601. */
  readonly at: string
}

/**
 * The report with regressions accepted where an acceptance covers their benchmark: told, but no reason to fail. Budgets,
 * missing benchmarks and errors are not covered, and a regression outside of every pattern fails as ever.
 */
export function accept(
  report: Report,
  acceptances: readonly Acceptance[],
  failOn: readonly FailCategory[],
): Report {
  const covered = (c: Comparison): Acceptance | undefined =>
    c.gating && c.verdict === 'regressed'
      ? acceptances.find(({ pattern }) => matchesName(pattern, c.benchmark))
      : undefined
  const accepted = report.comparisons.filter((c) => covered(c) !== undefined)
  if (accepted.length === 0) return report
  const { verdict, failedBy, warnings } = decide({
    // For the decision alone they are as if nothing had changed.
    comparisons: report.comparisons.map((c) =>
      covered(c) === undefined ? c : { ...c, verdict: 'unchanged' },
    ),
    budgets: report.budgets,
    failures: report.failures,
    noBaseline: report.warnings.some(({ code }) => code === 'no-baseline'),
    failOn,
  })
  const told = acceptances.flatMap((acceptance) => {
    const names = [...new Set(accepted.filter((c) => covered(c) === acceptance).map((c) => c.benchmark))]
    return names.length === 0 ? [] : [{ code: 'accepted', message: sentence(names, acceptance) }]
  })
  const rest = report.warnings.filter(({ code }) => code !== 'tolerated')
  return { ...report, verdict, failedBy, warnings: [...told, ...rest, ...warnings] }
}

/** Benchmarks named in one sentence. */
const NAMED = 5

function sentence(names: readonly string[], { pattern, by, at }: Acceptance): string {
  const shown = names.slice(0, NAMED).join(', ')
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  const label = pattern === '*' ? 'perf-accepted' : `perf-accepted: ${pattern}`
  return `regressions of ${shown}${more} are accepted by ${by} (label "${label}", ${at.slice(0, 10)})`
}
