import type { Measurement, Sampled } from './distribution.ts'
import { merge, quantile } from './distribution.ts'
import type { Pair } from './pairing.ts'
import { bandOf } from './quantile-band.ts'
import type { DistributionPlot } from './report.ts'
import type { Series } from './run.ts'

/** Shares at which a curve is drawn: even on the scale of 1/(1 − share), which gives the tail its room. At most 60. */
const SHARES: readonly number[] = [
  0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.775, 0.8, 0.825,
  0.85, 0.875, 0.8875, 0.9, 0.9125, 0.925, 0.9375, 0.945, 0.95, 0.955, 0.96, 0.965, 0.97, 0.975, 0.98, 0.985,
  0.99, 0.9925, 0.995, 0.9975, 0.999, 0.9995, 0.9999, 1,
]

/** The curves of every distribution that either side has. */
export function plotsOf(pairs: readonly Pair[]): DistributionPlot[] {
  return pairs.flatMap((pair) => {
    const of = pair.kind === 'missing' ? pair.base : pair.head
    const base = pair.kind === 'new' ? undefined : curveOf(pair.base)
    const head = pair.kind === 'missing' ? undefined : curveOf(pair.head)
    if (base === undefined && head === undefined) return []
    return {
      benchmark: of.benchmark,
      metric: of.metric,
      unit: of.unit,
      ...(base === undefined ? {} : { base: base.points }),
      ...(head === undefined ? {} : { head: head.points }),
      ...(base?.band === undefined && head?.band === undefined
        ? {}
        : {
            band: {
              ...(base?.band === undefined ? {} : { base: base.band }),
              ...(head?.band === undefined ? {} : { head: head.band }),
            },
          }),
      count: {
        ...(base === undefined ? {} : { base: base.count }),
        ...(head === undefined ? {} : { head: head.count }),
      },
    }
  })
}

interface Curve {
  readonly points: [number, number][]
  readonly band: [number, number][] | undefined
  readonly count: number
}

function curveOf(series: Series): Curve | undefined {
  const rounds = series.rounds.filter((round): round is Sampled => isSampled(round))
  if (rounds.length === 0) return undefined
  const pooled = merge(rounds)
  const shares = SHARES.filter((share) => isTold(pooled, share))
  // The largest of a round is no quantile that rounds could agree on.
  const agreed = shares.filter((share) => share < 1 && rounds.every((round) => isTold(round, share)))
  return {
    points: shares.map((share) => [share, quantile(pooled, share)]),
    band: bandOf(
      rounds.map((round) => agreed.map((share) => quantile(round, share))),
      agreed.length,
    ),
    count: pooled.count,
  }
}

/** A share that fewer operations than one stand behind is not drawn. */
function isTold(d: Sampled, share: number): boolean {
  return share === 1 || d.count * (1 - share) >= 1
}

function isSampled(round: Measurement | null): boolean {
  return round?.kind === 'sampled'
}
