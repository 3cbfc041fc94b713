import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitting, parts } from '../../src/reporters/sections.ts'

const section = fc.record({
  kind: fc.constantFrom('a', 'b', 'c'),
  count: fc.nat(9),
  weight: fc.nat(5),
  body: fc.string({ minLength: 1, maxLength: 60 }).map((text) => `<${text.replaceAll('\n', ' ')}>`),
})

test('whole sections, in their order, the least important left out first, nothing left out needlessly', () => {
  fc.assert(
    fc.property(
      fc.array(section, { maxLength: 12 }),
      fc.integer({ min: 60, max: 600 }),
      (sections, limit) => {
        const left = (told: readonly string[]) => `left: ${told.join(', ')}`
        const page = fitting({ head: 'head', sections, foot: 'foot', limit, left })
        const blocks = page.split('\n\n')
        const told = blocks.find((block) => block.startsWith('left: '))
        const kept = blocks.filter((block) => block !== 'head' && block !== 'foot' && block !== told)
        expect(page.length).toBeLessThanOrEqual(limit)
        expect([blocks[0], blocks.at(-1)]).toEqual(['head', 'foot'])
        expect(told === undefined).toBe(kept.length === sections.length)
        let from = 0
        for (const block of kept) {
          const at = sections.findIndex(({ body }, i) => i >= from && body === block)
          expect(at).toBeGreaterThanOrEqual(0)
          from = at + 1
        }
        const whole = ['head', ...sections.map(({ body }) => body), 'foot'].join('\n\n')
        expect(told === undefined).toBe(whole.length <= limit)
        const weights = sections.filter(({ body }) => !kept.includes(body)).map(({ weight }) => weight)
        const heaviest = Math.max(-1, ...weights)
        for (const { body, weight } of sections)
          if (kept.includes(body)) expect(weight).toBeGreaterThanOrEqual(heaviest)
      },
    ),
    { seed: 51, numRuns: 500 },
  )
})

test('parts are told as parts only where there are several', () => {
  expect(parts([1, 2, 3], 5)).toEqual([{ items: [1, 2, 3], of: '3' }])
  expect(parts([1, 2, 3], 2).map(({ of }) => of)).toEqual(['1 to 2 of 3', '3 to 3 of 3'])
  expect(parts([], 5)).toEqual([])
})
