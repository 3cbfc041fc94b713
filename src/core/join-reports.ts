import { UserError } from './errors.ts'
import { readinessOf } from './readiness.ts'
import type { Environment, GateVerdict, Report } from './report.ts'
import type { Shard } from './shard.ts'

export interface Part {
  readonly report: Report
  readonly shard?: Shard
}

const WORST: readonly GateVerdict[] = ['error', 'fail', 'inconclusive', 'pass']

/**
 * One report of the shards of a suite. Nothing is judged again: each shard has judged at its part of the false alarms.
 * A shard that is not there is missing, which fails. Throws UserError if the parts do not belong together.
 */
export function joinReports(parts: readonly Part[]): Report {
  const [first] = parts
  if (first === undefined) throw new UserError('there is no report to join')
  const missing = missingShards(parts)
  const reports = parts.map(({ report }) => report)
  requireOneCommit(reports)
  const verdicts = [...reports.map(({ verdict }) => verdict), ...(missing.length > 0 ? ['fail'] : [])]
  return {
    schema: 'tailgate-report/1',
    verdict: WORST.find((verdict) => verdicts.includes(verdict)) ?? 'error',
    failedBy: [
      ...new Set([
        ...reports.flatMap(({ failedBy }) => failedBy),
        ...(missing.length > 0 ? ['missing'] : []),
      ]),
    ],
    comparisons: reports.flatMap(({ comparisons }) => comparisons),
    budgets: reports.flatMap(({ budgets }) => budgets),
    failures: [
      ...reports.flatMap(({ failures }) => failures),
      ...missing.map((text) => ({
        benchmark: `shard ${text}`,
        status: 'failed' as const,
        reason: 'it handed over no report: its job failed, was cancelled, or never started',
      })),
    ],
    distributions: reports.flatMap(({ distributions }) => distributions),
    warnings: distinct(reports),
    ...figuresOfAll(reports),
    ...timelinesOf(reports),
    ...trendsOf(reports),
    ...profilesOf(reports),
    ...readinessOfAll(reports),
    environment: environmentOf(reports),
  }
}

/** The score over all shards by the weights of the first; each shard's budget on its own part of it stands as it was. */
function readinessOfAll(reports: readonly Report[]): Pick<Report, 'readiness'> {
  const told = reports.find(({ readiness }) => readiness !== undefined)?.readiness
  if (told === undefined) return {}
  const weights = Object.fromEntries(told.categories.map(({ name, weight }) => [name, weight]))
  const plan = { weights, ...(told.least === undefined ? {} : { least: told.least }) }
  const budgets = reports.flatMap((report) =>
    report.budgets.filter(({ benchmark }) => benchmark !== 'readiness'),
  )
  const comparisons = reports.flatMap((report) => report.comparisons)
  const failures = reports.flatMap((report) => report.failures)
  return { readiness: readinessOf(plan, { comparisons, budgets, failures }) }
}

function missingShards(parts: readonly Part[]): string[] {
  const sizes = new Set(parts.map(({ shard }) => shard?.of ?? 0))
  const [of = 0] = sizes
  const indices = parts.map(({ shard }) => shard?.index ?? 0)
  if (sizes.size > 1 || new Set(indices).size < indices.length)
    throw new UserError(`the reports are not the shards of one suite: ${parts.map(told).join(', ')}`, {
      remedy: 'give gates that are not shards of each other an `id` of their own',
    })
  // Else what is in none of them would be missed by nobody.
  if (new Set(parts.map(({ shard }) => shard?.split)).size > 1)
    throw new UserError('the shards have split the suite in different ways', {
      remedy: 'give all of them the same config, suite, `only` and `durations`',
    })
  const all = Array.from({ length: of }, (_, i) => i + 1)
  return all.filter((index) => !indices.includes(index)).map((index) => `${index}/${of}`)
}

function told({ shard }: Part): string {
  return shard === undefined ? 'a whole suite' : `${shard.index}/${shard.of}`
}

function requireOneCommit(reports: readonly Report[]): void {
  const commits = new Set(reports.flatMap(({ environment }) => environment.head?.commit ?? []))
  if (commits.size > 1)
    throw new UserError(
      `the reports are of different commits: ${[...commits].map((c) => c.slice(0, 7)).join(', ')}`,
    )
}

function figuresOfAll(reports: readonly Report[]): Pick<Report, 'figures'> {
  const figures = reports.flatMap((report) => report.figures ?? [])
  return figures.length === 0 ? {} : { figures }
}

function timelinesOf(reports: readonly Report[]): Pick<Report, 'timelines'> {
  const timelines = reports.flatMap((report) => report.timelines ?? [])
  return timelines.length === 0 ? {} : { timelines }
}

function trendsOf(reports: readonly Report[]): Pick<Report, 'trends'> {
  const trends = reports.flatMap((report) => report.trends ?? [])
  return trends.length === 0 ? {} : { trends }
}

function profilesOf(reports: readonly Report[]): Pick<Report, 'profiles'> {
  const profiles = reports.flatMap((report) => report.profiles ?? [])
  return profiles.length === 0 ? {} : { profiles }
}

function distinct(reports: readonly Report[]): Report['warnings'] {
  return [...new Map(reports.flatMap(({ warnings }) => warnings).map((w) => [JSON.stringify(w), w])).values()]
}

/** What differs between the shards (seeds, machines) is left out; what they share or add up to is kept. */
function environmentOf(reports: readonly Report[]): Environment {
  const [first] = reports
  if (reports.length === 1) return first!.environment
  const { seed: _, rounds: __, seconds: ___, ...shared } = first!.environment
  const numbers = (key: 'rounds' | 'seconds') => reports.flatMap(({ environment }) => environment[key] ?? [])
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    ...shared,
    falseAlarms: sum(reports.map(({ environment }) => environment.falseAlarms)),
    ...(numbers('rounds').length === 0 ? {} : { rounds: Math.max(...numbers('rounds')) }),
    ...(numbers('seconds').length === 0 ? {} : { seconds: sum(numbers('seconds')) }),
  }
}
