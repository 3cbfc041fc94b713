import type { Measurement } from '../distribution.ts'
import type { Parsed } from '../result.ts'
import { isFailed } from '../result.ts'

/** Operations that an output tells; undefined where it tells none. Of a mix of requests the whole counts, not its kinds. */
export function operationsOf({ results }: Parsed, benchmark: string): number | undefined {
  const latencies = results.flatMap((result) =>
    isFailed(result) || result.metric !== 'latency'
      ? []
      : { name: result.benchmark, count: countOf(result.data) },
  )
  const whole = latencies.filter(({ name }) => name === benchmark || name.startsWith(`${benchmark}[`))
  const counts = (whole.length > 0 ? whole : latencies).map(({ count }) => count)
  if (counts.length === 0 || counts.includes(0)) return undefined
  return counts.reduce((sum, count) => sum + count, 0)
}

function countOf(data: Measurement): number {
  return data.kind === 'scalar' ? 0 : (data.count ?? 0)
}
