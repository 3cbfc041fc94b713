import { expect, test } from 'vitest'
import { cancelled } from './cancelled.ts'
import { errorReport } from './error-report.ts'

test('what was cancelled is no pass, and what failed until then has failed', () => {
  const report = errorReport('x', { tool: '0', compare: 'none', falseAlarms: 0.01, id: 'x' })
  const verdicts = (['pass', 'inconclusive', 'fail', 'error'] as const).map(
    (verdict) => cancelled({ ...report, verdict }).verdict,
  )
  expect(verdicts).toEqual(['inconclusive', 'inconclusive', 'fail', 'error'])
  expect(cancelled(report).warnings[0]!.code).toBe('cancelled')
})
