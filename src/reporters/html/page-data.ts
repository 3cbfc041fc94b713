/** What the page's script draws from: the report's figures, packed. Names are shown by the page as text. */
import type { Comparison, DistributionPlot, Report } from '../../core/report.ts'
import type { Trend } from '../../core/trend.ts'
import { severity } from '../digest.ts'
import { plain } from '../escape.ts'
import { short } from '../surroundings.ts'
import type { Packed } from './pack.ts'
import { pack } from './pack.ts'
import { type PageProfile, pageProfiles } from './page-profiles.ts'
import type { PageTimeline } from './page-timeline.ts'
import { pageTimelines } from './page-timeline.ts'

export interface PageComparison
  extends Pick<
    Comparison,
    | 'metric'
    | 'statistic'
    | 'unit'
    | 'better'
    | 'change'
    | 'difference'
    | 'interval'
    | 'threshold'
    | 'judgedBy'
    | 'verdict'
    | 'gating'
  > {
  readonly base: Packed
  readonly head: Packed
}

export interface PageCurve {
  /** Operations. */
  readonly count: number
  /** Which of `PageData.shares` the values stand at. */
  readonly shares: number
  readonly values: Packed
  /** Where the typical round lies, lower and upper end; as many as there are values, or fewer of the smallest shares. */
  readonly low?: Packed
  readonly high?: Packed
}

export interface PagePlot {
  readonly metric: string
  readonly unit: string
  readonly base?: PageCurve
  readonly head?: PageCurve
}

export interface PageBenchmark {
  readonly name: string
  /** Of the worst of its gating comparisons; the default order of the table. */
  readonly severity: number
  readonly comparisons: readonly PageComparison[]
  readonly plots: readonly PagePlot[]
  /** Over the stored runs, oldest first, head last. */
  readonly trends?: readonly PageTrend[]
  /** One round of each side over its time. */
  readonly timelines?: readonly PageTimeline[]
  /** What grew in it, where it was profiled: indices of `PageData.profiles`. */
  readonly profiles?: readonly number[]
}

export interface PageTrend {
  readonly metric: string
  readonly statistic: string
  readonly unit: string
  readonly values: Packed
  /** As people write them; empty where unknown. */
  readonly commits: readonly string[]
  /** Index of the first value of each new level. */
  readonly changes: readonly number[]
}

export interface PageData {
  /** Round i of base and head were taken back to back. */
  readonly paired: boolean
  /** Distinct lists of shares at which curves stand. */
  readonly shares: readonly (readonly number[])[]
  readonly benchmarks: readonly PageBenchmark[]
  readonly profiles?: readonly PageProfile[]
}

/** In the order of `names`, which is that of the table's groups. */
export function pageData(report: Report, names: readonly string[]): PageData {
  const shares: (readonly number[])[] = []
  const comparisons = grouped(report.comparisons)
  const plots = grouped(report.distributions)
  const trends = grouped(report.trends ?? [])
  const timelines = grouped(report.timelines ?? [])
  const { profiles, of } = pageProfiles(report)
  const benchmarks = names.map((name): PageBenchmark => {
    const mine = comparisons.get(name) ?? []
    return {
      name: plain(name, 300),
      severity: Number(worst(mine).toPrecision(4)),
      comparisons: mine.map(comparisonOf),
      plots: (plots.get(name) ?? []).map((plot) => plotOf(plot, shares)),
      ...(trends.has(name) ? { trends: trends.get(name)!.map(trendOf) } : {}),
      ...(of(name).length === 0 ? {} : { profiles: of(name) }),
      ...(timelines.has(name) ? { timelines: pageTimelines(timelines.get(name)!) } : {}),
    }
  })
  const { compare, paired = compare === 'base' || compare === 'sides' } = report.environment
  return { paired, shares, benchmarks, ...(profiles.length === 0 ? {} : { profiles }) }
}

export function grouped<T extends { readonly benchmark: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) {
    const group = groups.get(each.benchmark)
    if (group === undefined) groups.set(each.benchmark, [each])
    else group.push(each)
  }
  return groups
}

function worst(comparisons: readonly Comparison[]): number {
  return comparisons.filter((c) => c.gating).reduce((most, c) => Math.max(most, severity(c)), -1e6)
}

function comparisonOf(c: Comparison): PageComparison {
  return {
    metric: plain(c.metric),
    statistic: c.statistic,
    unit: plain(c.unit, 40),
    better: c.better,
    change: brief(c.change),
    difference: brief(c.difference),
    interval: c.interval === null ? null : [brief(c.interval[0]), brief(c.interval[1])],
    threshold: c.threshold,
    judgedBy: c.judgedBy,
    verdict: c.verdict,
    gating: c.gating,
    base: pack(c.series.base),
    head: pack(c.series.head),
  }
}

function plotOf(plot: DistributionPlot, shares: (readonly number[])[]): PagePlot {
  const curve = (side: 'base' | 'head'): PageCurve | undefined => {
    const points = plot[side]
    if (points === undefined || points.length === 0) return undefined
    const band = plot.band?.[side]
    const at = points.map(([share]) => share)
    const key = JSON.stringify(at)
    let index = shares.findIndex((known) => JSON.stringify(known) === key)
    if (index === -1) index = shares.push(at) - 1
    return {
      shares: index,
      count: plot.count[side] ?? 0,
      values: pack(points.map(([, value]) => value)),
      ...(band === undefined
        ? {}
        : { low: pack(band.map(([low]) => low)), high: pack(band.map(([, high]) => high)) }),
    }
  }
  const [base, head] = [curve('base'), curve('head')]
  return {
    metric: plain(plot.metric),
    unit: plain(plot.unit, 40),
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
  }
}

function trendOf({ metric, statistic, unit, values, commits, changes }: Trend): PageTrend {
  return {
    metric: plain(metric),
    statistic,
    unit: plain(unit, 40),
    values: pack(values),
    commits: commits.map((commit) => (commit === null ? '' : plain(short(commit), 20))),
    changes: changes.map(({ at }) => at),
  }
}

function brief(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6))
}
