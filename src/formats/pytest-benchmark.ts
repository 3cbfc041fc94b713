import { type Measurement, sampled } from '../core/distribution.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

const SECOND = 1e9

/**
 * pytest-benchmark's JSON: seconds of every round with `--benchmark-json`, the statistics alone with
 * `--benchmark-save`. Each datum is the mean of `iterations` calls. https://pytest-benchmark.readthedocs.io
 */
export const pytestBenchmark: TextFormat = {
  name: 'pytest-benchmark',
  title: 'pytest-benchmark (--benchmark-json, --benchmark-save)',
  keeps: 'raw samples; statistics alone in saved files',
  detect(start) {
    const outline = outlineOf(start)
    if (outline.root !== 'object' || outline.has('benchmarks[].run_name')) return false
    return outline.has('benchmarks[].fullname') || outline.has('machine_info', 'commit_info')
  },
  parse: (text) => ({
    results: parseJson(text)
      .at('benchmarks')
      .array()
      .map((benchmark) =>
        result(benchmark.at('fullname').string(), 'latency', 'ns', readStats(benchmark.at('stats'))),
      ),
  }),
}

function readStats(stats: Json): Measurement {
  const data = stats
    .get('data')
    ?.array()
    .map((datum) => datum.amount() * SECOND)
  if (data !== undefined && data.length > 0) return sampled(data)
  return told(
    {
      count: stats.get('rounds')?.count(),
      mean: stats.at('mean').amount(),
      sd: stats.get('stddev')?.amount(),
      min: stats.at('min').amount(),
      max: stats.at('max').amount(),
      quantiles: {
        p25: stats.get('q1')?.amount(),
        p50: stats.at('median').amount(),
        p75: stats.get('q3')?.amount(),
      },
    },
    SECOND,
  )
}
