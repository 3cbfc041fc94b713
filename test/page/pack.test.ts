import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pack, unpack } from '../../src/reporters/html/pack.ts'

test('what is packed comes back to a millionth of its span, and gaps stay gaps', () => {
  const figure = fc.double({ min: -1e15, max: 1e15, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.option(figure), { maxLength: 60 }), (values) => {
      const known = values.filter((value) => value !== null)
      const span = Math.max(...known) - Math.min(...known)
      const size = Math.max(...known.map(Math.abs))
      const back = unpack(pack(values))
      expect(back.length).toBe(values.length)
      for (const [i, value] of values.entries()) {
        if (value === null) expect(back[i]).toBeNull()
        else expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(span * 1e-6 + size * 1e-8)
      }
    }),
    { seed: 1 },
  )
})

test('thirty rounds take four characters each', () => {
  expect(pack(Array.from({ length: 30 }, (_, i) => 1.83e6 + i)).text.length).toBe(120)
})

test('one figure, none, and what is no figure', () => {
  expect(unpack(pack([7]))).toEqual([7])
  expect(unpack(pack([]))).toEqual([])
  expect(unpack(pack([Number.NaN, 1, Number.POSITIVE_INFINITY]))).toEqual([null, 1, null])
})
