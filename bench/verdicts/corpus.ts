import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Sampled, sampled, statisticOf } from '../../src/core/distribution.ts'
import type { Statistic } from '../../src/core/statistic.ts'

/** One recorded process: its operations, and when in its step it ran. */
export interface Recorded {
  readonly order: number
  readonly sampled: Sampled
  /** Cached: the same rounds are looked at in many windows. */
  statistic(statistic: Statistic): number
}

/** All sides of one step ran next to each other. */
export type Step = ReadonlyMap<string, Recorded>

/** One workload on one machine load, from `LOAD-WORKLOAD.ndjson.gz`. */
export interface Recording {
  readonly load: string
  readonly workload: string
  readonly steps: readonly Step[]
}

interface Line {
  readonly step: number
  readonly order: number
  readonly side: string
  readonly samples: readonly number[]
}

export function recorded(order: number, operations: Sampled): Recorded {
  const known = new Map<Statistic, number>()
  return {
    order,
    sampled: operations,
    statistic: (statistic) => {
      const cached = known.get(statistic)
      if (cached !== undefined) return cached
      const value = statisticOf(operations, statistic)!
      known.set(statistic, value)
      return value
    },
  }
}

export function readCorpus(folder: string): Recording[] {
  const files = readdirSync(folder)
    .filter((name) => /\.ndjson(\.gz)?$/.test(name))
    .sort()
  return files.map((name) => {
    const bytes = readFileSync(join(folder, name))
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    const [load = '', workload = ''] = name.replace(/\.ndjson(\.gz)?$/, '').split(/-(.*)/)
    return { load, workload, steps: stepsOf(text) }
  })
}

function stepsOf(text: string): Step[] {
  const steps = new Map<number, Map<string, Recorded>>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const { step, order, side, samples } = JSON.parse(line) as Line
    const sides = steps.get(step) ?? new Map<string, Recorded>()
    steps.set(step, sides.set(side, recorded(order, sampled(samples))))
  }
  return [...steps.entries()].sort(([a], [b]) => a - b).map(([, sides]) => sides)
}
