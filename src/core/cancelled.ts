import type { Report } from './report.ts'

/** Of a job that a signal ended: it has not passed, whatever was seen until then. */
export function cancelled(report: Report): Report {
  const warning = { code: 'cancelled', message: 'it was cancelled: judged on what was measured until then' }
  const verdict = report.verdict === 'pass' ? 'inconclusive' : report.verdict
  return { ...report, verdict, warnings: [warning, ...report.warnings] }
}
