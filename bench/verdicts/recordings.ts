import type { Statistic } from '../../src/core/statistic.ts'
import { tossed } from './chance.ts'
import type { Recording } from './corpus.ts'
import { adaptive } from './ours.ts'
import { replay, type Tally, windows } from './replay.ts'
import { percent, table } from './table.ts'
import type { Rule, Trial } from './trial.ts'
import { valuesOf } from './trial.ts'
import { deviationOf, toRegressed, toUnchanged } from './wald.ts'

export interface Size {
  /** Steps between windows. */
  readonly stride: number
  /** How often the coins of an unchanged window are drawn again. */
  readonly tosses: number
}

const STATISTICS = ['p50', 'p95', 'p99'] as const
const JOB = ['p50', 'p75', 'p90', 'p95', 'p99'] as const

function isServer(recording: Recording): boolean {
  return recording.workload === 'http' || recording.workload.includes('http')
}

function sum(tallies: readonly Tally[], part: (tally: Tally) => number): number {
  return tallies.reduce((total, tally) => total + part(tally), 0)
}

/** False alarms and detection of each rule on the recordings of one machine load. */
export function verdictsOn(recordings: readonly Recording[], rules: readonly Rule[], size: Size): string {
  const computing = recordings.filter((r) => !isServer(r))
  const rows = rules.map((rule) => {
    const on = (some: readonly Recording[], side: string) =>
      some
        .filter((r) => r.steps.every((step) => step.has(side)))
        .map((r) => replay(rule, windows(r, side, rule.rounds, size.stride), STATISTICS))
    const red = (tallies: readonly Tally[], i: number) =>
      percent(
        sum(tallies, (t) => t.red[i]!),
        sum(tallies, (t) => t.trials),
      )
    const same = on(recordings, 'same')
    const again = recordings.map((r) =>
      replay(rule, tosses(windows(r, 'same', rule.rounds, size.stride * 2), size.tosses), STATISTICS),
    )
    const alarms = (tallies: readonly Tally[]) =>
      percent(
        sum(tallies, (t) => t.red.reduce((a, b) => a + b, 0)),
        sum(tallies, (t) => t.trials * STATISTICS.length),
      )
    const twenty = on(recordings, '+20%')
    const all = [same, on(computing, '+10%'), on(computing, '+20%'), twenty, on(recordings, 'tail+30%')]
    return [
      rule.name,
      alarms(same),
      alarms(again),
      jobs(recordings, rule, size),
      red(all[1]!, 0),
      red(all[2]!, 0),
      red(twenty, 1),
      red(twenty, 2),
      red(all[4]!, 2),
      (sum(all.flat(), (t) => t.rounds) / sum(all.flat(), (t) => t.trials)).toFixed(1),
    ]
  })
  const head = ['rule', 'A/A', 'A/A tossed', 'A/A job of 20']
  return table(
    [...head, '+10 % p50', '+20 % p50', '+20 % p95', '+20 % p99', 'tail +30 % p99', 'rounds'],
    rows,
  )
}

function tosses(trials: readonly Trial[], times: number): Trial[] {
  return trials.flatMap((trial, i) => Array.from({ length: times }, (_, k) => tossed(trial, 1000 * i + k)))
}

/** Unchanged jobs of twenty metrics (four workloads, five statistics) with any of them red. */
function jobs(recordings: readonly Recording[], rule: Rule, size: Size): string {
  const all = recordings.map((r) => windows(r, 'same', rule.rounds, size.stride * 2))
  const count = Math.min(...all.map((w) => w.length))
  let red = 0
  let tried = 0
  for (let i = 0; i < count; i++)
    for (let k = 0; k < size.tosses; k++) {
      const claims = JOB.length * recordings.length
      const any = all.some((own, j) =>
        rule.decide(tossed(own[i]!, 100_000 + 1000 * i + 10 * k + j), JOB, claims).red.some(Boolean),
      )
      if (any) red++
      tried++
    }
  return `${percent(red, tried)} of ${tried}`
}

/** Rounds until one statistic of one benchmark is told, beside the bound that no test can beat. */
export function roundsOn(recordings: readonly Recording[], size: Size): string {
  const rule = adaptive(30)
  const statistic: Statistic = 'p50'
  const rows = recordings.flatMap((recording) =>
    (['same', '+10%', '+20%'] as const).map((side) => {
      const trials = windows(recording, side, rule.rounds, size.stride * 2)
      let used = 0
      let least = 0
      for (const trial of trials) {
        used += rule.decide(trial, [statistic], 1).rounds
        const deviation = deviationOf(valuesOf(trial, 'base', statistic), valuesOf(trial, 'head', statistic))
        least +=
          side === 'same'
            ? toUnchanged(deviation, Math.log(1.05))
            : toRegressed(deviation, Math.log(side === '+10%' ? 1.1 : 1.2))
      }
      const n = Math.max(1, trials.length)
      return [
        `${recording.load} ${recording.workload} ${side}`,
        (used / n).toFixed(1),
        (least / n).toFixed(1),
        (used / least).toFixed(1),
      ]
    }),
  )
  return table(['p50 alone', 'rounds used', 'bound', 'ratio'], rows)
}
