import type { JudgeOptions, LookPlan, Question } from '../question.ts'
import { singleLook, usefulShares } from './looks.ts'

/** A look that has been reached: how many rounds it sees, and which share of each error is its own. */
export interface Stage {
  readonly rounds: number
  readonly fail: number
  readonly pass: number
}

export interface Stages {
  readonly reached: readonly Stage[]
  /** Looks still to come. */
  readonly ahead: readonly Stage[]
}

/**
 * Which looks the rounds of a question have reached. Rounds between two looks wait for the next one, unless `final`:
 * then all there are get a last look with every share that is left.
 */
export function stagesOf(question: Question, options: JudgeOptions, claims: number): Stages {
  const rounds = Math.min(question.base.length, question.head.length)
  const plan: LookPlan = options.plan === undefined || !question.paired ? singleLook(rounds) : options.plan
  const shares = usefulShares(plan, claims, options.falseAlarms)
  const last = plan.looks.length - 1
  const all = plan.looks.map((look, k) => ({
    // Rounds beyond the last look belong to it.
    rounds: k === last ? Math.max(look, rounds) : look,
    fail: shares[k]!,
    pass: plan.pass[k]!,
  }))
  const reached = all.filter((stage) => stage.rounds <= rounds)
  const ahead = all.slice(reached.length)
  if (options.final !== true || ahead.length === 0) return { reached, ahead }
  const left = ahead.reduce((sum, s) => ({ rounds, fail: sum.fail + s.fail, pass: sum.pass + s.pass }), {
    rounds,
    fail: 0,
    pass: 0,
  })
  const latest = reached[reached.length - 1]
  if (latest?.rounds !== rounds) return { reached: [...reached, left], ahead: [] }
  const joined = { rounds, fail: latest.fail + left.fail, pass: latest.pass + left.pass }
  return { reached: [...reached.slice(0, -1), joined], ahead: [] }
}
