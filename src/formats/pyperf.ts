import { sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result } from './measured.ts'
import { outlineOf } from './outline.ts'

/** pyperf's JSON: the values of every worker process. https://pyperf.readthedocs.io */
export const pyperf: TextFormat = {
  name: 'pyperf',
  title: 'pyperf (JSON)',
  keeps: 'raw samples; each process is a round',
  detect(start) {
    const outline = outlineOf(start)
    return (
      outline.has('benchmarks[].runs[]') &&
      outline.has('benchmarks[].runs[].metadata') &&
      !outline.has('layout[]')
    )
  },
  parse(text) {
    const suite = parseJson(text)
    suite.at('version')
    const shared = suite.get('metadata')
    return {
      results: suite
        .at('benchmarks')
        .array()
        .map((benchmark) => readBenchmark(benchmark, shared)),
    }
  },
}

/** What `unit` may be: metric, base unit, factor. */
const UNITS: Readonly<Record<string, readonly [metric: string, unit: string, factor: number]>> = {
  second: ['latency', 'ns', 1e9],
  byte: ['size', 'B', 1],
  integer: ['value', 'count', 1],
}

/**
 * What all benchmarks of a file have in common stands in the file's own metadata: with one benchmark, its name too.
 * Runs without values only calibrated. Values of one process are not independent, so a process is a round.
 */
function readBenchmark(benchmark: Json, shared: Json | undefined): Result {
  const own = benchmark.get('metadata')
  const about = (key: string) => own?.get(key) ?? shared?.get(key)
  const name = (about('name') ?? benchmark.at('metadata').at('name')).string()
  const told = about('unit')
  const spelling = told?.string() ?? 'second'
  if (!Object.hasOwn(UNITS, spelling)) throw told!.wrong(Object.keys(UNITS).join(', '))
  const [metric, unit, factor] = UNITS[spelling]!
  const processes = benchmark
    .at('runs')
    .array()
    .map((run) => run.get('values')?.array() ?? [])
    .filter((values) => values.length > 0)
    .map((values) => values.map((value) => value.amount() * factor))
  if (processes.length === 0)
    return { benchmark: name, status: 'failed', reason: 'no run of it has a value: it was only calibrated' }
  return result(name, metric, unit, sampled(processes.flat()), {
    rounds: processes.map((values) => sampled(values)),
  })
}
