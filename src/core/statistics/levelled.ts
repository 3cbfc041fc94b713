import { differencesOf, type Pairs } from './blend.ts'
import { median } from './centre.ts'

/** Robust standard errors from which on what the second of a pair loses is believed. */
const PLAIN = 3

/**
 * The pairs without what the second run of a pair always loses (or gains); undefined where that is not plain. Second
 * minus first does not know which side was which, so the coins still decide all: a test of these pairs stays exact. But
 * where the coins fell mostly one way it takes a true change for such a loss: a view beside the others, not instead.
 */
export function levelled(pairs: Pairs, first: readonly ('base' | 'head')[]): Pairs | undefined {
  const gaps = differencesOf(pairs).map((d, i) => (first[i] === 'base' ? d : -d))
  const loss = median(gaps)
  const deviation = 1.4826 * median(gaps.map((gap) => Math.abs(gap - loss)))
  if (!(Math.abs(loss) * Math.sqrt(gaps.length) > PLAIN * deviation)) return undefined
  return {
    base: pairs.base.map((b, i) => (first[i] === 'base' ? b : b - loss)),
    head: pairs.head.map((h, i) => (first[i] === 'base' ? h - loss : h)),
  }
}
