import { expect, test } from 'vitest'
import { matchesBranch, matchesName, selects } from '../../src/core/glob.ts'

test.each([
  ['json', 'json', true],
  ['json', 'json/parse', false],
  ['json*', 'json/parse', true],
  ['*', 'a/b/c', true],
  ['**', 'a/b/c', true],
  ['json/hash*', 'json/hash', true],
  ['json/?', 'json/a', true],
  ['{json,xml}/*', 'xml/parse', true],
  ['{json,xml}/*', 'csv/parse', false],
  ['load[connections=5]', 'load[connections=5]', true],
  ['load*', 'load[connections=5]', true],
  ['*', '.hidden', true],
  ['', '', true],
  ['', 'a', false],
  ['BenchmarkSort/n=*', 'BenchmarkSort/n=10-8', true],
])('%s means %s: %s', (pattern, name, expected) => {
  expect(matchesName(pattern, name)).toBe(expected)
})

test.each([
  [
    ['json*', '!json/slow'],
    ['json', 'json/fast'],
  ],
  [['!json*'], ['xml']],
  [[], ['json', 'json/fast', 'json/slow', 'xml']],
  [
    ['xml', 'json'],
    ['json', 'xml'],
  ],
] as const)('%j selects %j', (patterns, expected) => {
  expect(['json', 'json/fast', 'json/slow', 'xml'].filter((name) => selects(patterns, name))).toEqual(
    expected,
  )
})

test.each([
  ['release/*', 'release/1.2', true],
  ['release/*', 'release/1/2', false],
  ['release/**', 'release/1/2', true],
  ['main', 'main', true],
  ['main', 'maintenance', false],
])('branch pattern %s covers %s: %s', (pattern, branch, expected) => {
  expect(matchesBranch(pattern, branch)).toBe(expected)
})
