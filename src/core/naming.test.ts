import { expect, test } from 'vitest'
import { declaredOf, nameResults } from './naming.ts'
import type { Parsed, Result } from './result.ts'

function parsed(...names: readonly (readonly [benchmark: string, metric: string])[]): Parsed {
  const results = names.map(([benchmark, metric]): Result => {
    return { benchmark, metric, unit: 'ns', data: { kind: 'scalar', value: 1 } }
  })
  return { format: 'samples', results, warnings: [] }
}

test('a name of its own stands below the declared one', () => {
  const named = nameResults('json', parsed(['', 'latency'], ['parse', 'latency'], ['parse', 'throughput']))
  expect(named.results.map((result) => result.benchmark)).toEqual(['json', 'json/parse', 'json/parse'])
})

test('the same benchmark and metric twice is refused, also a state told twice', () => {
  expect(() => nameResults('json', parsed(['a', 'latency'], ['a', 'latency']))).toThrow(
    'the output tells latency of "json/a" twice',
  )
  const failed = { benchmark: 'a', status: 'failed', reason: '' } as const
  expect(() => nameResults('j', { format: 'x', results: [failed, failed], warnings: [] })).toThrow(
    /the state of/,
  )
})

test.each(['a\0b', 'a\nb', 'a\u001b[2J', 'a\u0085', 'a\u2028b', 'x'.repeat(513)])(
  'an unfit name is refused: %j',
  (name) => {
    expect(() => nameResults('json', parsed([name, 'latency']))).toThrow(/the name/)
    expect(() => nameResults('json', parsed(['ok', name]))).toThrow(/the name/)
  },
)

test('names lead back to the declared benchmark, the longest that fits', () => {
  const declared = ['json', 'json/hash', 'api']
  expect(declaredOf('json', declared)).toBe('json')
  expect(declaredOf('json/parse', declared)).toBe('json')
  expect(declaredOf('json/hash/x', declared)).toBe('json/hash')
  expect(declaredOf('api[connections=5]/get', declared)).toBe('api')
  expect(declaredOf('jsonish', declared)).toBeUndefined()
})
