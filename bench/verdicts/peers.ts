import type { Statistic } from '../../src/core/statistic.ts'
import { average, median } from '../../src/core/statistics/centre.ts'
import { rankSum } from '../../src/core/statistics/rank-sum.ts'
import { upperStudent } from '../../src/core/statistics/student.ts'
import { type Rule, type Trial, valuesOf } from './trial.ts'

type Decision = (base: number[], head: number[], claims: number) => boolean

/** A peer judges each statistic by itself. */
function peer(name: string, rounds: number, decision: Decision): Rule {
  return {
    name,
    rounds,
    decide: (trial, statistics, claims) => ({
      red: statistics.map((s) =>
        decision(valuesOf(trial, 'base', s, rounds), valuesOf(trial, 'head', s, rounds), claims),
      ),
      rounds,
    }),
  }
}

function variance(values: readonly number[]): number {
  const mean = average(values)
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)
}

/** Smallest t that a two-sided 5 % interval with so many degrees reaches to. */
function student975(degrees: number): number {
  let low = 0
  let high = 100
  for (let i = 0; i < 50; i++) {
    const t = (low + high) / 2
    if (upperStudent(t, degrees) > 0.025) low = t
    else high = t
  }
  return high
}

/** Two-sided Mann–Whitney p, as benchstat's. */
function mannWhitney(base: readonly number[], head: readonly number[]): number {
  return Math.min(1, 2 * Math.min(rankSum(base, head), rankSum(head, base)))
}

function slower(base: readonly number[], head: readonly number[], by: number): boolean {
  return median(head) / median(base) - 1 > by
}

/** Interval of Δmean/mean after tachometer: t with the smaller sample's degrees, variance of a ratio by the delta method. */
function beyond(base: readonly number[], head: readonly number[]): number {
  const mb = average(base)
  const mh = average(head)
  const vb = variance(base) / base.length
  const vh = variance(head) / head.length
  const sd = Math.sqrt((vh * mb ** 2 + vb * mh ** 2) / mb ** 4)
  const t = student975(Math.min(base.length, head.length) - 1)
  const change = (mh - mb) / mb
  return change - t * sd > 0 ? 1 : change + t * sd < 0 ? -1 : 0
}

/** Peers' rules, written from what their sources do (given interleaved rounds, which most of them do not take). */
export const PEERS: readonly Rule[] = [
  peer('one run > 5 %', 1, (b, h) => h[0]! / b[0]! > 1.05),
  peer('github-action-benchmark 105 %, mean of 10', 10, (b, h) => average(h) / average(b) > 1.05),
  peer('github-action-benchmark 200 %', 1, (b, h) => h[0]! / b[0]! > 2),
  peer('benchstat p<0.05 and > 5 %, 10', 10, (b, h) => mannWhitney(b, h) < 0.05 && slower(b, h, 0.05)),
  peer('benchstat p<0.05 and > 5 %, 30', 30, (b, h) => mannWhitney(b, h) < 0.05 && slower(b, h, 0.05)),
  peer('benchstat corrected to 1 % a job, 30', 30, (b, h, claims) => {
    return mannWhitney(b, h) < 0.01 / claims && slower(b, h, 0.05)
  }),
  peer('asv (factor 1.1, p<0.002), 10', 10, (b, h) => mannWhitney(b, h) < 0.002 && slower(b, h, 0.1)),
  peer('tachometer, 10', 10, (b, h) => beyond(b, h) > 0),
  peer('tango (z≥2.6 and > 1 %), 10', 10, (b, h) => {
    const d = h.map((v, i) => v - b[i]!)
    const z = average(d) / Math.sqrt(variance(d) / d.length)
    return z >= 2.6 && average(h) / average(b) - 1 > 0.01
  }),
  peer('reassure (z>2.33 and ≥ 5 %), 10', 10, (b, h) => {
    const z = (average(h) - average(b)) / Math.sqrt(variance(b) / b.length)
    return z > 2.326 && average(h) / average(b) - 1 >= 0.05
  }),
  peer('perfgate 20 % of medians, 7', 7, (b, h) => slower(b, h, 0.2)),
  {
    name: 'tachometer, looking again up to 30',
    rounds: 30,
    decide: (trial: Trial, statistics: readonly Statistic[]) => {
      let rounds = 0
      const red = statistics.map((s) => {
        const base = valuesOf(trial, 'base', s)
        const head = valuesOf(trial, 'head', s)
        for (let n = 10; ; n += 5) {
          const last = Math.min(n, base.length)
          rounds = Math.max(rounds, last)
          const said = beyond(base.slice(0, last), head.slice(0, last))
          if (said !== 0 || last === base.length) return said > 0
        }
      })
      return { red, rounds }
    },
  },
]
