/** What a load told, as results like those of any tool. */
import { merge, type Sampled } from './distribution.ts'
import type { MetricResult } from './result.ts'
import type { Warning } from './warning.ts'

/** One kind of request, from one execution. */
export interface RequestOutcome {
  /** As in the plan; empty for the only one. */
  readonly name: string
  readonly latency: Sampled | undefined
  readonly answered: number
  readonly failed: number
  /** Answers within the measured time. */
  readonly inTime: number
  readonly reasons: ReadonlyMap<string, number>
}

/**
 * Latency of what was answered as expected, answers a second, and the share that failed: of each kind of request, and of
 * a mix as a whole as well, told beside as its parts say it already.
 */
export function loadResults(
  benchmark: string,
  requests: readonly RequestOutcome[],
  seconds: number,
): MetricResult[] {
  const each = requests.flatMap((one) =>
    resultsOf(one.name === '' ? benchmark : `${benchmark}/${one.name}`, one, seconds),
  )
  const isMix = requests.some((one) => one.name !== '')
  if (!isMix) return each
  const whole = resultsOf(benchmark, together(requests), seconds)
  return [...each, ...whole.map((result) => ({ ...result, primary: false }))]
}

function together(requests: readonly RequestOutcome[]): Omit<RequestOutcome, 'name' | 'reasons'> {
  const sum = (of: (one: RequestOutcome) => number): number => requests.reduce((all, one) => all + of(one), 0)
  const parts = requests.flatMap((one) => one.latency ?? [])
  return {
    latency: parts.length === 0 ? undefined : merge(parts),
    answered: sum((one) => one.answered),
    failed: sum((one) => one.failed),
    inTime: sum((one) => one.inTime),
  }
}

function resultsOf(
  benchmark: string,
  { latency, answered, failed, inTime }: Omit<RequestOutcome, 'name' | 'reasons'>,
  seconds: number,
): MetricResult[] {
  const total = answered + failed
  const throughput = { kind: 'scalar', value: inTime / seconds } as const
  const errors = { kind: 'scalar', value: total === 0 ? 0 : failed / total, total } as const
  return [
    ...(latency === undefined
      ? []
      : [{ benchmark, metric: 'latency', unit: 'ns', better: 'lower', data: latency } as const]),
    { benchmark, metric: 'throughput', unit: '1/s', better: 'higher', data: throughput },
    { benchmark, metric: 'error_rate', unit: 'ratio', better: 'lower', data: errors },
  ]
}

/** Why a load tells nothing that could be judged: a kind of request that never got an answer is not fast. */
export function loadFailure(requests: readonly RequestOutcome[]): string | undefined {
  for (const { name, answered, failed, reasons } of requests) {
    const called = name === '' ? 'request' : `\`${name}\` request`
    if (answered > 0) continue
    if (failed === 0) return `no ${called} was made (raise \`duration\`)`
    const why = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 3)
    return `all ${failed} ${called}s failed: ${why.map(([reason, times]) => `${reason} (${times})`).join(', ')}`
  }
  return undefined
}

export interface LoadCircumstances {
  readonly rate?: number
  /** Share of the time that the generator was busy. */
  readonly busy: number
  readonly unsent: number
}

/** Above this the generator is as much measured as the service. */
const SATURATED = 0.95

/** Texts without figures that differ from round to round, so that each is told once. */
export function loadWarnings(
  benchmark: string,
  requests: readonly RequestOutcome[],
  { rate, busy, unsent }: LoadCircumstances,
): Warning[] {
  const warnings: Warning[] = []
  const reasons = [...new Set(requests.flatMap((one) => [...one.reasons.keys()]))].sort()
  if (reasons.length > 0)
    warnings.push({
      code: 'load-errors',
      message: `${benchmark}: some requests failed: ${reasons.slice(0, 5).join(', ')}`,
      benchmark,
    })
  const made = requests.reduce((sum, one) => sum + one.answered + one.failed, 0)
  if (rate !== undefined && unsent > 0.01 * (made + unsent))
    warnings.push({
      code: 'load-behind',
      message: `${benchmark}: the rate of ${rate}/s was not reached: no connection was free for some requests`,
      benchmark,
    })
  if (busy > SATURATED)
    warnings.push({
      code: 'load-saturated',
      message: `${benchmark}: the load generator was busy all the time: what it can send is a limit of these figures too`,
      benchmark,
    })
  return warnings
}
