/** `tailgate run --dry-run`: what would be done, and how long it takes. */
import { type Forecast, forecast } from '../core/forecast.ts'
import { mostConnections } from '../core/load-plan.ts'
import type { BenchmarkPlan, Plan } from '../core/plan.ts'
import { inStartOrder, type Readiness, type ServicePlan } from '../core/service-plan.ts'
import { companyLines } from './dry-run-company.ts'

/** Lines for people. Nothing is started, copied or written. */
export function dryRun(plan: Plan): string {
  const sides = plan.compare === 'none' || plan.compare === 'history' ? 1 : 2
  const each = forecast(plan, sides)
  const lines = [
    `${plan.file}${plan.suite === undefined ? '' : `, suite ${plan.suite}`}: ${counted(each.length, 'benchmark')}, ${COMPARED[plan.compare]}`,
    roundsOf(plan),
    ...(plan.build === undefined ? [] : [`build: ${plan.build} (at most ${span(plan.buildTimeout)} each)`]),
    '',
    ...each.flatMap((one) => [...benchmarkLines(one, plan), '']),
    ...totals(each, plan),
  ]
  return `${lines.join('\n')}\n`
}

const COMPARED: Readonly<Record<Plan['compare'], string>> = {
  auto: 'compared with the merge base where it can be measured here, else with stored runs',
  base: 'compared with the merge base, measured beside head',
  history: 'compared with stored runs',
  sides: 'one checkout under two environments',
  none: 'compared with nothing',
}

function roundsOf({ rounds: { min, max, warmup } }: Plan): string {
  const count = min === max ? counted(max, 'round') : `${min} to ${max} rounds`
  return `${count}${warmup === 0 ? '' : `, after ${counted(warmup, 'round')} of warm-up`}`
}

function benchmarkLines(one: Forecast, plan: Plan): string[] {
  const { benchmark, known, each, least, most } = one
  const { name, sweep, load, run, services = [], budgets } = benchmark
  const lines = [name, `  ${load === undefined ? `run ${run}` : loadLine(benchmark)}`]
  if (load !== undefined && (load.requests.length > 1 || load.requests[0]!.name !== ''))
    for (const request of load.requests)
      lines.push(`    ${request.weight} × ${request.name}: ${request.method} ${request.url}`)
  if (sweep !== undefined) lines.push(`  for ${sweep.key} ${sweep.values.join(', ')}`)
  for (const service of inStartOrder(services, plan.services ?? {}))
    lines.push(
      `  with ${service.name}${services.includes(service.name) ? ' (measured)' : ''}: ${serviceLine(service)}`,
    )
  lines.push(...companyLines(benchmark))
  if (benchmark.profile === true && plan.compare !== 'none' && plan.compare !== 'history')
    lines.push('  if it is regressed: base and head once more under a profiler')
  if (budgets.length > 0) lines.push(`  budgets ${budgets.map((budget) => budget.expression).join(' · ')}`)
  lines.push(
    known
      ? `  ${span(each)} a side and round: ${range(least, most)}`
      : `  at most ${span(each)} a side and round (its timeout)`,
  )
  return lines
}

function loadLine({ load }: BenchmarkPlan): string {
  const { profile, rate, duration, warmup, connections, requests } = load!
  const [first] = requests
  const single = requests.length === 1 && first!.name === '' ? `${first!.method} ${first!.url}: ` : ''
  const most = mostConnections(load!)
  const clients =
    most === connections ? counted(most, 'connection') : `${connections} to ${counted(most, 'connection')}`
  const pace =
    rate === undefined ? clients : `${rate}/s over ${counted(connections, 'connection')} (open loop)`
  const before = warmup === 0 ? '' : ` after ${span(warmup)} of warm-up`
  return `load ${single}${pace} for ${span(duration)}${before}${profile === undefined ? '' : ` (${profile})`}`
}

function serviceLine({ start, ready, keep }: ServicePlan): string {
  return `${start}; ready ${readyText(ready)}${keep ? '; started once a side' : '; started for each execution'}`
}

function readyText(ready: Readiness): string {
  switch (ready.kind) {
    case 'url':
      return `when ${ready.url} answers`
    case 'port':
      return `when port ${ready.port} accepts connections`
    case 'log':
      return `when it prints ${JSON.stringify(ready.text)}`
    case 'command':
      return `when \`${ready.line}\` succeeds`
  }
}

function totals(each: readonly Forecast[], { time }: Plan): string[] {
  const known = each.filter((one) => one.known)
  const scripts = each.length - known.length
  const least = known.reduce((sum, one) => sum + one.least, 0)
  const most = known.reduce((sum, one) => sum + one.most, 0)
  const lines = []
  if (known.length > 0) lines.push(`loads take ${range(least, most)}, besides what services take to start`)
  if (scripts > 0)
    lines.push(`how long ${counted(scripts, 'script')} take${scripts === 1 ? 's' : ''} is not known before`)
  lines.push(`all measuring together is held to \`time: ${span(time)}\``)
  if (least > time)
    lines.push(
      `warning: that is less than the loads take: what is not measured by then is an error (raise \`time\` to ${span(least * 1.1)} or more)`,
    )
  return lines
}

function range(least: number, most: number): string {
  return least === most ? span(most) : `${span(least)} to ${span(most)}`
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

const UNITS: readonly (readonly [milliseconds: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
]

/** As a config writes it, the two largest units: `1h30m`, `2m30s`, `500ms`. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)}ms`
  let rest = milliseconds
  const parts: string[] = []
  for (const [size, unit] of UNITS) {
    const count =
      unit === 's' && parts.length === 0 ? Number((rest / size).toFixed(1)) : Math.floor(rest / size)
    if (count === 0) continue
    parts.push(`${count}${unit}`)
    rest -= count * size
    if (parts.length === 2) break
  }
  return parts.join('')
}
