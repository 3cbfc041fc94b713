import { expect, test } from 'vitest'
import { coresOfCgroup, fingerprint } from '../../src/measure/machine.ts'

test('the fingerprint tells everything that a comparison across machines needs', () => {
  const machine = fingerprint()
  expect(machine.cpu).not.toBe('')
  expect(machine.cores).toBeGreaterThan(0)
  expect(machine.memory).toBeGreaterThan(2 ** 26)
  expect(machine.os).toMatch(/^\w+ \d+\.\d+ \w+$/)
  expect(machine.runtime).toBe(`node ${process.version}`)
})

test('cores are what the container may use', () => {
  expect(coresOfCgroup('150000 100000\n', '', '')).toBe(1.5)
  expect(coresOfCgroup('max 100000\n', '', '')).toBeUndefined()
  expect(coresOfCgroup('400000 100000\n', '', '')).toBe(4)
})
