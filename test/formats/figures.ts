import { statisticOf } from '../../src/core/distribution.ts'
import { isFailed, type Parsed } from '../../src/core/result.ts'
import { isStatistic } from '../../src/core/statistic.ts'

/** What must be found of one metric, in its base unit: worked out from the output by other means than the parser. */
export interface Figures {
  readonly benchmark: string
  readonly metric?: string
  readonly unit?: string
  readonly better?: string
  readonly status?: string
  readonly count?: number
  /** Statistics by name: `mean`, `p95`, `value`. */
  readonly [statistic: string]: number | string | undefined
}

/** Everything in which the parsed output differs, to nine digits. */
export function figuresDiffer(parsed: Parsed, figures: readonly Figures[]): string[] {
  return figures.flatMap((expected) => {
    const found = parsed.results.find(
      (result) =>
        result.benchmark === expected.benchmark &&
        (isFailed(result) ? expected.status !== undefined : result.metric === expected.metric),
    )
    const name = `${expected.benchmark} ${expected.metric ?? ''}`
    if (found === undefined) return [`${name} is not there`]
    if (isFailed(found)) return found.status === expected.status ? [] : [`${name} is ${found.status}`]
    return Object.entries(expected).flatMap(([key, value]) => {
      if (key === 'benchmark' || key === 'metric' || key === 'status') return []
      const got =
        key === 'unit'
          ? found.unit
          : key === 'better'
            ? found.better
            : key === 'count'
              ? found.data.kind === 'scalar'
                ? found.data.total
                : found.data.count
              : isStatistic(key)
                ? statisticOf(found.data, key)
                : undefined
      return same(got, value) ? [] : [`${name} ${key}: ${got} is not ${value}`]
    })
  })
}

function same(got: unknown, expected: unknown): boolean {
  if (typeof got !== 'number' || typeof expected !== 'number') return got === expected
  return Math.abs(got - expected) <= 1e-9 * Math.max(Math.abs(got), Math.abs(expected))
}
