import { PASS_ERROR } from './looks.ts'
import { normalQuantileAbove, upperNormal } from './normal.ts'
import type { Stage, Stages } from './stages.ts'

/** Stop when the last look would decide less often than this. */
const SELDOM = { regressed: 0.02, unchanged: 0.1 }

/**
 * Whether the rounds to come are hardly worth it: seen from here (a normal law for what the estimate will have become),
 * the last look will very seldom say `regressed` and seldom `unchanged`. Only ever makes a verdict `inconclusive`.
 */
export function hopeless(
  stages: Stages,
  told: {
    readonly estimate: number
    readonly error: number
    height?(): number
    readonly tolerance: number
    readonly level: number
  },
): boolean {
  const { estimate, error, tolerance, level } = told
  const last = stages.ahead[stages.ahead.length - 1]
  if (last === undefined || stages.reached.length < 2 || error === 0) return false
  const now = stages.reached[stages.reached.length - 1]!
  const then = errorAt(last, now, error)
  const wander = Math.sqrt(error ** 2 - then ** 2)
  const toFail = Math.max(tolerance, normalQuantileAbove(level * last.fail) * then)
  const toPass = tolerance - normalQuantileAbove(PASS_ERROR * last.pass) * then
  // Witnesses may see more than the statistic itself: what they say now grows with the root of the rounds.
  const grown = Math.sqrt(last.rounds / now.rounds)
  const toStand =
    (normalQuantileAbove(level * last.fail) - (told.height?.() ?? 0) * grown) / Math.sqrt(1 - 1 / grown ** 2)
  return (
    upperNormal((toFail - Math.abs(estimate)) / wander) < SELDOM.regressed &&
    upperNormal(toStand) < SELDOM.regressed &&
    upperNormal((estimate - toPass) / wander) < SELDOM.unchanged
  )
}

function errorAt(later: Stage, now: Stage, error: number): number {
  return error * Math.sqrt(now.rounds / later.rounds)
}
