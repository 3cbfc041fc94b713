import { type Measurement, sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * airspeed velocity's result files (`.asv/results/<machine>/<commit>-<env>.json`, version 2). The unit stands only in
 * another file, so it follows from the kind of benchmark that the name tells.
 * https://asv.readthedocs.io/en/stable/dev.html
 */
export const asv: TextFormat = {
  name: 'asv',
  title: 'airspeed velocity (result file)',
  keeps: 'median and quartiles; raw samples where recorded',
  detect: (start) =>
    outlineOf(start).has('result_columns[]') || outlineOf(start).has('commit_hash', 'env_name', 'results'),
  parse(text) {
    const root = parseJson(text)
    const columns = root
      .at('result_columns')
      .array()
      .map((column) => column.string())
    return {
      results: root
        .at('results')
        .entries()
        .flatMap(([name, row]) => readBenchmark(name, row, columns)),
    }
  },
}

type Kind = readonly [metric: string, unit: string, factor: number]

/** By the prefix of the function's name; a `track_` benchmark measures what it likes. */
function kindOf(name: string): Kind {
  const method = name.slice(name.lastIndexOf('.') + 1)
  if (/^time(?:raw)?_/i.test(method)) return ['latency', 'ns', 1e9]
  if (/^peakmem_/i.test(method)) return ['memory.peak', 'B', 1]
  if (/^mem_/i.test(method)) return ['size', 'B', 1]
  return ['value', 'value', 1]
}

function readBenchmark(name: string, row: Json, columns: readonly string[]): Result[] {
  const cells = row.array()
  const column = (label: string) => {
    const cell = cells[columns.indexOf(label)]
    return cell === undefined || cell.isNull ? undefined : cell
  }
  const params =
    column('params')
      ?.array()
      .map((values) => values.array().map((value) => value.string())) ?? []
  const names = combinations(params).map((values) =>
    values.length === 0 ? name : `${name}(${values.join(', ')})`,
  )
  const values = column('result')?.array()
  // None of its parameters has a result.
  if (values === undefined)
    return names.map((benchmark) => ({ benchmark, status: 'failed', reason: 'asv has no result of it' }))
  if (values.length !== names.length)
    throw column('result')!.wrong(`${names.length} results, one for each of its parameters`)
  const at = (label: string, i: number) => {
    const cell = column(label)?.array()[i]
    return cell === undefined || cell.isNull ? undefined : cell
  }
  return names.map((benchmark, i) => readValue(benchmark, kindOf(name), values[i]!, (label) => at(label, i)))
}

function readValue(
  benchmark: string,
  kind: Kind,
  value: Json,
  at: (label: string) => Json | undefined,
): Result {
  if (value.isNull) return { benchmark, status: 'failed', reason: 'asv has no result of it' }
  if (value.isString && value.string() === 'NaN')
    return { benchmark, status: 'skipped', reason: 'asv says not available' }
  const [metric, unit, factor] = kind
  const samples = at('samples')
    ?.array()
    .map((sample) => sample.amount() * factor)
  let data: Measurement
  if (unit === 'ns') {
    const quantiles = {
      p25: at('stats_q_25')?.amount(),
      p50: value.amount(),
      p75: at('stats_q_75')?.amount(),
    }
    data =
      samples !== undefined && samples.length > 0
        ? sampled(samples)
        : told({ count: at('stats_repeat')?.count(), quantiles }, factor)
  } else data = { kind: 'scalar', value: unit === 'B' ? value.amount() : value.number() }
  return result(benchmark, metric, unit, data)
}

const MOST = 100_000

/** Every choice of one value of each parameter, the last changing fastest, as asv orders its results. */
function combinations(params: readonly (readonly string[])[]): string[][] {
  let all: string[][] = [[]]
  for (const values of params) {
    if (all.length * values.length > MOST) return all
    all = all.flatMap((chosen) => values.map((value) => [...chosen, value]))
  }
  return all
}
