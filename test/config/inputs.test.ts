import { expect, test } from 'vitest'
import type { Inputs } from '../../src/config/inputs.ts'
import { planOfInputs } from '../../src/config/inputs.ts'
import { lineOf } from '../../src/core/errors.ts'

test('one benchmark of inputs has the defaults of a config', () => {
  const plan = planOfInputs({
    name: 'json',
    run: 'node bench.mjs',
    format: undefined,
    output: 'out.json',
    timeout: '1m',
    build: 'npm ci',
    budgets: ['p95 < 5ms'],
    flags: { threshold: '3%', compare: 'none' },
  })
  expect(plan).toMatchObject({
    benchmarks: [
      {
        name: 'json',
        run: 'node bench.mjs',
        format: 'auto',
        output: 'out.json',
        timeout: 60_000,
        place: 'input "run"',
      },
    ],
    thresholds: { '*': { kind: 'relative', value: 0.03 } },
    compare: 'none',
    rounds: { min: 1, max: 1, warmup: 0 },
    build: 'npm ci',
    file: 'inputs',
  })
})

const REFUSED: readonly (readonly [inputs: Inputs, line: string])[] = [
  [{ name: '', run: 'x' }, 'input "name": expected a name, such as json, not an empty text'],
  [
    { name: 'a', run: ' ' },
    'input "run": expected a command line, such as node bench/json.mjs, not an empty text',
  ],
  [
    { name: 'a', run: 'x', output: '/tmp/x' },
    'input "output": "/tmp/x" is not relative to the folder of the config (write bench/out.json)',
  ],
  [
    { name: 'a', run: 'x', timeout: '10' },
    'input "timeout": "10" is not a duration (write 500ms, 90s, 10m or 1h30m)',
  ],
  [
    { name: 'a', run: 'x', flags: { threshold: '5' } },
    'input "threshold": 5 is not a threshold: its unit is missing (write 5%)',
  ],
  [
    { name: 'a', run: 'x', flags: { compare: 'sides' } },
    'input "compare": `compare: sides` needs the key `sides` (write sides: { base: { env: {} }, head: { env: { FAST: 1 } } })',
  ],
]

test.each(REFUSED)('%j', (inputs, line) => {
  let told: unknown
  try {
    told = planOfInputs(inputs)
  } catch (error) {
    told = lineOf(error)
  }
  expect(told).toBe(line)
})
