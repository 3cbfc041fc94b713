import type { Measurement } from '../core/distribution.ts'
import { statisticOf } from '../core/distribution.ts'
import type { Parsed, Result } from '../core/result.ts'
import { isFailed } from '../core/result.ts'
import type { Statistic } from '../core/statistic.ts'
import { plain } from './escape.ts'
import { figure } from './scale.ts'

const SHOWN: readonly Statistic[] = ['p50', 'p90', 'p95', 'p99', 'p99.9']

/** What `tailgate parse` prints: a line a result, only what the tool told. */
export function showParsed(parsed: Parsed): string {
  const lines = parsed.results.map((result) => `  ${lineOf(result, parsed.format)}`)
  const warnings = parsed.warnings.map(({ message }) => `  ! ${plain(message, 1000)}`)
  return [`format ${parsed.format}, ${parsed.results.length} results`, ...lines, ...warnings].join('\n')
}

function lineOf(result: Result, format: string): string {
  const name = plain(result.benchmark === '' ? format : result.benchmark)
  if (isFailed(result)) return `${name}  ${result.status}: ${plain(result.reason, 1000)}`
  const better =
    result.better === undefined ? 'nothing tells which way is better' : `${result.better} is better`
  const rounds = result.rounds === undefined ? '' : `, ${result.rounds.length} rounds inside`
  return `${name}  ${plain(result.metric)}  ${figuresOf(result.data, result.unit)}  (${better}${rounds})`
}

function figuresOf(data: Measurement, unit: string): string {
  if (data.kind === 'scalar') return figure(data.value, unit)
  const quantiles = data.kind === 'told' ? (Object.keys(data.quantiles) as Statistic[]) : SHOWN
  const told = [...quantiles, 'mean', 'min', 'max'] as Statistic[]
  const parts = told.flatMap((statistic) => {
    const value = statisticOf(data, statistic)
    return value === undefined ? [] : `${statistic} ${figure(value, unit)}`
  })
  return [...parts, ...(data.count === undefined ? [] : [`n ${data.count}`])].join(' · ')
}
