import type { Report } from './report.ts'

/** What a second comparison found, with every name telling what it was compared with: `parse (since v1.2.0)`. */
export function sinceRelease(report: Report, tag: string): Report {
  const renamed = <T extends { readonly benchmark: string }>(all: readonly T[]): T[] =>
    all.map((each) => ({ ...each, benchmark: sinceName(each.benchmark, tag) }))
  const { readiness: _, trends: __, ...rest } = report
  return {
    ...rest,
    comparisons: renamed(report.comparisons),
    budgets: renamed(report.budgets),
    failures: renamed(report.failures),
    distributions: renamed(report.distributions),
    ...(report.timelines === undefined ? {} : { timelines: renamed(report.timelines) }),
    warnings: report.warnings.map(({ code, message }) => ({ code, message: `since ${tag}: ${message}` })),
  }
}

export function sinceName(benchmark: string, tag: string): string {
  return `${benchmark === '' ? 'everything' : benchmark} (since ${tag})`
}
