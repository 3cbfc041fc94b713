/** What a script said of what it measured stands with the machine, once, and is no warning. */
import { expect, test } from 'vitest'
import { html } from '../../src/reporters/html.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { results } from '../../src/reporters/results.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { report } from './reports.ts'

const note = { code: 'note', message: 'records are in PostgreSQL 15.18' }
const noted = report({ warnings: [note, note] })

test.each([
  ['terminal', terminal(noted, { color: false, width: 80 })],
  ['markdown', markdown(noted)],
  ['results', results(noted)],
  ['html', html(noted)],
])('%s', (_, text) => {
  // The page holds the report itself as well, for its own script.
  const shown = text.replaceAll(/<script[\s\S]*?<\/script>/g, '')
  expect(shown.split('records are in PostgreSQL 15.18').length - 1).toBe(1)
  expect(shown).not.toMatch(/warning/i)
})

test('of notes that are others in every round a few are told', () => {
  const many = Array.from({ length: 600 }, (_, i) => ({
    code: 'note',
    message: `round ${i} of ${'x'.repeat(180)}`,
  }))
  const told = results(report({ warnings: many }))
  expect(told.split('- note: ').length - 1).toBe(11)
  expect(told).toContain('- note: … and 590 more')
})
