import type { Measurement, Sampled, Told } from './distribution.ts'
import { merge } from './distribution.ts'
import { keyOf } from './result.ts'
import type { Machine, Run, Series } from './run.ts'
import { median } from './statistics/centre.ts'

/** Until so many runs of a machine class are stored, their spread is not known and a floor is assumed. */
export const ENOUGH_RUNS = 8
/** Relative spread between jobs that is assumed until then. */
export const SPREAD_FLOOR = 0.05

/** Runs of one class may be compared with one another: the same model of processor and as many cores. */
export function machineClass(machine: Machine | undefined): string {
  return machine === undefined ? 'unknown' : `${machine.cpu} × ${machine.cores}`
}

/** What stored runs say, as one run whose rounds are the runs, oldest first; and what must be told of it. */
export interface History {
  readonly run: Run
  /** Fewer than enough runs of head's class, or runs of another one: see Question. */
  readonly spreadFloor?: number
  readonly mayRegress: boolean
  /** By benchmark: every stored run measured it with another workload. */
  readonly refused: ReadonlyMap<string, string>
  readonly sameClass: number
}

/** Runs of head's machine class if there are any, else of all. `runs` newest first, at least one. */
export function historyOf(runs: readonly Run[], head: Run): History {
  const mine = runs.filter((run) => machineClass(run.machine) === machineClass(head.machine))
  const used = (mine.length > 0 ? mine : runs).toReversed()
  const workloads = new Map(head.benchmarks.map(({ name, workload }) => [name, workload]))
  const refused = new Map<string, string>()
  const rounds = new Map<string, { first: Series; values: Measurement[] }>()
  for (const run of used) {
    const measuredWith = new Map(run.benchmarks.map(({ name, workload }) => [name, workload]))
    for (const series of run.series) {
      const now = workloads.get(series.benchmark)
      const then = measuredWith.get(series.benchmark)
      if (now !== undefined && then !== undefined && now !== then) {
        refused.set(series.benchmark, 'the stored runs measured it with another workload')
        continue
      }
      const one = asOne(series)
      if (one === undefined) continue
      const known = rounds.get(keyOf(series)) ?? { first: series, values: [] }
      // A unit that changed on the way: what is newer counts.
      if (known.first.unit !== series.unit) known.values.length = 0
      rounds.set(keyOf(series), { first: series, values: [...known.values, one] })
    }
  }
  for (const { first } of rounds.values()) refused.delete(first.benchmark)
  const newest = used[used.length - 1]!
  return {
    run: {
      ...newest,
      series: [...rounds.values()].map(({ first, values }) => ({ ...first, rounds: values })),
    },
    ...(mine.length >= ENOUGH_RUNS ? {} : { spreadFloor: SPREAD_FLOOR }),
    mayRegress: mine.length > 0,
    refused,
    sameClass: mine.length,
  }
}

/** All rounds of a run as one: between jobs, the job is the unit of evidence. */
function asOne({ rounds }: Series): Measurement | undefined {
  const there = rounds.filter((round) => round !== null)
  const distributions = there.filter((round): round is Sampled => round.kind === 'sampled')
  if (distributions.length > 0) return merge(distributions)
  const told = there.filter((round): round is Told => round.kind === 'told')
  if (told.length > 0) return middleTold(told)
  const values = there.flatMap((round) => (round.kind === 'scalar' ? round.value : []))
  return values.length === 0 ? undefined : { kind: 'scalar', value: median(values) }
}

/** Told figures cannot be pooled: the median round of each. */
function middleTold(rounds: readonly Told[]): Told {
  const names = Object.keys(rounds[0]!.quantiles).filter((name) =>
    rounds.every((r) => Object.hasOwn(r.quantiles, name)),
  )
  const each = (key: 'mean' | 'min' | 'max') => {
    const values = rounds.flatMap((round) => round[key] ?? [])
    return values.length === rounds.length ? { [key]: median(values) } : {}
  }
  return {
    kind: 'told',
    ...each('mean'),
    ...each('min'),
    ...each('max'),
    quantiles: Object.fromEntries(
      names.map((name) => [name, median(rounds.map((round) => round.quantiles[name]!))]),
    ),
  }
}
