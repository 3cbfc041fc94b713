import type { Statistic } from '../../src/core/statistic.ts'
import type { Recording } from './corpus.ts'
import type { Rule, Trial } from './trial.ts'

/** Counts over windows. */
export interface Tally {
  trials: number
  /** Windows in which each statistic was red. */
  red: number[]
  /** Windows in which any was. */
  any: number
  rounds: number
}

/** Windows of consecutive steps, base against `side`. */
export function windows(recording: Recording, side: string, rounds: number, stride = 1): Trial[] {
  const { steps } = recording
  const found: Trial[] = []
  for (let start = 0; start + rounds <= steps.length; start += stride)
    found.push({
      pairs: steps
        .slice(start, start + rounds)
        .map((step) => ({ base: step.get('base')!, head: step.get(side)! })),
    })
  return found
}

export function replay(rule: Rule, trials: readonly Trial[], statistics: readonly Statistic[]): Tally {
  const tally: Tally = { trials: 0, red: statistics.map(() => 0), any: 0, rounds: 0 }
  for (const trial of trials) {
    const { red, rounds } = rule.decide(trial, statistics, statistics.length)
    tally.trials++
    tally.rounds += rounds
    red.forEach((is, i) => {
      if (is) tally.red[i]!++
    })
    if (red.some(Boolean)) tally.any++
  }
  return tally
}
