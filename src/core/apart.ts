import type { Report } from './report.ts'

/** A report to be joined with others on the same benchmarks: every name and warning tells which it is of. */
export function apart(report: Report, label: string): Report {
  const renamed = <T extends { readonly benchmark: string }>(all: readonly T[]): T[] =>
    all.map((each) => ({ ...each, benchmark: apartName(each.benchmark, label) }))
  return {
    ...report,
    comparisons: renamed(report.comparisons),
    ...(report.figures === undefined ? {} : { figures: renamed(report.figures) }),
    budgets: renamed(report.budgets),
    failures: renamed(report.failures),
    distributions: renamed(report.distributions),
    ...(report.timelines === undefined ? {} : { timelines: renamed(report.timelines) }),
    ...(report.profiles === undefined ? {} : { profiles: renamed(report.profiles) }),
    ...(report.trends === undefined ? {} : { trends: renamed(report.trends) }),
    warnings: report.warnings.map(({ code, message }) => ({ code, message: `${label}: ${message}` })),
  }
}

/** `parse (since v1.2.0)`; what is of no benchmark is of `everything`. */
export function apartName(benchmark: string, label: string): string {
  return `${benchmark === '' ? 'everything' : benchmark} (${label})`
}
