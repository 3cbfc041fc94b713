/** A run that nothing is compared with, as a report: what was measured, and no verdict on any of it. */
import type { Figure } from './figures.ts'
import { figuresOf } from './figures.ts'
import { plotsOf } from './plots.ts'
import type { Comparison, Failure, Report } from './report.ts'
import type { Run } from './run.ts'

/** `source` is for people: where the run was read from. */
export function reportOfRun(run: Run, source: string): Report {
  const { commit, ref, machine } = run
  return {
    schema: 'tailgate-report/1',
    verdict: 'inconclusive',
    failedBy: [],
    comparisons: figuresOf(run).map(shownAlone),
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

/** As a comparison with nothing, for what shows comparisons. */
export function shownAlone({
  benchmark,
  metric,
  statistic,
  unit,
  better,
  value,
  series,
}: Figure): Comparison {
  return {
    benchmark,
    metric,
    statistic,
    unit,
    better,
    base: null,
    head: value,
    change: null,
    difference: null,
    interval: null,
    confidence: 0,
    threshold: 0,
    judgedBy: 'change',
    detectable: null,
    verdict: 'new',
    gating: true,
    rounds: { base: 0, head: series.length },
    series: { base: [], head: series },
  }
}

function failure({ name, status, reason }: Run['benchmarks'][number]): Failure[] {
  return status === 'measured'
    ? []
    : [{ benchmark: name, side: 'head', status, reason: reason ?? `its tool says: ${status}` }]
}
