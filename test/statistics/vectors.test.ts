import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hodgesLehmann } from '../../src/core/statistics/centre.ts'
import { trio } from '../../src/core/statistics/trio.ts'

interface Vector {
  readonly b: number[]
  readonly h: number[]
  readonly sr: number
  readonly ha: number
  readonly rd: number
  readonly hl: number
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/statistics/vectors.json', import.meta.url), 'utf8'),
)

test('the trio agrees with an independent implementation on 100 vectors', () => {
  expect(vectors).toHaveLength(100)
  for (const { b, h, sr, ha, rd, hl } of vectors) {
    const p = trio(b, h)
    expect(p.signedRank).toBeCloseTo(sr, 10)
    expect(p.hampel).toBeCloseTo(ha, 10)
    expect(p.rankDifference).toBeCloseTo(rd, 10)
    expect(hodgesLehmann(h.map((v, i) => v - b[i]!))).toBeCloseTo(hl, 12)
  }
})
