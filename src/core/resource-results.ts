/** What the samples of a process tree come to, as results like those of any tool. */
import type { MetricResult } from './result.ts'
import { growthOf } from './slope.ts'
import type { ResourceSample } from './timeline.ts'
import { betterOf } from './unit.ts'
import type { Warning } from './warning.ts'

/** Milliseconds over which a peak of the processor is taken: shorter ones are the clock's own steps of 10 ms. */
const PEAK = 1000
/** Milliseconds before which a rise says nothing of a leak: a fresh heap grows into its size. */
const SETTLED = 60_000

export interface ResourceResults {
  readonly results: readonly MetricResult[]
  readonly warnings: readonly Warning[]
}

/**
 * `cpu.mean` and `cpu.peak` (shares of all cores), `memory.start`, `.peak`, `.end` and `.growth` (bytes, from 0 on: the
 * rise of the floors between collections over the measured time), `threads`, `files` and `connections` (most at once).
 * `from` and `to` bound the measured time, in the samples' milliseconds. Empty if nothing was seen in it.
 */
export function resourceResults(
  benchmark: string,
  samples: readonly ResourceSample[],
  { from, to }: { readonly from: number; readonly to: number },
): ResourceResults {
  const alive = samples.filter((sample) => sample.processes > 0)
  // With the first after the end, which stands for the time up to it.
  const end = alive.find((sample) => sample.at > to)?.at ?? to
  const within = alive.filter((sample) => sample.at >= from && sample.at <= end)
  const first = alive[0]
  const last = within.at(-1)
  if (first === undefined || last === undefined) return { results: [], warnings: [] }
  const scalar = (metric: string, unit: string, value: number): MetricResult => {
    const better = betterOf(metric, unit) ?? 'lower'
    return { benchmark, metric, unit, better, data: { kind: 'scalar', value } }
  }
  const growth = growthOf(within.map(({ at, memory }) => ({ at, value: memory })))
  const results = [
    scalar('cpu.mean', 'ratio', meanOf(within, from)),
    scalar('cpu.peak', 'ratio', peakOf(within, from)),
    scalar('memory.start', 'B', first.memory),
    scalar('memory.peak', 'B', Math.max(...within.map((sample) => sample.memory))),
    scalar('memory.end', 'B', last.memory),
    scalar('memory.growth', 'B', Math.round(growth?.total ?? 0)),
  ]
  for (const metric of ['threads', 'files', 'connections'] as const) {
    const told = within.flatMap((sample) => sample[metric] ?? [])
    if (told.length > 0) results.push(scalar(metric, 'count', Math.max(...told)))
  }
  const warnings: Warning[] = []
  const long = last.at - within[0]!.at >= SETTLED
  if (long && growth?.told === true && growth.interval[0] > 0)
    warnings.push({
      code: 'memory-grows',
      message: `${benchmark}: memory grew all the while (its floors rise, unlike those of a sawtooth)`,
      benchmark,
    })
  return { results, warnings }
}

/** Weighted by the time that each sample stands for. */
function meanOf(samples: readonly ResourceSample[], from: number): number {
  let [used, time] = [0, 0]
  let before = from
  for (const { at, cpu } of samples) {
    used += cpu * (at - before)
    time += at - before
    before = at
  }
  return time > 0 ? used / time : 0
}

/** The busiest second. */
function peakOf(samples: readonly ResourceSample[], from: number): number {
  let peak: number | undefined
  let [start, index] = [from, 0]
  for (const [i, { at }] of samples.entries()) {
    if (at - start < PEAK) continue
    const mean = meanOf(samples.slice(index, i + 1), start)
    peak = Math.max(peak ?? 0, mean)
    start = at
    index = i + 1
  }
  return peak ?? meanOf(samples, from)
}
