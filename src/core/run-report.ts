/** A run that nothing is compared with, as a report: what was measured, and no verdict on any of it. */
import { middle } from './comparisons.ts'
import type { Measurement } from './distribution.ts'
import { plotsOf } from './plots.ts'
import { seriesValues } from './questions.ts'
import type { Comparison, Failure, Report } from './report.ts'
import type { Run, Series } from './run.ts'
import type { Statistic } from './statistic.ts'
import { isStatistic } from './statistic.ts'

/** What is shown of whole distributions. */
const SHOWN: readonly Statistic[] = ['p50', 'p95', 'p99']

/** `source` is for people: where the run was read from. */
export function reportOfRun(run: Run, source: string): Report {
  const { commit, ref, machine } = run
  return {
    schema: 'tailgate-report/1',
    verdict: 'inconclusive',
    failedBy: [],
    comparisons: run.series.flatMap(measured),
    budgets: [],
    failures: run.benchmarks.flatMap(failure),
    distributions: plotsOf(run.series.map((head) => ({ kind: 'new', head }))),
    warnings: run.warnings ?? [],
    environment: {
      tool: run.tool,
      compare: 'none',
      head: {
        ...(commit === undefined ? {} : { commit }),
        ...(ref === undefined ? {} : { ref }),
        ...(machine === undefined ? {} : { machine }),
        source,
      },
      falseAlarms: 0,
      rounds: run.series.reduce((most, series) => Math.max(most, series.rounds.length), 0),
    },
  }
}

function measured(series: Series): Comparison[] {
  return statisticsOf(series).map((statistic) => {
    const head = seriesValues(series, statistic)
    return {
      benchmark: series.benchmark,
      metric: series.metric,
      statistic,
      unit: series.unit,
      better: series.better ?? 'unknown',
      base: null,
      head: middle(head),
      change: null,
      difference: null,
      interval: null,
      confidence: 0,
      threshold: 0,
      judgedBy: 'change',
      detectable: null,
      verdict: 'new',
      gating: true,
      rounds: { base: 0, head: series.rounds.length },
      series: { base: [], head },
    }
  })
}

/** Of what a tool told, all of it; nothing is made up. */
function statisticsOf({ rounds }: Series): Statistic[] {
  const first = rounds.find((round): round is Measurement => round !== null)
  if (first === undefined) return []
  if (first.kind === 'scalar') return ['value']
  if (first.kind === 'sampled') return [...SHOWN]
  const quantiles = Object.keys(first.quantiles).filter(isStatistic)
  return [...quantiles, ...(['mean', 'max'] as const).filter((name) => first[name] !== undefined)]
}

function failure({ name, status, reason }: Run['benchmarks'][number]): Failure[] {
  return status === 'measured'
    ? []
    : [{ benchmark: name, side: 'head', status, reason: reason ?? `its tool says: ${status}` }]
}
