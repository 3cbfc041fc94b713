import { winsorisedDeviation } from '../../src/core/statistics/centre.ts'

const ALPHA = 0.01
const BETA = 0.05

/** Wald's lower bound for the mean number of pairs of any test, also sequential, with these errors; `deviation` of a pair's log-ratio. */
function bound(information: number, deviation: number, effect: number): number {
  return (information * 2 * deviation ** 2) / effect ** 2
}

/** Pairs to tell that an effect of this size is there, as one of `claims` (A. Wald, Sequential Analysis, 1947). */
export function toRegressed(deviation: number, effect: number, claims = 1): number {
  const alpha = ALPHA / claims
  const information = (1 - BETA) * Math.log((1 - BETA) / alpha) + BETA * Math.log(BETA / (1 - alpha))
  return Math.max(bound(information, deviation, effect), Math.ceil(Math.log2(1 / alpha)))
}

/** Pairs to tell that nothing of the tolerance's size is there. */
export function toUnchanged(deviation: number, tolerance: number): number {
  const information = (1 - ALPHA) * Math.log((1 - ALPHA) / BETA) + ALPHA * Math.log(ALPHA / (1 - BETA))
  return Math.max(bound(information, deviation, tolerance), Math.ceil(Math.log2(1 / BETA)))
}

/** Spread of the pairs' log-ratios. */
export function deviationOf(base: readonly number[], head: readonly number[]): number {
  return winsorisedDeviation(head.map((h, i) => Math.log(h / base[i]!)))
}
