import { lookPlan } from '../../src/core/judge.ts'
import { adaptive, measured, questionsOf } from './ours.ts'
import { PEERS } from './peers.ts'
import { percent, table } from './table.ts'
import { type Trial, valuesOf } from './trial.ts'
import { deviationOf, toRegressed } from './wald.ts'
import { type Effect, simulated, WORLDS } from './worlds.ts'

const STATISTICS = ['p50', 'p99'] as const
const BENCHMARKS = 12
const CLAIMS = BENCHMARKS * STATISTICS.length
const EFFECTS: readonly Effect[] = ['none', '+10%', 'tail +20%']

/**
 * Our rule, up to 30 rounds, beside the one rival with as few false alarms: benchstat's test, interleaved, corrected
 * over the job, always 30 rounds. A job is 12 benchmarks with two statistics each, one of which may be slower.
 */
export function worldsTable(jobs: number): string {
  const ours = adaptive(30)
  const rival = PEERS.find((rule) => rule.name.startsWith('benchstat corrected'))!
  const rows = WORLDS.map((world, w) => {
    let alarms = 0
    const seen = { ours: [0, 0], rival: [0, 0] }
    const rounds = [0, 0, 0]
    let least = 0
    for (let job = 0; job < jobs; job++) {
      const trials = simulated(world, 30, EFFECTS, 1_000_003 * w + job)
      least += leastRounds(trials.get('none')!)
      EFFECTS.forEach((effect, e) => {
        const trial = trials.get(effect)!
        const mine = ours.decide(trial, STATISTICS, CLAIMS)
        rounds[e]! += mine.rounds
        if (effect === 'none') return
        const statistic = effect === '+10%' ? 0 : 1
        if (mine.red[statistic]) seen.ours[e - 1]!++
        if (rival.decide(trial, STATISTICS, CLAIMS).red[statistic]) seen.rival[e - 1]!++
      })
      if (job % 4 === 0 && redJob(world, w, job)) alarms++
    }
    return [
      world.name,
      `${percent(alarms, Math.ceil(jobs / 4))} of ${Math.ceil(jobs / 4)}`,
      `${percent(seen.ours[0]!, jobs)} / ${percent(seen.rival[0]!, jobs)}`,
      `${percent(seen.ours[1]!, jobs)} / ${percent(seen.rival[1]!, jobs)}`,
      ...rounds.map((sum) => (sum / jobs).toFixed(1)),
      (least / jobs).toFixed(1),
    ]
  })
  const head = ['world', 'A/A job red', '+10 % p50: ours / rival', 'p99 alone +20 %: ours / rival']
  return table([...head, 'rounds A/A', 'rounds +10 %', 'rounds p99', 'bound p99'], rows)
}

/** What no test of p99 alone can do with less, also one that knows the noise (a normal law of the seen spread). */
export function leastRounds(unchanged: Trial): number {
  const spread = deviationOf(valuesOf(unchanged, 'base', 'p99'), valuesOf(unchanged, 'head', 'p99'))
  return toRegressed(spread, Math.log(1.2), CLAIMS)
}

/** A whole job in which nothing changed. */
function redJob(world: (typeof WORLDS)[number], w: number, job: number): boolean {
  const trials: Trial[] = Array.from(
    { length: BENCHMARKS },
    (_, b) => simulated(world, 30, ['none'], 7_000_003 * (w + 1) + 100 * job + b).get('none')!,
  )
  const questions = trials.map((trial, b) => questionsOf(trial, STATISTICS, `benchmark ${b}`))
  const { answers } = measured(questions, CLAIMS, lookPlan({ min: 6, max: 30 }))
  return answers.flat().some((answer) => answer.verdict === 'regressed')
}
