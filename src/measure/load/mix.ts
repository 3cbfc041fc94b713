import type { RequestPlan } from '../../core/load-plan.ts'

/** The longest order of a mix; weights beyond are rounded. */
const LONGEST = 1000

/**
 * The order in which the requests of a mix follow each other: each as often as its weight says, as evenly as it goes
 * (smooth weighted round robin), so that both sides get the same traffic. Indices into `requests`.
 */
export function orderOf(requests: readonly Pick<RequestPlan, 'weight'>[]): readonly number[] {
  const divisor = requests.map((one) => one.weight).reduce(greatestCommonDivisor, 0)
  let weights = requests.map((one) => one.weight / Math.max(1, divisor))
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum > LONGEST) weights = weights.map((weight) => Math.max(1, Math.round((weight * LONGEST) / sum)))
  const total = weights.reduce((a, b) => a + b, 0)
  const credit = weights.map(() => 0)
  return Array.from({ length: total }, () => {
    let best = 0
    for (const [i, weight] of weights.entries()) {
      credit[i] = credit[i]! + weight
      if (credit[i]! > credit[best]!) best = i
    }
    credit[best] = credit[best]! - total
    return best
  })
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
