/** The report says which store was measured: a real PostgreSQL, or the journal where there is none. */
import { chmodSync, cpSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { tailgate } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'

const example = resolve(import.meta.dirname, '../../examples/registration')
// The same question that the example asks; it has no types.
const { findPostgres } = (await import(join(example, 'find-postgres.mjs'))) as {
  findPostgres: () => string | undefined
}

async function measured(only: string, env: Readonly<Record<string, string>> = {}): Promise<Report> {
  const cwd = join(temporaryFolder(), 'registration')
  cpSync(example, cwd, { recursive: true })
  const data = temporaryFolder()
  // As root, the database belongs to another account.
  chmodSync(data, 0o755)
  const args = ['run', '--suite', 'quick', '--only', only, '--json']
  const { stdout, stderr } = await tailgate(args, { cwd, env: { ...env, DATA: data } })
  const report = JSON.parse(stdout || '{}') as Report
  expect(report.failures, stderr).toEqual([])
  expect(report.budgets.filter(({ verdict }) => verdict !== 'met')).toEqual([])
  expect(readdirSync(data)).toEqual([])
  return report
}

const notes = (report: Report) =>
  report.warnings.flatMap(({ code, message }) => (code === 'note' ? message : []))

test('without PostgreSQL: the journal, which survives a SIGKILL as well', { retry: 2 }, async () => {
  const report = await measured('{claims,outage}', { STORE: 'journal' })
  expect(notes(report)).toEqual(['registrations and claims are in a journal on disk'])
  expect(report.budgets.some(({ expression }) => expression === 'data_loss == 0')).toBe(true)
})

test.skipIf(findPostgres() === undefined)('with PostgreSQL: its version', async () => {
  expect(notes(await measured('claims'))).toEqual([
    expect.stringMatching(/^registrations and claims are in PostgreSQL \d+/),
  ])
})
