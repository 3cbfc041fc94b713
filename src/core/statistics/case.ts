import type { JudgeOptions, Question } from '../question.ts'
import type { Pairs } from './blend.ts'
import type { Evidence } from './evidence.ts'
import { historyEvidence } from './history.ts'
import { FEWEST_TO_REGRESS, PASS_ERROR } from './looks.ts'
import { pairedEvidence } from './paired.ts'
import { unpairedEvidence } from './rank-sum.ts'
import { type Scaled, scaled } from './scale.ts'
import { type Stage, type Stages, stagesOf } from './stages.ts'

/** A question that noise plays a part in, with the evidence of every look it has reached. */
export interface Case {
  readonly question: Question
  readonly scale: Scaled
  readonly stages: Stages
  readonly looks: readonly { readonly stage: Stage; readonly evidence: Evidence }[]
  /** Evidence that head is worse, and that it is better: smallest over the looks of p over the look's share. */
  readonly worse: number
  readonly better: number
}

/** Failed operations come in few rounds: of shares the mean counts, as in the total, not the typical round. */
export function isShare(question: Question): boolean {
  return question.unit === 'ratio' && question.threshold.kind === 'absolute' && question.paired
}

/** The evidence of the first `stage.rounds` rounds; unpaired, of all. */
function evidenceOf(
  question: Question,
  scale: Scaled,
  stage: Stage,
  claims: number,
  falseAlarms: number,
): Evidence {
  if (question.paired) {
    const cut = (pairs: Pairs) => ({
      base: pairs.base.slice(0, stage.rounds),
      head: pairs.head.slice(0, stage.rounds),
    })
    const level = falseAlarms * (stage.fail > 0 ? stage.fail : 1)
    const pass = PASS_ERROR * stage.pass
    return pairedEvidence(cut(scale), {
      witnesses: scale.witnesses.map((one) => ({ ...cut(one), alike: one.alike })),
      centre: isShare(question) ? 'mean' : 'hodges-lehmann',
      claim: { finest: level / Math.max(1, claims), coarsest: level },
      pass: { finest: pass, coarsest: pass },
      ...(question.first === undefined ? {} : { first: question.first }),
    })
  }
  if (question.spreadFloor !== undefined) return historyEvidence(scale.base, scale.head, question.spreadFloor)
  return unpairedEvidence(scale.base, scale.head)
}

export function caseOf(question: Question, options: JudgeOptions, claims: number): Case {
  const scale = scaled(question)
  const stages = stagesOf(question, options, claims)
  const looks = stages.reached.map((stage) => ({
    stage,
    evidence: evidenceOf(question, scale, stage, claims, options.falseAlarms),
  }))
  let worse = 1
  let better = 1
  for (const { stage, evidence } of looks) {
    if (stage.fail === 0 || !canRegress(question, stage)) continue
    worse = Math.min(worse, evidence.exceeds(0) / stage.fail)
    better = Math.min(better, evidence.trails(0) / stage.fail)
  }
  return { question, scale, stages, looks, worse, better }
}

export function canRegress(question: Question, stage: Stage): boolean {
  return question.spreadFloor !== undefined && !question.paired ? true : stage.rounds >= FEWEST_TO_REGRESS
}
