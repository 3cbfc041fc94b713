import type { Measurement } from './distribution.ts'
import type { Run, Series } from './run.ts'
import { betterOf } from './unit.ts'

/** The run as it would be if everything in it were worse by `share`: times longer, rates lower. Shares and counts stay. */
export function slowed(run: Run, share: number): Run {
  return { ...run, series: run.series.map((series) => ({ ...series, rounds: worse(series, share) })) }
}

function worse(series: Series, share: number): readonly (Measurement | null)[] {
  const better = series.better ?? betterOf(series.metric, series.unit)
  if (series.unit === 'ratio' || better === undefined) return series.rounds
  const factor = better === 'lower' ? 1 + share : 1 - share
  return series.rounds.map((round) => (round === null ? null : scaled(round, factor)))
}

function scaled(m: Measurement, factor: number): Measurement {
  if (m.kind === 'scalar') return { ...m, value: m.value * factor }
  if (m.kind === 'sampled') return { ...m, values: m.values.map((value) => value * factor) }
  const times = (name: 'mean' | 'sd' | 'min' | 'max') =>
    m[name] === undefined ? {} : { [name]: m[name] * factor }
  const quantiles = Object.fromEntries(
    Object.entries(m.quantiles).map(([name, value]) => [name, value * factor]),
  )
  return { ...m, ...times('mean'), ...times('sd'), ...times('min'), ...times('max'), quantiles }
}
