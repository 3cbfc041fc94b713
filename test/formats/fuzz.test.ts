import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { tidyText } from '../../src/formats/parse.ts'
import { formats, startOf } from '../../src/formats/registry.ts'
import { ingestText } from '../../src/ingest.ts'
import { shortened } from './shortened.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats')
await Promise.all(formats.map((format) => format.prepare?.()))
/** Mutations of each format's fixtures, the same ones each time; `npm run fuzz` tries ten times as many. */
const RUNS = Number(process.env.FUZZ ?? 1000)
const SEED = Number(process.env.FUZZ_SEED ?? 20261121)

/** What stands in for a value or is put between two. */
const HOSTILE = [
  '1e999',
  '-1e999',
  '-1',
  '1e308',
  '123456789012345678901234567890',
  '0x10',
  'NaN',
  'Infinity',
  'null',
  '""',
  '{}',
  '[]',
  '"__proto__"',
  '"__proto__":{"x":1},',
  '"constructor"',
  '"toString":',
  '[[[[[[[[[[[[[[[[[[[[',
  '['.repeat(5000),
  '{"a":'.repeat(2000),
  '<a>'.repeat(300),
  '"'.repeat(7),
  '\\',
  '\\u0000',
  '\0',
  '\uFEFF',
  '\u2028',
  '\r\n',
  '\n\n\n',
  '\t',
  ',',
  ';',
  '|',
  ' '.repeat(3000),
  'a'.repeat(3000),
  '9'.repeat(400),
  '%',
  '\u001b[31m',
  '日本 ünï',
]

type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly code: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'drop'; readonly at: number; readonly length: number }
  | { readonly kind: 'double'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly what: string }
  | { readonly kind: 'replace'; readonly at: number; readonly what: string }

const place = fc.double({ min: 0, max: 1, noNaN: true })
const length = fc.integer({ min: 1, max: 200 })
const hostile = fc.constantFrom(...HOSTILE)
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, code: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('drop' as const), at: place, length }),
  fc.record({ kind: fc.constant('double' as const), at: place, length }),
  fc.record({ kind: fc.constant('insert' as const), at: place, what: hostile }),
  fc.record({ kind: fc.constant('replace' as const), at: place, what: hostile }),
)

function mutate(text: string, change: Mutation): string {
  const at = Math.floor(change.at * text.length)
  const before = text.slice(0, at)
  if (change.kind === 'flip') return before + String.fromCharCode(change.code) + text.slice(at + 1)
  if (change.kind === 'cut') return before
  if (change.kind === 'drop') return before + text.slice(at + change.length)
  if (change.kind === 'double') return before + text.slice(at, at + change.length) + text.slice(at)
  if (change.kind === 'insert') return before + change.what + text.slice(at)
  // The word or number that stands there.
  const rest = text.slice(at).replace(/^[\w.+-]*/, '')
  return before.replace(/[\w.+-]*$/, '') + change.what + rest
}

for (const format of formats) {
  const texts = readdirSync(join(FIXTURES, format.name)).flatMap((name) => {
    const folder = join(FIXTURES, format.name, name)
    const input = readdirSync(folder).find((file) => file.startsWith('input.'))
    return input === undefined ? [] : [shortened(tidyText(readFileSync(join(folder, input), 'utf8')))]
  })

  test(`${format.name}: ${RUNS} broken outputs are read or refused with their place`, {
    timeout: 600_000,
  }, () => {
    for (const text of texts) expect(ingestText(text, 'input', format.name).results).not.toEqual([])
    let refused = 0
    let tries = 0
    fc.assert(
      fc.property(
        fc.nat(texts.length - 1),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (which, changes) => {
          const broken = changes.reduce(mutate, texts[which]!)
          format.detect(startOf(broken))
          if (tries++ % 50 === 0) for (const other of formats) other.detect(startOf(broken))
          try {
            ingestText(broken, 'input', format.name)
          } catch (error) {
            refused++
            if (!(error instanceof UserError)) throw error
            if (!/^(?:[\w-]+: )?input/.test(error.line)) throw new Error(`not located: ${error.line}`)
            if (error.line.length > 2000) throw new Error(`a complaint of ${error.line.length} characters`)
          }
        },
      ),
      { numRuns: RUNS, seed: SEED },
    )
    expect(refused).toBeGreaterThan(RUNS / 20)
  })
}
