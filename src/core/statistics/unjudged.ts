import type { Answer, Question } from '../question.ts'
import { average, median } from './centre.ts'
import { told } from './certain.ts'

/** Why a question must not be judged, whatever its rounds say. */
export function refusal(question: Question): string | undefined {
  if (question.refused !== undefined) return question.refused
  if (question.base.length === 0 || question.head.length === 0) return 'no rounds'
  for (const v of question.base) if (!Number.isFinite(v)) return `a round of base is ${v}`
  for (const v of question.head) if (!Number.isFinite(v)) return `a round of head is ${v}`
  return undefined
}

/** An answer without a verdict: the figures as measured, and why. `wanted`: rounds that the first look waits for. */
export function unjudged(question: Question, reason: string | undefined, wanted?: number): Answer {
  const centre = question.unit === 'ratio' ? average : median
  const finite = (values: readonly number[]) => values.filter(Number.isFinite)
  const base = centre(finite(question.base))
  const head = centre(finite(question.head))
  const rounds = Math.min(question.base.length, question.head.length)
  return {
    ...told(Number.isNaN(base) ? 0 : base, Number.isNaN(head) ? 0 : head),
    verdict: 'inconclusive',
    interval: [null, null],
    confidence: 0,
    detectable: null,
    reason: reason ?? `${rounds} of the ${wanted} rounds of the first look`,
    settled: reason !== undefined,
  }
}
