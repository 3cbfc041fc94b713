/** One result in a sentence, for whoever has no table: annotations, JUnit. */
import type { Comparison } from '../core/report.ts'
import { plain } from './escape.ts'
import { changeOf, detectableOf, intervalOf, quantity, thresholdOf, unitOf } from './quantities.ts'
import { confidence, figure } from './scale.ts'

/** What went wrong; the lines after it say why. */
export function firstLine(reason: string): string {
  return reason.split('\n', 1)[0]!.trim()
}

/** One comparison in a sentence: for annotations, JUnit and whoever has no table. */
export function told(c: Comparison): string {
  const what = plain(quantity(c))
  const range = intervalOf(c)
  const figures = `${figure(c.base, unitOf(c))} to ${figure(c.head, unitOf(c))}`
  if (c.verdict === 'missing') return `${what} was ${figure(c.base, unitOf(c))} and is missing now`
  if (c.verdict === 'new') return `${what} is new: ${figure(c.head, unitOf(c))}`
  const change = `${what} went from ${plain(figures)}: ${plain(changeOf(c))}${range === undefined ? '' : ` (${plain(range)}, ${confidence(c.confidence)} confidence)`}, ${plain(thresholdOf(c))} tolerated`
  return c.verdict === 'inconclusive' ? `${change}; ${couldNotTell(c)}` : change
}

/** Why it could not be told and what would help. */
export function couldNotTell(c: Comparison): string {
  const reason = c.reason === undefined ? '' : `${plain(c.reason, 500)}; `
  const seen = detectableOf(c)
  return seen === undefined
    ? `could not tell: ${reason}these rounds would have seen no change of any size; more rounds are needed`
    : `could not tell: ${reason}these rounds would have seen ${plain(seen)}; more rounds or a quieter runner are needed`
}
