import type { LookPlan } from '../question.ts'
import { smallestChance } from './paired.ts'

const LOOKS = [6, 10, 14, 20, 30]
const FAIL = [0, 0.1, 0.3, 0.2, 0.4]
const PASS = [0.32, 0.2, 0.15, 0.13, 0.2]

/** Error of calling something `unchanged` that is at its threshold, over all looks. */
export const PASS_ERROR = 0.05

/** Fewer rounds a side than this never make anything `regressed`. */
export const FEWEST_TO_REGRESS = 6

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => (sum > 0 ? w / sum : 0))
}

/** When to look between `min` and `max` rounds, and how much of each error to spend there. */
export function lookPlan(rounds: { readonly min: number; readonly max: number }): LookPlan {
  const max = Math.max(1, Math.floor(rounds.max))
  const min = Math.min(max, Math.max(1, Math.floor(rounds.min)))
  const last = LOOKS[LOOKS.length - 1]!
  const looks: number[] = []
  const fail: number[] = []
  const pass: number[] = []
  for (let k = 0; k < LOOKS.length; k++) {
    const own = LOOKS[k]!
    // Where there may be more rounds than the usual 30, the later looks stretch with them.
    const at = k === LOOKS.length - 1 ? max : max > last && own > 14 ? Math.round((own * max) / last) : own
    const look = Math.min(max, Math.max(min, at))
    if (looks[looks.length - 1] === look) {
      fail[fail.length - 1]! += FAIL[k]!
      pass[pass.length - 1]! += PASS[k]!
    } else {
      looks.push(look)
      fail.push(FAIL[k]!)
      pass.push(PASS[k]!)
    }
  }
  return { looks, fail: normalised(fail), pass: normalised(pass) }
}

/** One look at all there is. */
export function singleLook(rounds: number): LookPlan {
  return { looks: [rounds], fail: [1], pass: [1] }
}

/** Whether coins of so many rounds can fall rarely enough at all. */
function canBeRare(rounds: number, level: number): boolean {
  return rounds >= FEWEST_TO_REGRESS && smallestChance(rounds, level) <= level * (1 + 1e-9)
}

/** The false-alarm share of each look, with none wasted on looks at which no evidence could be enough for one claim among so many. */
export function usefulShares(plan: LookPlan, claims: number, falseAlarms: number): number[] {
  const useful = plan.fail.map((share, k) =>
    canBeRare(plan.looks[k]!, (falseAlarms * share) / Math.max(1, claims)) ? share : 0,
  )
  if (useful.some((share) => share > 0)) return normalised(useful)
  // None can: all on the last, where it is nearest.
  return plan.looks.map((_, k) => (k === plan.looks.length - 1 ? 1 : 0))
}

/**
 * The fewest rounds in which one `regressed` among so many gating questions is possible at all. Greater than the
 * plan's last look if it is possible at none.
 */
export function fewestRounds(gatingQuestions: number, falseAlarms: number, plan?: LookPlan): number {
  const claims = Math.max(1, gatingQuestions)
  let alone = FEWEST_TO_REGRESS
  while (!canBeRare(alone, falseAlarms / claims)) alone++
  if (plan === undefined) return alone
  const shares = usefulShares(plan, claims, falseAlarms)
  const found = plan.looks.find((look, k) => canBeRare(look, (falseAlarms * shares[k]!) / claims))
  return found ?? Math.max(alone, (plan.looks[plan.looks.length - 1] ?? 0) + 1)
}
