/** What a change to the config makes the gate overlook: both sides are judged by head's config, so people have to see it. */
import { declaredOf } from '../core/naming.ts'
import type { BenchmarkPlan, Plan } from '../core/plan.ts'
import type { Asked } from '../core/settings.ts'
import { budgetsFor, isNamed, statisticsFor, thresholdFor } from '../core/settings.ts'
import { isStatistic } from '../core/statistic.ts'
import type { Warning } from '../core/warning.ts'
import { looserBudgets, looserThreshold } from './looser.ts'
import { looserCompany, looserReadiness } from './looser-company.ts'

/** What is asked of both configs: a benchmark, the names of an override's pattern, or (no name) everything in general. */
interface Subject {
  readonly name: string
  readonly benchmark?: string
}

/** One warning for each thing that `head` tolerates and `base` did not; benchmarks that are gone are `missing`, not this. */
export function loosened(base: Plan, head: Plan): readonly Warning[] {
  const general = [
    ...droppedCategories(base, head),
    ...comparedLess(base, head),
    ...looserReadiness(base, head),
    ...looserFor('', base, head),
  ]
  const warnings = general.map((message): Warning => ({ code: 'loosened', message }))
  for (const { name, benchmark } of subjectsOf(base, head))
    for (const what of looserFor(name, base, head)) {
      // What follows from the general settings has been said.
      if (general.includes(what)) continue
      const about = benchmark === undefined ? {} : { benchmark }
      warnings.push({ code: 'loosened', message: `${name}: ${what}`, ...about })
    }
  return warnings
}

function droppedCategories(base: Plan, head: Plan): readonly string[] {
  return base.failOn
    .filter((category) => !head.failOn.includes(category))
    .map((category) => `fail-on no longer has ${category}`)
}

function comparedLess(base: Plan, head: Plan): readonly string[] {
  return head.compare === 'none' && base.compare !== 'none'
    ? ['nothing is compared any more (compare: none)']
    : []
}

function subjectsOf(base: Plan, head: Plan): readonly Subject[] {
  const before = new Set(base.benchmarks.map(({ name }) => name))
  const both = head.benchmarks.map(({ name }) => name).filter((name) => before.has(name))
  // A pattern matches its own text, so it stands for the names that it means.
  const patterns = new Set([...base.overrides, ...head.overrides].map(({ match }) => match))
  const others = [...patterns].filter((pattern) => !both.includes(pattern))
  return [...both.map((name) => ({ name, benchmark: name })), ...others.map((name) => ({ name }))]
}

function looserFor(name: string, base: Plan, head: Plan): readonly string[] {
  const before = benchmarkFor(base, name)
  const now = benchmarkFor(head, name)
  const kept = new Set(statisticsFor(head, now, name))
  const dropped = statisticsFor(base, before, name).filter((statistic) => !kept.has(statistic))
  return [
    ...looserThresholds(name, base, head),
    ...dropped.map((statistic) => `${statistic} is no longer judged`),
    ...looserBudgets(budgetsFor(base, before, name), budgetsFor(head, now, name)),
    ...(before?.name === name && now?.name === name ? looserCompany(before, now) : []),
  ]
}

/** Metrics that gate without being named. */
const GATING: ReadonlySet<string> = new Set(['latency', 'throughput', 'error_rate'])
/** Asks for what is not named anywhere: no metric has an empty name. */
const UNNAMED = { metric: '', statistic: 'value' } as const

function looserThresholds(name: string, base: Plan, head: Plan): readonly string[] {
  const change = (asked: Pick<Asked, 'metric' | 'statistic'>) =>
    looserThreshold(
      thresholdFor(base, benchmarkFor(base, name), { benchmark: name, ...asked }),
      thresholdFor(head, benchmarkFor(head, name), { benchmark: name, ...asked }),
    )
  const isNamedIn = (plan: Plan, metric: string) =>
    isNamed(plan, benchmarkFor(plan, name), { benchmark: name, metric })
  const all = change(UNNAMED)
  const messages = all === undefined ? [] : [`the threshold ${all}`]
  for (const key of keysOf(base, head)) {
    const metric = isStatistic(key) ? 'latency' : key
    if (!GATING.has(metric)) {
      if (!isNamedIn(base, metric)) continue
      if (!isNamedIn(head, metric)) {
        messages.push(`${metric} is no longer judged`)
        continue
      }
    }
    const one = change({ metric, statistic: isStatistic(key) ? key : 'value' })
    if (one !== undefined && one !== all) messages.push(`the threshold of ${key} ${one}`)
  }
  return messages
}

/** Everything that either config names in a map of thresholds. */
function keysOf(base: Plan, head: Plan): ReadonlySet<string> {
  const maps = [base, head].flatMap((plan) => [plan, ...plan.benchmarks, ...plan.overrides])
  const keys = maps.flatMap(({ thresholds }) => Object.keys(thresholds))
  return new Set(keys.filter((key) => key !== '*'))
}

function benchmarkFor(plan: Plan, name: string): BenchmarkPlan | undefined {
  const names = plan.benchmarks.map((benchmark) => benchmark.name)
  const declared = declaredOf(name, names)
  return plan.benchmarks.find((benchmark) => benchmark.name === declared)
}
