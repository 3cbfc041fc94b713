import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LoadOptions } from '../../src/config/load.ts'
import { loadPlan } from '../../src/config/load.ts'
import { lineOf, UserError } from '../../src/core/errors.ts'

/** Three lines; what a case adds begins on the fourth. */
const ONE = 'benchmarks:\n  - name: json\n    run: node bench.mjs\n'

function lineFor(text: string, options: LoadOptions = {}): string {
  try {
    loadPlan(text, 'tailgate.yml', options)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return lineOf(error)
  }
  return 'no error'
}

const ADDED: readonly (readonly [added: string, line: string])[] = [
  // Keys
  ['tresholds: 5%', '4:1: unknown key "tresholds" (did you mean "threshold"?)'],
  ['failOn: []', '4:1: unknown key "failOn" (did you mean "fail-on"?)'],
  ['    treshold: 5%', '4:5: unknown key "treshold" (did you mean "threshold"?)'],
  ['rounds: { mim: 5 }', '4:11: unknown key "mim" (did you mean "min"?)'],
  ['baseline: { zzz: 1 }', '4:13: unknown key "zzz" (known: store, branch, keep, release)'],
  [
    'suites: { q: { set: { json: { tiemout: 1m } } } }',
    '4:31: unknown key "tiemout" (did you mean "timeout"?)',
  ],
  [
    'suites: { q: { set: { json: { name: x } } } }',
    '4:31: unknown key "name" (known: run, load, service, sweep, faults, polls, alerts, format, output, profile, timeout, env, statistics, threshold, budgets)',
  ],
  [
    'branches: { main: { benchmarks: [] } }',
    '4:21: unknown key "benchmarks" (known: threshold, statistics, compare, rounds, false-alarms, time, profile, build, build-timeout, carry, baseline, fail-on, readiness, overrides, sides)',
  ],
  ['    profile: yes please', '4:14: expected true or false, such as true, not "yes please"'],
  ['sampling: {}', '4:1: `sampling` is not supported by this version (remove it)'],
  ['__proto__: {}', '4:1: the key "__proto__" is not allowed (remove it)'],
  [
    'constructor: {}',
    '4:1: unknown key "constructor" (known: threshold, statistics, compare, rounds, false-alarms, time, profile, build, build-timeout, carry, baseline, fail-on, readiness, overrides, sides, branches, services, benchmarks, suites)',
  ],
  // Thresholds
  ['threshold: 0.05', '4:12: 0.05 is not a threshold: its unit is missing (write 5%)'],
  ['threshold: 5', '4:12: 5 is not a threshold: its unit is missing (write 5%)'],
  ['threshold: "0.07"', '4:12: 0.07 is not a threshold: its unit is missing (write 7%)'],
  ['threshold: five', '4:12: "five" is not a threshold (write a percentage (5%) or an amount (5MB, 10ms))'],
  ['threshold: -5%', '4:12: "-5%" is not a threshold (write a percentage (5%) or an amount (5MB, 10ms))'],
  [
    'threshold: 5 apples',
    '4:12: "5 apples" has a unit that is not known (write a percentage (5%) or an amount (5MB, 10ms))',
  ],
  ['threshold: [5%]', '4:12: expected a threshold, such as 5%, or a map such as { p99: 10% }, not a list'],
  ['threshold:', '4:1: expected a threshold, such as 5%, or a map such as { p99: 10% }, not nothing'],
  ['threshold: { p99: 0.1 }', '4:19: 0.1 is not a threshold: its unit is missing (write 10%)'],
  ['threshold: { p99: { } }', '4:19: expected a threshold, such as 5%, not a map of keys'],
  ['threshold: { p(999): 5% }', '4:14: "p(999)" is not a statistic (write p99 or p99.9)'],
  ['threshold: { P99: 5% }', '4:14: "P99" is not a statistic (write p99 or p99.9)'],
  // Figures
  ['time: 10', '4:7: 10 is not a duration: its unit is missing (write 10s)'],
  ['time: ten minutes', '4:7: "ten minutes" is not a duration (write 500ms, 90s, 10m or 1h30m)'],
  ['time: 0s', '4:7: "0s" is no time at all (write at least 1ms)'],
  ['time: 31d', '4:7: "31d" is too long (write at most 30d)'],
  ['time: true', '4:7: expected a duration, such as 10m, not true'],
  ['false-alarms: 0.01', '4:15: 0.01 is not a percentage (write 1%)'],
  ['false-alarms: 90%', '4:15: "90%" is not between 0% and 50% (write 1%)'],
  ['statistics: p99', '4:13: expected a list of statistics, such as [p50, p95, p99], not "p99"'],
  ['statistics: []', '4:13: expected a list of statistics, such as [p50, p95, p99], not an empty list'],
  [
    'statistics: [p50, fast]',
    '4:19: "fast" is not a statistic (write mean, min, max or a percentile such as p99)',
  ],
  ['statistics: [99]', '4:14: expected a statistic, such as p99, not 99'],
  ['rounds: 5', '4:9: expected a map of min, max and warmup, such as { min: 6, max: 30 }, not 5'],
  ['rounds: { max: 0 }', '4:16: expected a whole number from 1 to 1000, such as 30, not 0'],
  ['rounds: { max: 6.5 }', '4:16: expected a whole number from 1 to 1000, such as 30, not 6.5'],
  ['rounds: { max: "6" }', '4:16: expected a whole number from 1 to 1000, such as 30, not "6"'],
  ['rounds: { min: 9, max: 5 }', '4:9: rounds.min is 9 but rounds.max is 5 (raise max, or lower min to 5)'],
  // Words and lists
  ['compare: bse', '4:10: "bse" is not one of auto, base, history, sides, none (did you mean "base"?)'],
  ['compare:', '4:1: expected one of auto, base, history, sides, none, not nothing'],
  [
    'compare: sides',
    '4:10: `compare: sides` needs the key `sides` (write sides: { base: { env: {} }, head: { env: { FAST: 1 } } })',
  ],
  [
    'fail-on: regression',
    '4:10: expected a list of what fails the job, such as [regression, budget, missing, error], not "regression"',
  ],
  [
    'fail-on: [regresion]',
    '4:11: "regresion" is not one of regression, budget, missing, error, inconclusive, no-baseline (did you mean "regression"?)',
  ],
  ['baseline: { release: 1 }', '4:22: expected true or false, such as true, not 1'],
  ['carry: [/usr]', '4:9: "/usr" is not relative to the folder of the config (write node_modules)'],
  ['overrides: [{ threshold: 5% }]', '4:13: "match" is missing (expected a pattern, such as "json/hash*")'],
  ['build: ""', '4:8: expected a command line, such as npm ci && npm run build, not an empty text'],
  // Benchmarks
  ['    timeout: 5', '4:14: 5 is not a duration: its unit is missing (write 5s)'],
  [
    '    output: C:\\out.json',
    '4:13: "C:\\out.json" is not relative to the folder of the config (write bench/out.json)',
  ],
  [
    '    budgets: ["p(95) <"]',
    '4:15: budget "p(95) <" has no limit after < (write for example "p(95) < 35ms")',
  ],
  ['    budgets: p95 < 5ms', '4:14: expected a list of budgets, such as ["p(95) < 35ms"], not "p95 < 5ms"'],
  [
    '    env: { "A B": 1 }',
    '4:12: "A B" is not the name of an environment variable (write letters, digits and _)',
  ],
  ['    env: { TAILGATE_SIDE: base }', '4:12: TAILGATE_SIDE is set by Tailgate itself (remove it)'],
  ['    env: { A: [1] }', '4:15: expected a text, such as "production", not a list'],
  [
    '  - name: json\n    run: x',
    '4:11: a second benchmark is named "json" (the first is at tailgate.yml:2:11)',
  ],
  ['  - name: other', '4:5: "run" is missing (write run: node bench/json.mjs, or load: { url: … })'],
  ['  - run: x', '4:5: "name" is missing (expected a name, such as json)'],
  [
    '  - name: " a"\n    run: x',
    '4:11: a name is one line of at most 200 characters without spaces around it',
  ],
  [
    '  - just text',
    '4:5: expected a benchmark, such as { name: json, run: node bench/json.mjs }, not "just text"',
  ],
  ['  - { name: 5, run: x }', '4:13: expected a name, such as json, not 5'],
  ['    run2: {{ node }}', '4:12: a key is a map or a list (put text that begins with { or [ in quotes)'],
  // Suites
  ['suites: { q: { benchmarks: ["jsn*"] } }', '4:29: no benchmark matches "jsn*" (did you mean "json"?)'],
  [
    'suites: { q: { benchmarks: [] } }',
    '4:28: expected a list of patterns, such as ["json*"], not an empty list',
  ],
  ['suites: { q: { set: { jsn: {} } } }', '4:28: no benchmark is named "jsn" (did you mean "json"?)'],
  // YAML
  [
    'compare: [auto',
    '5:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['benchmarks: []', '4:1: this key stands twice in the same map (remove one)'],
  ['\tcompare: auto', '4:1: a tab is used to indent (indent with spaces)'],
  [
    'suites: { q: { benchmarks: [*] } }',
    '4:29: a value that begins with * is an alias in YAML (put a pattern in quotes: "*")',
  ],
  [
    'suites: { q: { benchmarks: [*json] } }',
    '4:29: nothing is named "&json" (put a pattern in quotes: "*json")',
  ],
  ['---\na: b', '4:1: a second document begins here (keep one document)'],
  ['time: !!js/function x', '4:7: not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function'],
]

test.each(ADDED)('%j', (added, line) => {
  expect(lineFor(`${ONE}${added}\n`)).toBe(`tailgate.yml:${line}`)
})

const WHOLE: readonly (readonly [text: string, line: string])[] = [
  [
    '',
    '1:1: "benchmarks" is missing (expected a list of benchmarks, such as [{ name: json, run: node bench/json.mjs }])',
  ],
  [
    '# nothing\n',
    '1:1: "benchmarks" is missing (expected a list of benchmarks, such as [{ name: json, run: node bench/json.mjs }])',
  ],
  [
    'threshold: 5%',
    '1:1: "benchmarks" is missing (expected a list of benchmarks, such as [{ name: json, run: node bench/json.mjs }])',
  ],
  [
    'benchmarks: []',
    '1:13: expected a list of benchmarks, such as [{ name: json, run: node bench/json.mjs }], not an empty list',
  ],
  ['benchmark: []', '1:1: unknown key "benchmark" (did you mean "benchmarks"?)'],
  [
    'just text',
    '1:1: expected a map of keys, such as benchmarks: [{ name: json, run: node bench/json.mjs }], not "just text"',
  ],
  [
    '- a',
    '1:1: expected a map of keys, such as benchmarks: [{ name: json, run: node bench/json.mjs }], not a list',
  ],
]

test.each(WHOLE)('of the whole: %j', (text, line) => {
  expect(lineFor(text)).toBe(`tailgate.yml:${line}`)
})

const OPTIONS: readonly (readonly [options: LoadOptions, line: string])[] = [
  [{ suite: 'quick' }, '--suite: no suite is named "quick" (known: full, soak, odd)'],
  [{ suite: 'constructor' }, '--suite: no suite is named "constructor" (known: full, soak, odd)'],
  [{ suite: 'soak' }, 'tailgate.yml:4:41: the suite "soak" leaves out every benchmark'],
  [{ only: 'xml*' }, '--only: no benchmark matches "xml*" (known: json)'],
  [{ flags: { threshold: '5' } }, '--threshold: 5 is not a threshold: its unit is missing (write 5%)'],
  [{ flags: { compare: 'basis' } }, '--compare: "basis" is not one of auto, base, history, sides, none'],
  [
    { flags: { compare: 'sides' } },
    '--compare: `compare: sides` needs the key `sides` (write sides: { base: { env: {} }, head: { env: { FAST: 1 } } })',
  ],
  [
    { flags: { failOn: 'all' } },
    '--fail-on: "all" is not one of regression, budget, missing, error, inconclusive, no-baseline',
  ],
  [{ flags: { statistics: '' } }, '--statistics: names no statistic (write p50,p95,p99)'],
  [
    { flags: { statistics: 'p50,quick' } },
    '--statistics: "quick" is not a statistic (write mean, min, max or a percentile such as p99)',
  ],
  [{ flags: { time: '10' } }, '--time: "10" is not a duration (write 500ms, 90s, 10m or 1h30m)'],
  [
    { flags: { rounds: { max: 0 } } },
    '--rounds: 0 is not a number of rounds (write a whole number from 1 to 1000)',
  ],
  [
    { flags: { time: '10' }, nameOf: (flag) => `input "${flag}"` },
    'input "time": "10" is not a duration (write 500ms, 90s, 10m or 1h30m)',
  ],
  [
    { formats: ['k6', 'hyperfine'] },
    'tailgate.yml:5:46: no format is named "hyperfin" (did you mean "hyperfine"?)',
  ],
]

test.each(OPTIONS)('%j', (options, line) => {
  const suites =
    'suites: { full: {}, soak: { benchmarks: ["json", "!json"] },\n  odd: { set: { json: { timeout: 1m, format: hyperfin } } } }'
  expect(lineFor(`${ONE}${suites}`, options)).toBe(line)
})

test('a config without suites says so', () => {
  expect(lineFor(ONE, { suite: 'quick' })).toBe(
    '--suite: no suite is named "quick" (the config has no suites)',
  )
})

test.each([
  ['flow', '['.repeat(500_000)],
  ['closed flow', '['.repeat(5000) + ']'.repeat(5000)],
  ['maps', '{a: '.repeat(5000)],
  ['lists', '- '.repeat(5000)],
  ['indents', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
])('is not brought down by deep %s', (_, text) => {
  expect(lineFor(text)).toMatch(/^tailgate\.yml:\d+:\d+: nested deeper than 32 levels$/)
})

test('aliases that stand for millions of values are not written out', () => {
  const row = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]\n`
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const bomb = names.map((name, i) => row(name, i === 0 ? 'x' : `*${names[i - 1]}`)).join('')
  expect(lineFor(bomb)).toBe('tailgate.yml: aliases stand for too much (write it out)')
})

test('a file of more than 1 MiB is not read', () => {
  expect(lineFor(`${ONE}${'#'.repeat(2 ** 20)}`)).toBe(
    'tailgate.yml: the config is larger than 1 MiB (move data out of it)',
  )
})

test('whatever is done to a config, it is read or refused with a place', () => {
  const whole = `${ONE}threshold: { p99: 10% }\nrounds: { min: 6, max: 30 }\nsuites: { q: { set: { json: { timeout: 1m } } } }\nbranches: { "release/*": { threshold: 3% } }\n`
  const piece = fc.constantFrom(
    '&a ',
    '*a',
    '- ',
    '? ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '|',
    '>',
    '"',
    "'",
    '\t',
    '\n',
    '  ',
    '<<: ',
    '!!map ',
    '\0',
    '\u2028',
    '# ',
    '%',
    '__proto__: ',
    'null',
    '1e999',
    '.nan',
    '---\n',
    '...\n',
    'p(95) <',
  )
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length), fc.nat(12), piece), { minLength: 1, maxLength: 4 }),
      (edits) => {
        let text = whole
        for (const [at, gone, put] of edits) text = text.slice(0, at) + put + text.slice(at + gone)
        const line = lineFor(text)
        expect(line).toMatch(/^(?:no error$|tailgate\.yml:\d+:\d+: |tailgate\.yml: aliases)/)
        expect(line).not.toContain('\n')
      },
    ),
    { numRuns: 2000, seed: 7 },
  )
})
