import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeParsed } from '../../src/core/describe.ts'
import { ingest } from '../../src/ingest.ts'
import { figuresDiffer } from './figures.ts'

const FIXTURE = join(import.meta.dirname, '../../fixtures/formats/criterion/folder')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tailgate-criterion-'))
  cpSync(join(FIXTURE, 'input'), folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a folder holds every sample of what was run last', async () => {
  const parsed = await ingest(folder, 'auto')
  const golden = join(FIXTURE, 'expected.json')
  const got = JSON.stringify(describeParsed(parsed), null, 1)
  if (process.env.UPDATE === '1') writeFileSync(golden, `${got}\n`)
  expect(JSON.parse(got)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  expect(figuresDiffer(parsed, JSON.parse(readFileSync(join(FIXTURE, 'figures.json'), 'utf8')))).toEqual([])
})

test('one sample.json is read with the name that stands beside it', async () => {
  const { results } = await ingest(join(folder, 'fnv/new/sample.json'), 'auto')
  expect(results.map((result) => result.benchmark)).toEqual(['fnv'])
})

test('a benchmark that was measured hours before the others is warned about', async () => {
  const long = new Date(Date.now() - 24 * 3600 * 1000)
  utimesSync(join(folder, 'fnv/new/sample.json'), long, long)
  const { warnings } = await ingest(folder, 'criterion')
  expect(warnings).toEqual([expect.objectContaining({ code: 'stale', benchmark: 'fnv' })])
})

test('a broken file is named with its place', async () => {
  writeFileSync(join(folder, 'fnv/new/sample.json'), '{"iters":[1,2],"times":[3]}')
  await expect(ingest(folder, 'criterion')).rejects.toMatchObject({
    line: `criterion: ${folder}: fnv/new/sample.json: $.times: expected 2 times, one for each of iters, got an array`,
  })
  writeFileSync(join(folder, 'fnv/new/sample.json'), '{"iters":[0],"times":[3]}')
  await expect(ingest(folder, 'criterion')).rejects.toMatchObject({
    line: expect.stringContaining('$.iters[0]'),
  })
})

test('a folder of nothing known is refused', async () => {
  rmSync(folder, { recursive: true })
  cpSync(join(FIXTURE, 'input/fnv/base'), folder, { recursive: true })
  await expect(ingest(folder, 'auto')).rejects.toThrow('no file in this folder is known')
})
