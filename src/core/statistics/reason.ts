import type { Answer, JudgeOptions } from '../question.ts'
import type { Case } from './case.ts'
import { FEWEST_TO_REGRESS, fewestRounds } from './looks.ts'

/** Adds what a reader must know of the verdict, above all why it could not be told. */
export function explained(one: Case, answer: Answer, claims: number, options: JudgeOptions): Answer {
  const reason = reasonOf(one, answer, claims, options)
  return reason === undefined ? answer : { ...answer, reason }
}

function reasonOf(one: Case, answer: Answer, claims: number, options: JudgeOptions): string | undefined {
  const { question } = one
  const rounds = one.looks[one.looks.length - 1]!.stage.rounds
  const needed = question.paired ? fewestRounds(claims, options.falseAlarms) : FEWEST_TO_REGRESS
  const ofHistory = !question.paired && question.spreadFloor !== undefined
  const last = one.stages.ahead.length === 0
  const few = !ofHistory && last && rounds < needed ? tooFew(rounds, needed) : undefined
  if (answer.verdict === 'regressed' || answer.verdict === 'improved') return undefined
  if (answer.verdict === 'unchanged') return few
  if (question.mayRegress === false && looksWorse(one))
    return 'looks worse, but not from runs that may decide it'
  if (!question.paired && !ofHistory && rounds < 2) return 'one round a side: its noise is unknown'
  if (few !== undefined) return few
  if (!last && !answer.settled) return undefined
  if (!last)
    return question.gating
      ? 'too noisy to be told in the rounds there may be'
      : 'not measured longer for what does not gate'
  return 'the interval reaches across the threshold'
}

function looksWorse(one: Case): boolean {
  const { evidence } = one.looks[one.looks.length - 1]!
  return evidence.estimate >= one.scale.tolerance
}

function tooFew(rounds: number, needed: number): string {
  return `${rounds} ${rounds === 1 ? 'round' : 'rounds'} a side cannot show a regression: ${needed} are needed`
}
