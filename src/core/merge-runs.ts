import type { Measurement, Scalar } from './distribution.ts'
import { merge } from './distribution.ts'
import { UserError } from './errors.ts'
import { keyOf } from './result.ts'
import type { Run, RunBenchmark, Series } from './run.ts'

/**
 * One run of shards (other benchmarks in each) or of load generators that ran at the same time (the same benchmarks):
 * round i with round i, histograms merged without loss, rates and counts added, shares weighed by their totals.
 * Throws UserError on what cannot be merged without guessing: told percentiles, other units, other numbers of rounds.
 */
export function mergeRuns(runs: readonly { readonly run: Run; readonly place: string }[]): Run {
  const first = runs[0]
  if (first === undefined) throw new UserError('nothing to merge')
  refuseTwice(runs)
  const benchmarks = new Map<string, RunBenchmark>()
  const series = new Map<string, Series>()
  for (const { run, place } of runs) {
    if (run.commit !== first.run.commit)
      throw new UserError(
        `is of commit ${run.commit ?? 'unknown'}, ${first.place} of ${first.run.commit ?? 'unknown'}`,
        {
          place,
          remedy: 'only runs of one commit are parts of one run',
        },
      )
    for (const benchmark of run.benchmarks) {
      const known = benchmarks.get(benchmark.name)
      // What failed in one part has failed.
      if (known === undefined || known.status === 'measured') benchmarks.set(benchmark.name, benchmark)
    }
    for (const one of run.series) {
      const known = series.get(keyOf(one))
      series.set(keyOf(one), known === undefined ? one : joined(known, one, place))
    }
  }
  const { pairing: _, order: __, ...about } = first.run
  const pairing = runs.every(({ run }) => run.pairing === first.run.pairing) ? first.run.pairing : undefined
  return {
    ...about,
    ...(pairing === undefined ? {} : { pairing }),
    benchmarks: [...benchmarks.values()],
    series: [...series.values()],
  }
}

/** No two generators measure the same to the last digit: the same operations would count twice. */
function refuseTwice(runs: readonly { readonly run: Run; readonly place: string }[]): void {
  for (const [i, { run, place }] of runs.entries()) {
    const twin = runs.slice(0, i).find((other) => isSame(run, other.run))
    if (twin !== undefined)
      throw new UserError(`has the same figures as ${twin.place}, to the last digit`, {
        place,
        remedy: 'name each part once',
      })
  }
}

/** Figures alone (a rate, a share) may be the same by chance. */
function isSame({ series: a }: Run, { series: b }: Run): boolean {
  const telling = a.some(({ rounds }) => rounds.some((round) => round?.kind === 'sampled' && round.count > 1))
  return telling && a.length === b.length && a.every((one, i) => isSameSeries(one, b[i]!))
}

function isSameSeries(a: Series, b: Series): boolean {
  return (
    keyOf(a) === keyOf(b) &&
    a.rounds.length === b.rounds.length &&
    a.rounds.every((round, i) => isSameRound(round, b.rounds[i]!))
  )
}

function isSameRound(a: Measurement | null, b: Measurement | null): boolean {
  if (a?.kind !== 'sampled' || b?.kind !== 'sampled') return JSON.stringify(a) === JSON.stringify(b)
  return (
    a.count === b.count &&
    a.values.length === b.values.length &&
    a.values.every((value, i) => value === b.values[i] && (a.counts?.[i] ?? 1) === (b.counts?.[i] ?? 1))
  )
}

function joined(a: Series, b: Series, place: string): Series {
  const where = `${place}: ${a.benchmark} ${a.metric}`
  if (a.unit !== b.unit) throw new UserError(`its unit is ${b.unit}, elsewhere ${a.unit}`, { place: where })
  if (a.rounds.length !== b.rounds.length)
    throw new UserError(`has ${b.rounds.length} rounds, elsewhere ${a.rounds.length}`, {
      place: where,
      remedy: 'parts of one run have the same rounds',
    })
  return { ...a, rounds: a.rounds.map((round, i) => together(round, b.rounds[i]!, a, where)) }
}

function together(
  a: Measurement | null,
  b: Measurement | null,
  series: Series,
  place: string,
): Measurement | null {
  if (a === null || b === null) return a ?? b
  if (a.kind === 'sampled' && b.kind === 'sampled') return merge([a, b])
  if (a.kind === 'scalar' && b.kind === 'scalar') return added(a, b, series, place)
  throw new UserError('percentiles that a tool told cannot be merged', {
    place,
    remedy: 'have the tool write its samples or a histogram',
  })
}

/** Units whose figures add up over generators that run at the same time. */
const ADDITIVE: ReadonlySet<string> = new Set(['1/s', 'B/s', 'count', 'B'])

function added(a: Scalar, b: Scalar, { unit }: Series, place: string): Scalar {
  if (ADDITIVE.has(unit)) return { kind: 'scalar', value: a.value + b.value }
  const total = (a.total ?? 0) + (b.total ?? 0)
  if (unit === 'ratio' && a.total !== undefined && b.total !== undefined && total > 0)
    return { kind: 'scalar', value: (a.value * a.total + b.value * b.total) / total, total }
  throw new UserError(`figures in ${unit} without totals cannot be merged`, { place })
}
