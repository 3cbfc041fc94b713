import type { Measurement } from './distribution.ts'
import type { MetricResult } from './result.ts'
import type { Series } from './run.ts'

/** The series that starts with this result. */
export function seriesOf(first: MetricResult, rounds: readonly (Measurement | null)[]): Series {
  return {
    benchmark: first.benchmark,
    metric: first.metric,
    unit: first.unit,
    ...(first.better === undefined ? {} : { better: first.better }),
    ...(first.resolution === undefined ? {} : { resolution: first.resolution }),
    ...(first.primary === undefined ? {} : { primary: first.primary }),
    rounds,
  }
}
