/** What action.yml promises is what the program reads and writes. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../src/action/inputs.ts'
import type { UserError } from '../../src/core/errors.ts'

const root = resolve(import.meta.dirname, '../..')
const yml = parse(readFileSync(resolve(root, 'action.yml'), 'utf8')) as {
  runs: { using: string; main: string }
  inputs: Record<string, { description: string; default?: string }>
  outputs: Record<string, { description: string }>
}
const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8')

test('it is started as node24 from the committed bundle', () => {
  expect(yml.runs).toEqual({ using: 'node24', main: 'dist/action.js' })
})

test('every input is read, and only those', () => {
  const asked = new Set<string>()
  const env = new Proxy<Record<string, string>>(
    { INPUT_RUN: 'x' },
    {
      get(values, name: string) {
        asked.add(name)
        return values[name]
      },
    },
  )
  readInputs(env)
  const declared = Object.keys(yml.inputs).map((name) => `INPUT_${name.toUpperCase()}`)
  expect([...asked].sort()).toEqual(declared.sort())
})

test('every output is written, and every one has a description', () => {
  const source = textOf('src/action/publish.ts') + textOf('src/action/report-folder.ts')
  for (const [name, { description }] of Object.entries(yml.outputs)) {
    expect(source, name).toMatch(new RegExp(`['\\s]${name}['?]?:`))
    expect(description.length).toBeGreaterThan(5)
  }
})

test('the defaults of the file are accepted', () => {
  const env = Object.fromEntries(
    Object.entries(yml.inputs).map(([name, input]) => [`INPUT_${name.toUpperCase()}`, input.default ?? '']),
  )
  expect(readInputs(env)).toMatchObject({ mode: 'gate', config: 'tailgate.yml', comment: 'auto' })
})

test.each([
  [{ INPUT_MODE: 'gait' }, 'input "mode": "gait" is no mode (use gate, measure, report)'],
  [{ INPUT_COMMENT: 'x' }, 'input "comment": "x" is no choice (use auto, always, on-change, never)'],
  [{ INPUT_NAME: 'x' }, 'input "name": belongs to `run` (give `run` as well, or set it in the config)'],
  [
    { INPUT_RUN: 'x', INPUT_CONFIG: 'y' },
    'input "run": is for a benchmark without a config file (give `run` or `config`, not both)',
  ],
])('%j is refused in one line', (env, line) => {
  try {
    readInputs(env as Record<string, string>)
    expect.unreachable()
  } catch (error) {
    expect((error as UserError).line).toBe(line)
  }
})
