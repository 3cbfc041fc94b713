import type { Answer, Judgement, JudgeOptions, Question } from './question.ts'
import { type Case, caseOf } from './statistics/case.ts'
import { certain, isCertain } from './statistics/certain.ts'
import { benjaminiHochberg } from './statistics/false-discovery.ts'
import { jointly, settledTogether } from './statistics/joint.ts'
import { explained } from './statistics/reason.ts'
import { refusal, unjudged } from './statistics/unjudged.ts'
import { type Held, verdictOf } from './statistics/verdict.ts'

export { fewestRounds, lookPlan } from './statistics/looks.ts'

/**
 * What the rounds of a job say about each of its questions. Pure: the same rounds give the same answers. The
 * false-alarm rate is kept over all gating questions and all looks together; docs/statistics.md has the procedure.
 * Throws a RangeError if a paired question has sides of different length, or on an error rate outside 0…1.
 */
export function judge(questions: readonly Question[], options: JudgeOptions): Judgement {
  if (!(options.falseAlarms > 0 && options.falseAlarms < 1))
    throw new RangeError(`false alarms: ${options.falseAlarms} is not between 0 and 1`)
  questions.forEach(checkPairs)

  const answers = new Array<Answer>(questions.length)
  const open: number[] = []
  questions.forEach((question, i) => {
    const refused = refusal(question)
    if (refused !== undefined) answers[i] = unjudged(question, refused)
    else if (isCertain(question)) answers[i] = certain(question)
    else open.push(i)
  })
  for (const gates of [true, false]) {
    const family = open.filter((i) => canFail(questions[i]!) === gates)
    const cases = family.map((i) => caseOf(questions[i]!, options, family.length))
    const held = heldTo(cases, options.falseAlarms)
    family.forEach((i, k) => {
      const one = cases[k]!
      answers[i] =
        one.looks.length === 0
          ? unjudged(one.question, undefined, one.stages.ahead[0]?.rounds)
          : explained(one, verdictOf(one, held[k]!), family.length, options)
    })
  }
  return { answers: settledTogether(questions, jointly(questions, answers)), warnings: [] }
}

function checkPairs({ paired, base, head, support, first, benchmark }: Question): void {
  if (!paired) return
  const rounds = base.length
  for (const side of [head, first ?? base, ...(support ?? []).flatMap((s) => [s.base, s.head])])
    if (side.length !== rounds)
      throw new RangeError(
        `${benchmark}: ${rounds} rounds of base are not pairs with ${side.length} of another series`,
      )
}

/** Only what can fail the job shares the false-alarm budget. */
function canFail(question: Question): boolean {
  return question.gating && question.mayRegress !== false
}

function heldTo(cases: readonly Case[], level: number): Held[] {
  const worse = benjaminiHochberg(
    cases.map((c) => c.worse),
    level,
  )
  const better = benjaminiHochberg(
    cases.map((c) => c.better),
    level,
  )
  return cases.map((_, k) => ({ worse: worse[k]!, better: better[k]! }))
}
