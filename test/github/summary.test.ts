import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appendSummary } from '../../src/github/summary.ts'
import { temporaryFolder } from '../cli/repository.ts'

const MIB = 1024 * 1024

function file(text = ''): string {
  const path = join(temporaryFolder(), 'summary.md')
  writeFileSync(path, text)
  return path
}

test('it is added to what is there', async () => {
  const path = file('before\n')
  expect(await appendSummary(path, () => 'after')).toBeUndefined()
  expect(readFileSync(path, 'utf8')).toBe('before\nafter\n')
})

test('a mebibyte counts in bytes: what has more is asked for in fewer characters', async () => {
  const path = file('x'.repeat(100_000))
  const asked: number[] = []
  await appendSummary(path, (limit) => {
    asked.push(limit)
    return '✅'.repeat(limit)
  })
  expect(readFileSync(path).length).toBeLessThanOrEqual(MIB)
  expect(asked.length).toBeGreaterThan(1)
  expect(readFileSync(path).length).toBeGreaterThan(MIB / 2)
})

test('where there is no room, or no file, the reason is told', async () => {
  const path = file('x'.repeat(MIB))
  expect(await appendSummary(path, () => 'more')).toBe('there is no room left in it')
  expect(readFileSync(path).length).toBe(MIB)
  expect(await appendSummary(undefined, () => '')).toBe('GITHUB_STEP_SUMMARY is not set')
  expect(await appendSummary(temporaryFolder(), () => '')).toMatch(/EISDIR/)
})
