import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { formats, startOf } from '../../src/formats/registry.ts'
import { ingestText } from '../../src/ingest.ts'
import { shortened } from './shortened.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats')
await Promise.all(formats.map((format) => format.prepare?.()))

/** Long runs that a careless pattern would need the square of their length for: minutes each, and the test's time is out. */
const FLOODS = [
  ' ',
  '\n',
  '\t',
  'a',
  '1',
  ',',
  '"\n',
  '| ',
  '. ',
  'a: ',
  ' x 1',
  '<a ',
  '[',
  'abc 1 2 3\n',
].map((run) => run.repeat(2e5 / run.length))

for (const format of formats)
  test(`${format.name}: a flood is read or refused at once`, { timeout: 60_000 }, () => {
    const [name] = readdirSync(join(FIXTURES, format.name))
    const folder = join(FIXTURES, format.name, name!)
    const input = readdirSync(folder).find((file) => file.startsWith('input.'))
    const text = input === undefined ? '' : shortened(readFileSync(join(folder, input), 'utf8'))
    for (const flood of FLOODS)
      for (const at of [0, Math.floor(text.length / 3), text.length]) {
        const flooded = text.slice(0, at) + flood + text.slice(at)
        expect(format.detect(startOf(flooded))).toBeTypeOf('boolean')
        try {
          ingestText(flooded, 'input', format.name)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }
  })
