/** What would go on beside a benchmark, a line each. */
import type { Disturbance } from '../core/fault-plan.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import type { Ask } from '../core/watch-plan.ts'
import { span } from './dry-run.ts'

export function companyLines({ faults = [], polls = [], alerts = [] }: BenchmarkPlan): string[] {
  return [
    ...faults.map((fault) => {
      const { name, after, verify } = fault
      const lasting = fault.for === 0 ? '' : `, for ${span(fault.for)}`
      const asked = verify === undefined ? '' : `; then \`${verify}\``
      return `  fault ${name}: after ${span(after)}${lasting}: ${told(fault.disturbance)}${asked}`
    }),
    ...polls.map(({ name, every, ask }) => `  poll ${name}: ${asking(ask)} every ${span(every)}`),
    ...alerts.map(({ name, every, ask, expect, by }) => {
      const cause = by === undefined ? '' : ` by ${by}`
      return `  alert ${name}: ${expect}${cause}: ${asking(ask)} every ${span(every)}`
    }),
  ]
}

function told(disturbance: Disturbance): string {
  const { kind, ...about } = disturbance
  const figures = Object.values(about).map((one) =>
    typeof one === 'object' ? JSON.stringify(one) : String(one),
  )
  return `${kind} ${figures.join(' ')}`
}

function asking(ask: Ask): string {
  return ask.kind === 'url' ? ask.url : ask.line
}
