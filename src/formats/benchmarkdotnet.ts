import { type Sampled, sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result, timesOf, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * BenchmarkDotNet's JSON exporters (full and brief): nanoseconds of one operation. The name is the full one with its
 * parameters; jobs that run the same are told apart by the job. https://benchmarkdotnet.org/articles/configs/exporters.html
 */
export const benchmarkdotnet: TextFormat = {
  name: 'benchmarkdotnet',
  title: 'BenchmarkDotNet (JsonExporter)',
  keeps: 'raw iterations, a round each launch (full); statistics (brief)',
  detect(start) {
    const outline = outlineOf(start)
    return (
      outline.has('HostEnvironmentInfo') ||
      outline.has('Benchmarks[].FullName') ||
      outline.has('Benchmarks[].Statistics')
    )
  },
  parse(text) {
    const runs = parseJson(text).at('Benchmarks').array()
    const names = namesOf(runs)
    return { results: runs.flatMap((run, i) => readRun(run, names[i]!)) }
  },
}

function namesOf(runs: readonly Json[]): string[] {
  const full = runs.map((run) => run.at('FullName').string())
  const times = timesOf(full)
  return runs.map((run, i) => {
    const job = /: ([^()[\]]+?)(?:\(|\s*$|\s\[)/.exec(run.get('DisplayInfo')?.string() ?? '')?.[1]
    return times.get(full[i]!)! > 1 && job !== undefined ? `${full[i]}[job=${job}]` : full[i]!
  })
}

function readRun(run: Json, benchmark: string): Result[] {
  const statistics = run.get('Statistics')
  if (statistics === undefined)
    return [{ benchmark, status: 'failed', reason: 'BenchmarkDotNet has no statistics of it' }]
  const launches = launchesOf(run)
  const original =
    statistics
      .get('OriginalValues')
      ?.array()
      .map((value) => value.amount()) ?? []
  const latency =
    launches.length > 0
      ? result(
          benchmark,
          'latency',
          'ns',
          sampled(launches.flatMap((launch) => [...launch.values])),
          launches.length > 1 ? { rounds: launches } : {},
        )
      : result(benchmark, 'latency', 'ns', original.length > 0 ? sampled(original) : toldBy(statistics))
  const allocated = run.get('Memory')?.get('BytesAllocatedPerOperation')
  if (allocated === undefined) return [latency]
  return [
    latency,
    result(benchmark, 'allocated', 'B', { kind: 'scalar', value: allocated.amount() }, { primary: false }),
  ]
}

/** The measured iterations of each process: stage Result, with the overhead taken off. */
function launchesOf(run: Json): Sampled[] {
  const launches = new Map<number, number[]>()
  for (const measurement of run.get('Measurements')?.array() ?? []) {
    if (measurement.at('IterationMode').string() !== 'Workload') continue
    if (measurement.at('IterationStage').string() !== 'Result') continue
    const operations = measurement.at('Operations')
    if (operations.amount() === 0) throw operations.wrong('at least one operation')
    const launch = measurement.get('LaunchIndex')?.count() ?? 1
    const value = measurement.at('Nanoseconds').amount() / operations.amount()
    launches.set(launch, [...(launches.get(launch) ?? []), value])
  }
  return [...launches.values()].map((values) => sampled(values))
}

function toldBy(statistics: Json) {
  const percentiles = statistics.get('Percentiles')?.entries() ?? []
  return told(
    {
      count: statistics.get('N')?.count(),
      mean: statistics.at('Mean').amount(),
      sd: statistics.get('StandardDeviation')?.amount(),
      min: statistics.get('Min')?.amount(),
      max: statistics.get('Max')?.amount(),
      quantiles: {
        p50: statistics.get('Median')?.amount(),
        ...Object.fromEntries(
          percentiles
            .filter(([name]) => /^P(?:[1-9]\d?)$/.test(name))
            .map(([name, value]) => [name.toLowerCase(), value.amount()]),
        ),
      },
    },
    1,
  )
}
