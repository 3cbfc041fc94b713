import type { Answer, Question } from '../question.ts'
import { median } from './centre.ts'

type Told = Pick<Answer, 'base' | 'head' | 'change' | 'difference'>

/** Typical rounds and what follows from them. */
export function told(base: number, head: number): Told {
  return { base, head, change: base > 0 ? head / base - 1 : null, difference: head - base }
}

function constant(values: readonly number[]): boolean {
  return values.every((v) => v === values[0])
}

/** Peaks of memory vary between runs although they are counted in bytes: one round of them proves nothing. */
function countedOnce(question: Question): boolean {
  return question.exact && !question.metric.startsWith('memory.')
}

/** Whether no round differs from another of its side in a way that leaves nothing to chance. */
export function isCertain(question: Question): boolean {
  const { base, head } = question
  if (base.length === 0 || head.length === 0 || !constant(base) || !constant(head)) return false
  const same = base[0] === head[0]
  const rounds = Math.min(base.length, head.length)
  if (same && base[0] === 0) return true
  return (rounds >= 2 && (question.exact || same)) || countedOnce(question)
}

/** Compares rounds that do not vary: no noise, no test. Only for what `isCertain`. */
export function certain(question: Question): Answer {
  const figures = told(median(question.base), median(question.head))
  const { threshold } = question
  const relative = threshold.kind === 'relative'
  const worse = question.better === 'lower' ? figures.difference : -figures.difference
  const tolerated = relative ? threshold.value * Math.abs(figures.base) : threshold.value
  // A step of the last bit is no change.
  const slack = 1e-12 * Math.abs(figures.base)
  const beyond = Math.abs(worse) >= tolerated - slack && worse !== 0
  const verdict = !beyond ? 'unchanged' : worse > 0 ? 'regressed' : 'improved'
  const shown = relative ? figures.change : figures.difference
  return {
    ...figures,
    verdict: verdict === 'regressed' && question.mayRegress === false ? 'inconclusive' : verdict,
    interval: [shown, shown],
    confidence: 1,
    detectable: question.exact || question.base.length >= 12 ? threshold.value : null,
    settled: true,
  }
}
