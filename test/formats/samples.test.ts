import { expect, test } from 'vitest'
import { find, keys, read, refusal, statistic } from './read.ts'

test('lines of the same benchmark and metric add up', () => {
  const parsed = read(
    'samples',
    '{"unit":"ms","values":[1,2]}\n{"unit":"us","value":3000}\n\n{"unit":"ms","values":[4]}\n',
  )
  expect(keys(parsed)).toEqual([' latency'])
  expect(find(parsed, '').data).toMatchObject({ kind: 'sampled', count: 4 })
  expect(statistic(parsed, '', 'latency', 'mean')).toBe(2.5e6)
})

test('one value alone is a scalar, several are a distribution, several shares have a mean', () => {
  const parsed = read(
    'samples',
    [
      '{"metric":"throughput","unit":"1/s","value":5}',
      '{"metric":"size","unit":"KiB","value":1}',
      '{"metric":"size","unit":"B","value":3}',
      '{"metric":"error_rate","unit":"%","value":1}',
      '{"metric":"error_rate","unit":"ratio","value":0.03}',
    ].join('\n'),
  )
  expect(find(parsed, '', 'throughput').data).toEqual({ kind: 'scalar', value: 5 })
  expect(find(parsed, '', 'size').data).toMatchObject({ kind: 'sampled', count: 2 })
  expect(statistic(parsed, '', 'error_rate', 'value')).toBeCloseTo(0.02, 12)
})

test('the line says which way is good, else the metric or the unit', () => {
  const parsed = read(
    'samples',
    '{"metric":"a","unit":"ms","value":1}\n{"metric":"b","unit":"1/s","value":1}\n{"metric":"c","unit":"points","value":-1}\n{"metric":"d","unit":"points","value":1,"better":"higher"}\n',
  )
  expect(parsed.results.map((result) => 'better' in result && result.better)).toEqual([
    'lower',
    'higher',
    false,
    'higher',
  ])
  expect(find(parsed, '', 'c').unit).toBe('points')
})

test('a note is told once, before, between or after results', () => {
  const parsed = read(
    'auto',
    '{"note":"PostgreSQL 15.18"}\n{"unit":"ms","value":1}\n{"note":"PostgreSQL 15.18"}\n{"note":" 4 kB rows "}\n',
  )
  expect(parsed.results.length).toBe(1)
  expect(parsed.warnings).toEqual([
    { code: 'note', message: 'PostgreSQL 15.18' },
    { code: 'note', message: '4 kB rows' },
  ])
})

test.each([
  ['{"unit":"ms","value":1,"note":"x"}', 'samples: out:1: "note" stands with no other key'],
  ['{"note":""}', 'samples: out:1: $.note: expected a text of 1 to 200 characters, got ""'],
  ['{"note":5}', 'samples: out:1: $.note: expected a string, got 5'],
  ['{"values":[1]}', 'samples: out:1: "unit" is missing (add for example "unit":"ms")'],
  [
    '{"unit":"ms","values":[1,-2]}',
    'samples: out:1: $.values[1]: expected a number that is not negative, got -2',
  ],
  ['{"unit":"ms","values":[1e999]}', 'samples: out:1: $.values[0]: expected a finite number, got Infinity'],
  ['{"unit":"ms","values":[1,"2"]}', 'samples: out:1: $.values[1]: expected a finite number, got "2"'],
  [
    '{"unit":"ms","values":[NaN]}',
    'samples: out:1: expected a line of JSON, got "{\\"unit\\":\\"ms\\",\\"values\\":[NaN]}"',
  ],
  ['{"unit":"ms","value":null}', 'samples: out:1: expected either "value" or "values"'],
  ['{"unit":"ms","value":1,"values":[1]}', 'samples: out:1: expected either "value" or "values"'],
  ['{"unit":"ms","values":[]}', 'samples: out:1: $.values: expected at least one number, got an empty array'],
  [
    '{"unit":"ms","value":1,"bettr":"lower"}',
    'samples: out:1: unknown key "bettr" (known are benchmark, metric, unit, better, value, values)',
  ],
  [
    '{"unit":"ms","value":1}\n{"unit":"B","value":1}',
    'samples: out:2: latency of "" is in ns above and in B here',
  ],
  [
    '{"unit":"ms","value":1}\n{"unit":"ms","value":1,"better":"higher"}',
    'samples: out:2: of latency of "" lower is better above and higher here',
  ],
  [
    '{"unit":"ms","value":1}\nhello',
    'samples: out:2: expected a JSON object, got "hello" (print nothing else, or write the results to the file named by $TAILGATE_OUTPUT)',
  ],
  [
    '{"unit":"ms","value":1}\n{"unit":"ms","val',
    'samples: out:2: expected a line of JSON, got "{\\"unit\\":\\"ms\\",\\"val"',
  ],
  [
    '{"unit":"ratio","metric":"error_rate","value":1.5}',
    'samples: out:1: $.value: expected a share of 0 to 1, got 1.5',
  ],
  [
    '{"unit":"%","metric":"error_rate","value":101}',
    'samples: out:1: $.value: expected a share of 0 to 1, got 101',
  ],
  [
    '{"unit":"ms","values":[1,1e305]}',
    'samples: out:1: $.values[1]: expected a number that can be measured, got 1e+305',
  ],
  ['{"benchmark":"a\\u0000b","unit":"ms","value":1}', 'samples: out: the name "a\\u0000b" holds a NUL'],
])('%s is refused', (text, line) => {
  expect(refusal('samples', text)).toBe(line)
})

test('a benchmark may be called as a built-in key is', () => {
  expect(
    keys(
      read(
        'samples',
        '{"benchmark":"__proto__","unit":"ms","value":1}\n{"benchmark":"constructor","unit":"ms","value":1}',
      ),
    ),
  ).toEqual(['__proto__ latency', 'constructor latency'])
})

test('a share of failures may be told in percent', () => {
  const parsed = read('samples', '{"metric":"error_rate","unit":"%","value":3}')
  expect(find(parsed, '', 'error_rate')).toMatchObject({ unit: 'ratio', data: { value: 0.03 } })
})
