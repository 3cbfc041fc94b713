import { expect, test } from 'vitest'
import { parseJson } from '../../src/formats/json.ts'

const refusal = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return (error as { line: string }).line
  }
  throw new Error('it was not refused')
}

test('a complaint says where', () => {
  const json = parseJson('{"results":[{"times":[1,2,3,"x"],"a b":null,"deep":{"n":-1}}]}')
  const first = json.at('results').array()[0]!
  expect(refusal(() => first.at('times').numbers())).toBe(
    '$.results[0].times[3]: expected a finite number, got "x"',
  )
  expect(refusal(() => first.at('a b'))).toBe('$.results[0]["a b"]: is missing')
  expect(refusal(() => first.at('deep').at('n').amount())).toBe(
    '$.results[0].deep.n: expected a number that is not negative, got -1',
  )
  expect(refusal(() => first.at('deep').at('n').string())).toBe(
    '$.results[0].deep.n: expected a string, got -1',
  )
  expect(refusal(() => first.array())).toBe('$.results[0]: expected an array, got an object')
  expect(refusal(() => first.at('times').at('length'))).toBe(
    '$.results[0].times: expected an object, got an array',
  )
})

test('only own keys are seen', () => {
  const json = parseJson('{"__proto__":{"x":1}}')
  expect(json.get('constructor')).toBeUndefined()
  expect(json.get('x')).toBeUndefined()
  expect(json.at('__proto__').at('x').number()).toBe(1)
})

test.each([
  ['{"a":1', '1:7: the JSON ends in the middle (was the output cut short?)'],
  ['{"a":[1,\n2', '2:2: the JSON ends in the middle (was the output cut short?)'],
  ['{"a":"b', '1:8: the JSON ends in the middle (was the output cut short?)'],
  ['{"a":tru', '1:9: the JSON ends in the middle (was the output cut short?)'],
  ['', '1:1: the JSON ends in the middle (was the output cut short?)'],
  ['{"a":1,}', '1:8: this is not JSON'],
  ['{"a"\n:\n01}', '3:1: this is not JSON'],
  ['[1,2]]', '1:6: this is not JSON'],
  ['{"a":1}\n{"a":2}', '2:1: this is not JSON'],
  ["{'a':1}", '1:2: this is not JSON'],
  ['["\\x"]', '1:2: this is not JSON'],
])('%j breaks where it breaks', (text, line) => {
  expect(refusal(() => parseJson(text))).toBe(line)
})

test('bare NaN is a word that is no number', () => {
  const json = parseJson('{"a":NaN,"b":"NaN in \\"text\\"","c":-Infinity}')
  expect(refusal(() => json.at('a').number())).toBe('$.a: expected a finite number, got "NaN"')
  expect(json.at('b').string()).toBe('NaN in "text"')
  expect(refusal(() => json.at('c').number())).toBe('$.c: expected a finite number, got "-Infinity"')
})

test('depth costs nothing', () => {
  const deep = '['.repeat(200_000)
  expect(refusal(() => parseJson(deep))).toContain('the JSON ends in the middle')
  expect(parseJson(deep + ']'.repeat(200_000)).isArray).toBe(true)
})
