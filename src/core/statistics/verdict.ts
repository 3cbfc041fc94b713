import type { Answer } from '../question.ts'
import { type Case, canRegress, isShare } from './case.ts'
import { average, median } from './centre.ts'
import { told } from './certain.ts'
import type { Evidence } from './evidence.ts'
import { hopeless } from './futility.ts'
import { inversion } from './interval.ts'
import { PASS_ERROR } from './looks.ts'
import { normalQuantileAbove } from './normal.ts'
import { smallestChance } from './paired.ts'
import type { Stage } from './stages.ts'

/** What the whole family of questions leaves to one: the level it is held to, and whether its claim stands. */
export interface Held {
  readonly worse: { readonly rejected: boolean; readonly level: number }
  readonly better: { readonly rejected: boolean; readonly level: number }
}

/** A step of the last bit does not turn a change of exactly the threshold into less. */
const SLACK = 1e-12

/**
 * The smallest true shift for the worse that such rounds would have called `regressed` nine times in ten: the shift that
 * the test needs on these rounds once their own centre is taken out, and 1.28 standard errors for the nine in ten.
 * Where this look may not say `regressed` but a later one may, what that one would see of rounds like these.
 */
function smallestSeen(one: Case, evidence: Evidence, level: number): number | undefined {
  const now = one.stages.reached[one.stages.reached.length - 1]!
  const { tolerance } = one.scale
  const able = (stage: Stage) => canRegress(one.question, stage) && stage.fail > 0
  if (able(now)) {
    const passes = (shift: number) => evidence.centred(shift, level * now.fail) <= level * now.fail
    const guess = normalQuantileAbove(level * now.fail) * evidence.error
    const needed = passes(tolerance) ? tolerance : smallestPassing(passes, Math.max(guess, tolerance))
    if (needed !== undefined) return Math.max(needed, tolerance) + 1.28 * evidence.error
  }
  const later = one.stages.ahead.find(
    (s) => able(s) && smallestChance(s.rounds, level * s.fail) <= level * s.fail,
  )
  if (later === undefined) return undefined
  const error = evidence.error * Math.sqrt(now.rounds / later.rounds)
  return Math.max(normalQuantileAbove(level * later.fail) * error, tolerance) + 1.28 * error
}

/** The smallest shift that passes, to 5 %, searched around `guess`. */
function smallestPassing(passes: (shift: number) => boolean, guess: number): number | undefined {
  let far = guess > 0 ? guess : 1e-9
  let near = far / 1.6
  for (let k = 0; !passes(far); k++) {
    if (k === 30) return undefined
    near = far
    far *= 1.6
  }
  for (let k = 0; k < 10 && passes(near); k++) {
    far = near
    near /= 1.6
  }
  while (far > 1.05 * near) {
    const middle = Math.sqrt(near * far)
    if (passes(middle)) far = middle
    else near = middle
  }
  return far
}

function ordered(
  a: number | null,
  b: number | null,
  turned: boolean,
): readonly [number | null, number | null] {
  return turned ? [b, a] : [a, b]
}

/** Where all rounds agree the ends lie on the estimate, and the last bits of a logarithm may not push it out. */
function holding(
  shown: number | null,
  [low, high]: readonly [number | null, number | null],
): readonly [number | null, number | null] {
  if (shown === null) return [low, high]
  return [low === null ? null : Math.min(low, shown), high === null ? null : Math.max(high, shown)]
}

/** Typical rounds of both sides: `estimate` apart around the middle of the pairs; of shares, their means. */
function typical(one: Case, evidence: Evidence, rounds: number): { base: number; head: number } {
  const { scale, question } = one
  const base = question.paired ? scale.base.slice(0, rounds) : scale.base
  const head = question.paired ? scale.head.slice(0, rounds) : scale.head
  if (isShare(question)) return { base: scale.value(average(base)), head: scale.value(average(head)) }
  const middle = question.paired
    ? median(base.map((b, i) => (b + head[i]!) / 2))
    : (median(base) + median(head)) / 2
  const figure = (v: number) => Number(scale.value(v).toPrecision(12)) // logarithms and back
  return { base: figure(middle - evidence.estimate / 2), head: figure(middle + evidence.estimate / 2) }
}

export function verdictOf(one: Case, held: Held): Answer {
  const { question, scale, looks } = one
  const { evidence, stage } = looks[looks.length - 1]!
  const { tolerance } = scale
  const { estimate } = evidence
  const { base, head } = typical(one, evidence, stage.rounds)

  const worst = held.worse.level * stage.fail
  // What verdicts are made of holds at every look; between, the ends are where the latest look puts them.
  const below = (shift: number) =>
    shift === 0 ? held.worse.rejected : canRegress(question, stage) && evidence.exceeds(shift, worst) <= worst
  const above = (shift: number) => {
    // Whoever is certainly better is certainly within tolerance.
    if (shift === 0 && held.better.rejected) return true
    const asked = shift === 0 || shift === tolerance ? looks : looks.slice(-1)
    return asked.some((l) => l.evidence.within(shift) <= PASS_ERROR * l.stage.pass)
  }
  const step = Math.max(evidence.error, tolerance / 20, 1e-9)
  const reachAt = (level: number) => step * (level > 0 ? Math.max(1, normalQuantileAbove(level)) : 4)
  const { low, high } = inversion({
    below,
    above,
    inside: estimate,
    step,
    reach: { below: reachAt(held.worse.level * stage.fail), above: reachAt(PASS_ERROR * stage.pass) },
    anchors: [0, tolerance],
  })

  const isWorse = held.worse.rejected && estimate >= tolerance - SLACK
  // What six rounds already put beyond the threshold is not called unchanged: that would stop it, and hide it from `jointly`.
  const plainlyBetter = held.better.rejected || (high !== undefined && high <= -tolerance)
  const isBetter = plainlyBetter && estimate <= -tolerance + SLACK
  const passes = high !== undefined && high < tolerance && estimate < tolerance
  const undecided = isWorse && question.mayRegress === false
  const verdict = isWorse
    ? undecided
      ? 'inconclusive'
      : 'regressed'
    : isBetter
      ? 'improved'
      : passes
        ? 'unchanged'
        : 'inconclusive'
  const seen = smallestSeen(one, evidence, held.worse.level)
  const figure = (shift: number | undefined) => (shift === undefined ? null : scale.figure(shift))
  const seenFigure = figure(seen)
  const figures = told(base, head)
  const shown = question.threshold.kind === 'relative' ? figures.change : figures.difference
  return {
    ...figures,
    verdict,
    interval: holding(shown, ordered(figure(low), figure(high), question.better === 'higher')),
    confidence: 1 - held.worse.level - PASS_ERROR,
    detectable: seenFigure === null ? null : Math.abs(seenFigure),
    settled:
      verdict !== 'inconclusive' ||
      undecided ||
      one.stages.ahead.length === 0 ||
      !question.gating ||
      hopeless(one.stages, { ...evidence, tolerance, level: held.worse.level }),
  }
}
