import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hodgesLehmann } from '../../src/core/statistics/centre.ts'
import { signFlip } from '../../src/core/statistics/sign-flip.ts'
import { hampelScores, rankDifferences, signedRanks } from '../../src/core/statistics/trio.ts'

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
    const base = Array.from(b)
    const head = Array.from(h)
    expect(signFlip(signedRanks(base, head))).toBeCloseTo(sr, 10)
    expect(signFlip(hampelScores(head.map((h, i) => h - base[i]!)))).toBeCloseTo(ha, 10)
    expect(signFlip(rankDifferences(base, head))).toBeCloseTo(rd, 10)
    expect(hodgesLehmann(head.map((v, i) => v - base[i]!))).toBeCloseTo(hl, 12)
  }
})
