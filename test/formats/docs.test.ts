import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatsPage } from '../../build/formats-page.ts'
import { read } from './read.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8')

test('the page of formats is that of the registry: npm run docs', () => {
  expect(page).toBe(formatsPage())
})

test('the example of a script is read', () => {
  const example = /```json\n([\s\S]*?)```/.exec(page)![1]!
  expect(read('auto', example).results).toHaveLength(3)
})
