import { type Measurement, mean, quantile, type Sampled } from './distribution.ts'
import { isFailed, type Parsed, type Result } from './result.ts'

/** The quantiles that are computed where all operations are at hand. */
const SHARES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 } as const

/**
 * What `parse --json` prints of a parsed output: every figure in its base unit, nothing that the tool did not tell.
 * A result without a name stands for the tool's one benchmark and bears the format's name.
 */
export function describeParsed(parsed: Parsed): unknown {
  return {
    format: parsed.format,
    results: parsed.results.map((result) =>
      describeResult(result.benchmark === '' ? { ...result, benchmark: parsed.format } : result),
    ),
    warnings: parsed.warnings,
  }
}

/** One result as plain data: a distribution has `quantiles`, a scalar has `value`, a failed benchmark has `status`. */
export function describeResult(result: Result): unknown {
  if (isFailed(result)) return { benchmark: result.benchmark, status: result.status, reason: result.reason }
  return {
    benchmark: result.benchmark,
    metric: result.metric,
    unit: result.unit,
    better: result.better ?? 'unknown',
    ...describeMeasurement(result.data),
    ...(result.rounds === undefined ? {} : { rounds: result.rounds.length }),
    ...(result.resolution === undefined ? {} : { resolution: result.resolution }),
    ...(result.primary === false ? { primary: false } : {}),
  }
}

function describeMeasurement(data: Measurement): object {
  if (data.kind === 'scalar')
    return { value: data.value, ...(data.total === undefined ? {} : { total: data.total }) }
  if (data.kind === 'sampled') return describeSampled(data)
  const { kind: _, quantiles, ...told } = data
  return { ...told, quantiles }
}

function describeSampled(data: Sampled): object {
  return {
    count: data.count,
    mean: mean(data),
    min: data.values[0],
    max: data.values[data.values.length - 1],
    quantiles: Object.fromEntries(
      Object.entries(SHARES).map(([name, share]) => [name, quantile(data, share)]),
    ),
  }
}
