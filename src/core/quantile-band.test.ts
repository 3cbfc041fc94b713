import { expect, test } from 'vitest'
import { bandOf } from './quantile-band.ts'

const rounds = (n: number) => Array.from({ length: n }, (_, i) => [i + 1])

test('ends are those of the tables of the sign test', () => {
  // Depths for 95 %: n = 5 none, 6 to 8 the outermost, 9 to 11 the second, 30 the tenth.
  const found = [5, 6, 8, 9, 11, 12, 30].map((n) => bandOf(rounds(n), 1)?.[0])
  expect(found).toEqual([undefined, [1, 6], [1, 8], [2, 8], [2, 10], [3, 10], [10, 21]])
})

test('no share, no band', () => {
  expect(bandOf(rounds(10), 0)).toBeUndefined()
})
