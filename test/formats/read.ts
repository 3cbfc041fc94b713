import { statisticOf } from '../../src/core/distribution.ts'
import { isFailed, type MetricResult, type Parsed } from '../../src/core/result.ts'
import { ingestText } from '../../src/ingest.ts'

/** A text as a format reads it, from a file named `out`. */
export function read(format: string, text: string): Parsed {
  return ingestText(text, 'out', format)
}

/** The one line that a text is refused with. */
export function refusal(format: string, text: string): string {
  try {
    read(format, text)
  } catch (error) {
    return (error as { line: string }).line
  }
  throw new Error('it was not refused')
}

export function names(parsed: Parsed): string[] {
  return [...new Set(parsed.results.map((result) => result.benchmark))]
}

/** `benchmark metric` of everything measured. */
export function keys(parsed: Parsed): string[] {
  return parsed.results.map((result) =>
    isFailed(result) ? `${result.benchmark} ${result.status}` : `${result.benchmark} ${result.metric}`,
  )
}

export function find(parsed: Parsed, benchmark: string, metric = 'latency'): MetricResult {
  const found = parsed.results.find(
    (result) => result.benchmark === benchmark && !isFailed(result) && result.metric === metric,
  )
  if (found === undefined || isFailed(found)) throw new Error(`no ${metric} of ${JSON.stringify(benchmark)}`)
  return found
}

export function statistic(
  parsed: Parsed,
  benchmark: string,
  metric: string,
  name: 'mean' | 'value' | 'p50' | 'p99',
): number | undefined {
  return statisticOf(find(parsed, benchmark, metric).data, name)
}
