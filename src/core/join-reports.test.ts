import { expect, test } from 'vitest'
import { joinGates } from './join-gates.ts'
import { joinReports } from './join-reports.ts'
import type { GateVerdict, Report } from './report.ts'
import type { ReportTimeline } from './report-timelines.ts'

function report(verdict: GateVerdict, benchmark = 'parse'): Report {
  return {
    schema: 'tailgate-report/1',
    verdict,
    failedBy: verdict === 'fail' ? ['regression'] : [],
    comparisons: [],
    budgets: [],
    failures: [],
    distributions: [],
    timelines: [{ benchmark } as ReportTimeline],
    warnings: [{ code: 'trend', message: 'm' }],
    environment: { tool: 'x', compare: 'base', falseAlarms: 0.01, rounds: 6, seconds: 10 },
  }
}
const shard = (index: number, of = 2, split = 'a') => ({ index, of, split })

test('the strictest verdict, everything of all, and what adds up added up', () => {
  const joined = joinReports([
    { report: report('pass', 'a'), shard: shard(1) },
    { report: report('fail', 'b'), shard: shard(2) },
  ])
  expect([joined.verdict, joined.failedBy]).toEqual(['fail', ['regression']])
  expect(joined.timelines?.map(({ benchmark }) => benchmark)).toEqual(['a', 'b'])
  expect(joined.warnings).toHaveLength(1)
  expect(joined.environment).toMatchObject({ falseAlarms: 0.02, rounds: 6, seconds: 20 })
})

test('a shard that is not there fails; one that split the suite otherwise is refused', () => {
  const [first] = [{ report: report('pass'), shard: shard(1) }]
  expect(joinReports([first!])).toMatchObject({
    verdict: 'fail',
    failedBy: ['missing'],
    failures: [{ benchmark: 'shard 2/2' }],
  })
  const other = { report: report('pass'), shard: shard(2, 2, 'b') }
  expect(() => joinReports([first!, other])).toThrow(/split the suite in different ways/)
})

test('gates are joined by a list or a pattern, each told apart; one plain id joins nothing', () => {
  const gates = ['linux', 'macos', 'docs'].map((id) => ({ id, report: report('pass') }))
  expect(joinGates(gates, 'linux')).toBe(gates)
  expect(joinGates(gates, 'nightly')).toBe(gates)
  const [joined, rest, ...more] = joinGates(gates, '*u*,macos')
  expect(joined!.report.timelines?.map(({ benchmark }) => benchmark)).toEqual([
    'parse (linux)',
    'parse (macos)',
  ])
  expect(joined!.report.warnings.map(({ message }) => message)).toEqual(['linux: m', 'macos: m'])
  expect([rest!.id, more]).toEqual(['docs', []])
  expect(() => joinGates(gates, 'windows, bsd')).toThrow(/none of these gates/)
  const [lacking] = joinGates(gates, 'macos, windows')
  expect(lacking!.report).toMatchObject({ verdict: 'fail', failures: [{ benchmark: 'gate windows' }] })
})
