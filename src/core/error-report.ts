import type { Environment, Report } from './report.ts'

/** The report of a job that could not begin: a reader of JSON is told what a reader of the log is. */
export function errorReport(reason: string, environment: Environment): Report {
  return {
    schema: 'tailgate-report/1',
    verdict: 'error',
    failedBy: ['error'],
    comparisons: [],
    budgets: [],
    failures: [{ benchmark: '', status: 'error', reason }],
    distributions: [],
    warnings: [],
    environment,
  }
}
