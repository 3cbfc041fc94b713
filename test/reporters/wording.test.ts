import { expect, test } from 'vitest'
import { headline } from '../../src/reporters/wording.ts'
import { budget, CASES, ENVIRONMENT, latency, report } from './reports.ts'

const of = (name: string) => headline(CASES[name]!)

test('one sentence a verdict', () => {
  expect(of('green')).toBe('✅ no regression found in 10 comparisons; 1 budget met')
  expect(of('inconclusive')).toBe(
    '⚠️ no regression found; 2 of 11 could not be judged to 5 %: they would have seen 12 %',
  )
  expect(of('no-baseline')).toMatch(/^⚠️ nothing was compared: no run of main/)
  expect(of('error')).toMatch(
    /^💥 could not measure api \(head\): round 3: exit code 1; 1 of 7 comparisons regressed/,
  )
  expect(of('missing')).toMatch(/^❌ 2 results are missing: json\/stream, checkout throughput/)
  expect(of('cannot-fail')).toBe('⚠️ no regression could have been found in 1 comparison')
})

test('what fail-on leaves out is never ✅', () => {
  expect(of('left-out')).toBe(
    '⚠️ 1 of 10 comparisons regressed: json/revive p99 +8.7 %; the job does not fail, because `fail-on` leaves this out',
  )
  const tolerated = report({
    comparisons: [latency('a', 0)],
    failures: [{ benchmark: 'b', status: 'error', reason: 'exit code 1' }],
  })
  expect(headline(tolerated)).toMatch(/^⚠️ 1 benchmark could not be measured: b \(exit code 1\)/)
})

test('an empty report is never ✅', () => {
  for (const compare of ['base', 'history', 'files', 'sides', 'none'] as const)
    expect(headline(report({ environment: { ...ENVIRONMENT, compare } }))).toMatch(
      /^⚠️ nothing was compared: /,
    )
})

test('a breached budget does not hide that nothing was compared', () => {
  const told = headline(
    report({
      verdict: 'fail',
      failedBy: ['budget'],
      budgets: [budget({ actual: 6e8, verdict: 'breached' })],
      warnings: [{ code: 'no-baseline', message: 'main has none' }],
    }),
  )
  expect(told).toBe('❌ 1 budget breached: api p(99) < 500ms is 600 ms; nothing was compared: main has none')
})

test('several thresholds and scales are told as such', () => {
  const open = { verdict: 'inconclusive' as const }
  const told = headline(
    report({
      verdict: 'inconclusive',
      comparisons: [
        latency('a', 0.01, { ...open, detectable: 0.081 }),
        latency('b', 0.01, {
          ...open,
          detectable: 0.003,
          judgedBy: 'difference',
          unit: 'ratio',
          threshold: 0.001,
        }),
      ],
    }),
  )
  expect(told).toBe(
    '⚠️ no regression found; 2 of 2 could not be judged to their thresholds: they would have seen 8.1 % and 0.3 pp',
  )
})
