import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeParsed } from '../../src/core/describe.ts'
import { isFailed, keyOf, type Parsed } from '../../src/core/result.ts'
import { isKnownUnit, tidy } from '../../src/core/unit.ts'
import { located, tidyText } from '../../src/formats/parse.ts'
import { formats, startOf } from '../../src/formats/registry.ts'
import { ingestText } from '../../src/ingest.ts'
import { type Figures, figuresDiffer } from './figures.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats')
const folders = readdirSync(FIXTURES)
await Promise.all(formats.map((format) => format.prepare?.()))

test('every format has a fixture folder, and every folder a format', () => {
  expect(folders.toSorted()).toEqual(formats.map((format) => format.name).toSorted())
})

test('names are unique', () => {
  expect(new Set(formats.map((format) => format.name)).size).toBe(formats.length)
})

for (const format of formats) {
  if (!folders.includes(format.name)) continue
  describe(format.name, () => {
    for (const name of readdirSync(join(FIXTURES, format.name))) {
      const folder = join(FIXTURES, format.name, name)
      // A tool's own folder has a test of its own beside this one.
      if (existsSync(join(folder, 'input'))) continue
      const input = readdirSync(folder).find((file) => file.startsWith('input.'))
      if (input === undefined) throw new Error(`${folder} has no input`)
      const text = readFileSync(join(folder, input), 'utf8')
      const parse = (content: string): Parsed => ingestText(content, input, format.name)

      test(`${name}: is claimed by this format alone`, () => {
        const start = startOf(text)
        expect(formats.filter((other) => other.detect(start)).map((other) => other.name)).toEqual([
          format.name,
        ])
      })

      test(`${name}: parses to its golden`, () => {
        const golden = join(folder, 'expected.json')
        const got = `${JSON.stringify(describeParsed(parse(text)), null, 1)}\n`
        if (process.env.UPDATE === '1') writeFileSync(golden, got)
        expect(JSON.parse(got)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
      })

      test(`${name}: holds the figures that were worked out from the output by other means`, () => {
        const file = join(folder, 'figures.json')
        if (!existsSync(file)) return
        const figures = JSON.parse(readFileSync(file, 'utf8')) as Figures[]
        expect(figuresDiffer(parse(text), figures)).toEqual([])
      })

      test(`${name}: keys are unique and units are base units`, () => {
        const { results } = parse(text)
        const keys = results.map((result) => (isFailed(result) ? `${result.benchmark}\0` : keyOf(result)))
        expect(new Set(keys).size).toBe(keys.length)
        for (const result of results)
          if (!isFailed(result) && isKnownUnit(result.unit))
            expect(tidy(1, result.unit).unit).toBe(result.unit)
      })

      test(`${name}: CRLF and a byte order mark make no difference`, () => {
        const windows = `\uFEFF${tidyText(text).replaceAll('\n', '\r\n')}`
        expect(describeParsed(parse(windows))).toEqual(describeParsed(parse(text)))
      })

      if ('open' in format)
        test(`${name}: gives the same in whatever pieces it comes`, () => {
          for (const length of [1, 7, 1000]) {
            const parsed = located(format, input, () => {
              const reader = format.open()
              for (let i = 0; i < text.length; i += length) reader.push(text.slice(i, i + length))
              return reader.end()
            })
            expect(describeParsed(parsed)).toEqual(describeParsed(parse(text)))
          }
        })

      test(`${name}: cut in half it is refused, with the format and the file named`, () => {
        const half = text.slice(0, Math.floor(text.length / 2))
        expect(() => parse(half)).toThrow(
          expect.objectContaining({ line: expect.stringMatching(new RegExp(`^${format.name}: ${input}`)) }),
        )
      })
    }
  })
}
