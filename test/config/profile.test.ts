import { expect, test } from 'vitest'
import { loadPlan } from '../../src/config/load.ts'

const CONFIG = `
benchmarks:
  - { name: a, run: x }
  - { name: b, run: x, profile: true }
  - { name: c, run: x, profile: false }
suites:
  all: { profile: true, set: { b: { profile: false } } }
`

test('a benchmark says it for itself, else the file for all, else nothing is profiled', () => {
  const profiled = (text: string, suite?: string) =>
    loadPlan(text, 'tailgate.yml', { suite })
      .benchmarks.filter(({ profile }) => profile === true)
      .map(({ name }) => name)
  expect(profiled(CONFIG)).toEqual(['b'])
  expect(profiled(`profile: true\n${CONFIG}`)).toEqual(['a', 'b'])
  expect(profiled(CONFIG, 'all')).toEqual(['a'])
  const flagged = loadPlan(CONFIG, 'tailgate.yml', { flags: { profile: true } })
  expect(flagged.benchmarks.filter(({ profile }) => profile).map(({ name }) => name)).toEqual(['a', 'b'])
})
