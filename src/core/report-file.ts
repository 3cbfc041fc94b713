/** Reads an untrusted report: what another job hands over. */
import { UserError } from './errors.ts'
import type { Figure } from './figures.ts'
import { readProfiles } from './profile/profile-file.ts'
import { readReadiness } from './readiness-file.ts'
import type { BudgetResult, Comparison, DistributionPlot, Environment, Failure, Report } from './report.ts'
import type { Machine } from './run.ts'
import type { Statistic } from './statistic.ts'
import { isStatistic } from './statistic.ts'
import { readTimeline } from './timeline-file.ts'
import type { Trend } from './trend.ts'
import type { Json } from './untrusted.ts'
import type { Warning } from './warning.ts'

const MOST = 100_000
const MOST_ROUNDS = 10_000

/** Throws UserError with the path of the first thing that is not as in a report. */
export function readReport(root: Json): Report {
  root.get('schema').oneOf(['tailgate-report/1'])
  return {
    schema: 'tailgate-report/1',
    verdict: root.get('verdict').oneOf(['pass', 'fail', 'inconclusive', 'error']),
    failedBy: root.get('failedBy').list(20, (v) => v.name()),
    comparisons: root.get('comparisons').list(MOST, comparison),
    ...root.optional('figures', (v) => v.list(MOST, measured)),
    budgets: root.get('budgets').list(MOST, budget),
    failures: root.get('failures').list(MOST, failure),
    distributions: root.get('distributions').list(MOST, plot),
    warnings: root.get('warnings').list(MOST, warning),
    environment: environment(root.get('environment')),
    ...root.optional('timelines', (v) => v.list(1000, readTimeline)),
    ...root.optional('trends', (v) => v.list(MOST, trend)),
    ...root.optional('readiness', readReadiness),
    ...root.optional('profiles', readProfiles),
  }
}

function told(v: Json): Pick<Figure, 'benchmark' | 'metric' | 'statistic' | 'unit' | 'better'> {
  return {
    benchmark: v.get('benchmark').name(),
    metric: v.get('metric').name(),
    statistic: statistic(v.get('statistic')),
    unit: v.get('unit').name(),
    better: v.get('better').oneOf(['lower', 'higher', 'unknown']),
  }
}

function comparison(v: Json): Comparison {
  return {
    ...told(v),
    base: orNull(v.get('base')),
    head: orNull(v.get('head')),
    change: orNull(v.get('change')),
    difference: orNull(v.get('difference')),
    interval: v.get('interval').isNull() ? null : pair(v.get('interval')),
    confidence: v.get('confidence').number(),
    threshold: v.get('threshold').number(),
    judgedBy: v.get('judgedBy').oneOf(['change', 'difference']),
    detectable: orNull(v.get('detectable')),
    verdict: v.get('verdict').oneOf(['regressed', 'improved', 'unchanged', 'inconclusive', 'missing', 'new']),
    gating: v.get('gating').boolean(),
    ...v.optional('reason', (r) => r.string()),
    rounds: { base: v.get('rounds').get('base').count(), head: v.get('rounds').get('head').count() },
    series: { base: values(v.get('series').get('base')), head: values(v.get('series').get('head')) },
  }
}

function measured(v: Json): Figure {
  return {
    ...told(v),
    value: orNull(v.get('value')),
    series: values(v.get('series')),
  }
}

function statistic(v: Json): Statistic {
  const text = v.name()
  if (!isStatistic(text)) throw new UserError('is no statistic', { place: v.place })
  return text
}

function orNull(v: Json): number | null {
  return v.isNull() ? null : v.number()
}

function pair(v: Json): readonly [number | null, number | null] {
  const [low, high, ...more] = v.list(2, orNull)
  if (low === undefined || high === undefined || more.length > 0)
    throw new UserError('expected two ends', { place: v.place })
  return [low, high]
}

function values(v: Json): (number | null)[] {
  return v.list(MOST_ROUNDS, orNull)
}

function budget(v: Json): BudgetResult {
  return {
    benchmark: v.get('benchmark').name(),
    expression: v.get('expression').name(),
    actual: orNull(v.get('actual')),
    limit: v.get('limit').number(),
    unit: v.get('unit').name(),
    verdict: v.get('verdict').oneOf(['met', 'breached', 'unknown']),
    ...v.optional('reason', (r) => r.string()),
  }
}

function failure(v: Json): Failure {
  return {
    benchmark: v.get('benchmark').name(),
    ...v.optional('side', (s) => s.oneOf<'base' | 'head'>(['base', 'head'])),
    status: v.get('status').oneOf(['failed', 'skipped', 'error']),
    reason: v.get('reason').string(),
  }
}

function plot(v: Json): DistributionPlot {
  const quantiles = (q: Json) => q.list(1000, (point) => point.list(2, (n) => n.number()) as [number, number])
  const band = (q: Json) => q.list(1000, (ends) => ends.list(2, (n) => n.number()) as [number, number])
  const count = v.get('count')
  return {
    benchmark: v.get('benchmark').name(),
    metric: v.get('metric').name(),
    unit: v.get('unit').name(),
    ...v.optional('base', quantiles),
    ...v.optional('head', quantiles),
    ...v.optional('band', (b) => ({ ...b.optional('base', band), ...b.optional('head', band) })),
    count: { ...count.optional('base', (n) => n.number()), ...count.optional('head', (n) => n.number()) },
  }
}

function trend(v: Json): Trend {
  return {
    ...told(v),
    values: v.get('values').list(MOST_ROUNDS, (n) => n.number()),
    commits: v.get('commits').list(MOST_ROUNDS, (c) => (c.isNull() ? null : c.name())),
    changes: v.get('changes').list(MOST_ROUNDS, (change) => ({
      at: change.get('at').count(),
      p: change.get('p').number(),
      ...change.optional('commit', (c) => c.name()),
    })),
    drift: v.get('drift').number(),
  }
}

function warning(v: Json): Warning {
  return {
    code: v.get('code').name(),
    message: v.get('message').string(),
    ...v.optional('benchmark', (b) => b.name()),
  }
}

function environment(v: Json): Environment {
  return {
    tool: v.get('tool').name(),
    compare: v.get('compare').oneOf(['base', 'history', 'sides', 'none', 'files']),
    ...v.optional('paired', (p) => p.boolean()),
    ...v.optional('base', side),
    ...v.optional('head', side),
    ...v.optional('seed', (s) => s.name()),
    falseAlarms: v.get('falseAlarms').number(),
    ...v.optional('rounds', (n) => n.count()),
    ...v.optional('seconds', (n) => n.number()),
    ...v.optional('reproduce', (s) => s.string()),
    ...v.optional('suite', (s) => s.name()),
    ...v.optional('id', (s) => s.name()),
  }
}

function side(v: Json): NonNullable<Environment['base']> {
  return {
    ...v.optional('commit', (c) => c.name()),
    ...v.optional('ref', (r) => r.name()),
    ...v.optional('machine', machine),
    source: v.get('source').string(),
  }
}

function machine(v: Json): Machine {
  return {
    cpu: v.get('cpu').name(),
    cores: v.get('cores').number(),
    memory: v.get('memory').number(),
    os: v.get('os').name(),
    runtime: v.get('runtime').name(),
  }
}
