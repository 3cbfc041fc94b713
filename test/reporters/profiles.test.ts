import { expect, test } from 'vitest'
import type { Profile } from '../../src/core/profile/profile.ts'
import type { Report } from '../../src/core/report.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { results } from '../../src/reporters/results.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { CASES, latency } from './reports.ts'

const PROFILE: Profile = {
  benchmark: 'json/revive',
  kind: 'processor',
  tool: 'node',
  unit: 'ns',
  per: 'operation',
  of: 'change',
  base: { total: 1e6, idle: 1e5, operations: 100 },
  head: { total: 1.5e6, idle: 1e5, operations: 100 },
  functions: [
    { name: 'escape', file: 'src/text.js', line: 12, base: [2e5, 3e5], head: [6.5e5, 8e5], share: 0.9 },
    { name: '(garbage collector)', file: '', line: 0, base: [1e5, 1e5], head: [1.6e5, 1.6e5], share: 0.12 },
    { name: 'little', file: 'src/text.js', line: 40, base: [1e4, 1e4], head: [1.5e4, 1.5e4], share: 0.01 },
    {
      name: 'parse',
      file: 'src/parse.js',
      line: 3,
      base: [6.9e5, 6.9e5],
      head: [6.75e5, 6.75e5],
      share: -0.03,
    },
  ],
  tree: [
    [-1, 3, 9e5, 1.4e6],
    [0, 0, 3e5, 8e5],
  ],
}
const with_ = (...profiles: Partial<Profile>[]): Report => ({
  ...CASES.regression!,
  profiles: profiles.map((one) => ({ ...PROFILE, ...one })),
})
const lines = (report: Report, width = 100) => terminal(report, { color: false, width }).split('\n')

test('a line for the whole and a line for each of the functions that grew, in the width there is', () => {
  const all = lines(with_({}))
  const at = all.findIndex((line) => line.includes('processor time'))
  expect(all.slice(at, at + 4)).toEqual([
    'json/revive: processor time per operation 1.00 → 1.50 ms (+50.0 %), of the change:'.replace(
      '1 → 1.5',
      '1.00 → 1.50',
    ),
    '    90 %  escape  src/text.js:12  200 → 650 µs',
    '    12 %  (garbage collector)  100 → 160 µs',
    '',
  ])
  for (const line of lines(with_({}), 60)) expect(line.length).toBeLessThanOrEqual(60)
})

test('the comment tells the first function before it is unfolded', () => {
  const page = markdown(with_({}))
  expect(page).toContain(
    '<details><summary>🔥 what grew in <code>json/revive</code>: <code>escape</code> 90 % of the change</summary>',
  )
  expect(page).toContain('| 90 % | <code>escape</code> | <code>src/text.js:<wbr>12</code> | 200 → 650 µs |')
  expect(page).not.toContain('little')
})

test('shares alone, waiting, nothing that grew: each is said as it is', () => {
  const share = {
    per: 'share',
    unit: 'ratio',
    of: 'growth',
    base: { total: 1, idle: 0 },
    head: { total: 1, idle: 0 },
  } as const
  expect(results(with_(share))).toContain('Share of the processor time; it works until a time is over')
  expect(results(with_(share))).toContain('| Of all that grew | Function |')
  const waits = {
    head: { total: 1.01e6, idle: 3e6, operations: 100 },
    functions: [PROFILE.functions[3]!],
    tree: [],
  }
  expect(results(with_(waits))).toContain(
    'It waits longer per operation (0.100 → 3.00 ms without anything to do)',
  )
  expect(results(with_(waits))).toContain('No function by itself grew')
  expect(results(with_({}))).not.toContain('waits')
})

test('memory is told beside the verdict only where memory is what regressed', () => {
  const memory = { kind: 'memory', per: 'execution', unit: 'B' } as const
  expect(markdown(with_(memory))).not.toContain('what grew')
  expect(results(with_(memory))).toContain('Memory held in the end 1.00 → 1.50 MB')
  const worse = { ...with_(memory) }
  const regressed = latency('json/revive', 0.5, { metric: 'memory.growth', unit: 'B' })
  expect(markdown({ ...worse, comparisons: [...worse.comparisons, regressed] })).toContain('what grew')
})

test('where much grew a little, what it is all in is said', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({
    name: `part-${i}`,
    file: 'src/parts.js',
    line: i,
    base: [2e4, 2e4] as const,
    head: [6e4, 6e4] as const,
    share: 0.08,
  }))
  const whole = {
    ...PROFILE.functions[3]!,
    name: 'parse',
    base: [0, 9e5] as const,
    head: [0, 1.38e6] as const,
    share: 0,
  }
  const tree = [
    [-1, 13, 1e6, 1.5e6],
    [0, 12, 9e5, 1.38e6],
    ...many.map((_, i) => [1, i, 2e4, 6e4] as const),
  ] as const
  const functions = [...many, whole, { ...whole, name: 'main' }]
  const told = 'of the change 96 % is in parse and what it calls (src/parse.js:3)'
  expect(lines(with_({ functions, tree }))).toContain(`  ${told}`)
  expect(markdown(with_({ functions, tree }))).toContain('Of the change 96 % is in parse')
  // The first of those that grew says it already; the outermost says nothing.
  expect(results(with_({}))).not.toContain('and what it calls')
})

test('names of functions are text', () => {
  const name = '<img src=x>|`@me` [a](b) \u001b[31m'
  const page = markdown(with_({ functions: [{ ...PROFILE.functions[0]!, name, file: name }] }))
  expect(page).not.toContain('<img')
  expect(page).not.toContain('@me')
  expect(page).not.toContain('\u001b')
  expect(lines(with_({ functions: [{ ...PROFILE.functions[0]!, name }] })).join('\n')).not.toContain('\u001b')
})
