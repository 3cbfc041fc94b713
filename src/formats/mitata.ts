import { type Measurement, sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import { tidy } from '../core/unit.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

/** mitata's `run({ format: 'json' })` in nanoseconds, and its `markdown`. https://github.com/evanwashere/mitata */
export const mitata: TextFormat = {
  name: 'mitata',
  title: 'mitata (json, markdown)',
  keeps: 'percentiles; raw samples where included',
  detect(start) {
    if (/^\| benchmark +\| +avg \| +min \| /m.test(start)) return true
    const outline = outlineOf(start)
    return (
      outline.has('layout[]', 'benchmarks[]') ||
      outline.has('benchmarks[].alias', 'benchmarks[].runs[].stats')
    )
  },
  parse(text) {
    if (!/^\s*\{/.test(text)) return { results: readMarkdown(text) }
    const root = parseJson(text)
    const groups = root
      .at('layout')
      .array()
      .map((group) => group.get('name')?.string())
    return {
      results: root
        .at('benchmarks')
        .array()
        .flatMap((trial) => readTrial(trial, groups)),
    }
  },
}

/** `alias` has its `$n` unfilled; each run has the name that stands for its arguments. */
function readTrial(trial: Json, groups: readonly (string | undefined)[]): Result[] {
  const group = groups[trial.get('group')?.count() ?? 0]
  const within = group === undefined || group === '' ? '' : `${group}/`
  return trial
    .at('runs')
    .array()
    .map((run): Result => {
      const benchmark = within + run.at('name').string()
      const error = run.get('error')
      if (error !== undefined) {
        const message = error.isObject ? error.get('message') : error
        return {
          benchmark,
          status: 'failed',
          reason: message?.isString ? message.string().slice(0, 500) : 'it threw',
        }
      }
      return result(benchmark, 'latency', 'ns', readStats(run.at('stats')))
    })
}

const QUANTILES: readonly (readonly [string, string])[] = [
  ['p25', 'p25'],
  ['p50', 'p50'],
  ['p75', 'p75'],
  ['p99', 'p99'],
  ['p999', 'p99.9'],
]

function readStats(stats: Json): Measurement {
  const samples = stats
    .get('samples')
    ?.array()
    .map((sample) => sample.amount())
  if (samples !== undefined && samples.length > 0) return sampled(samples)
  return told(
    {
      mean: stats.at('avg').amount(),
      min: stats.at('min').amount(),
      max: stats.at('max').amount(),
      quantiles: Object.fromEntries(QUANTILES.map(([key, name]) => [name, stats.get(key)?.amount()])),
    },
    1,
  )
}

/** The unit stands in every cell: `` `412.42 ns/iter` ``, `` `  2.28 µs` ``. */
function readMarkdown(text: string): Result[] {
  const results: Result[] = []
  let columns: string[] | undefined
  let group = ''
  for (const [i, line] of printedLines(text).entries()) {
    if (/^(?:#+|•) /.test(line)) group = `${line.replace(/^(?:#+|•) /, '').trim()}/`
    if (!line.startsWith('|')) continue
    const cells = line.split('|').slice(1, -1)
    if (cells[0]?.trim() === 'benchmark') columns = cells.map((cell) => cell.trim())
    else if (columns !== undefined && !/^\| ?-/.test(line))
      results.push(readLine(columns, cells, group, i + 1))
  }
  return results
}

function readLine(columns: readonly string[], cells: readonly string[], group: string, line: number): Result {
  // A name may hold the separator: what has the figures are the last columns.
  const figures = cells.slice(1 - columns.length)
  if (cells.length < columns.length)
    throw new FormatError(
      line,
      `expected ${columns.length} cells, got ${cells.length}`,
      'was the output cut short?',
    )
  const benchmark =
    group +
    cells
      .slice(0, cells.length - figures.length)
      .join('|')
      .trim()
  if (/error/i.test(figures[0]!))
    return { benchmark, status: 'failed', reason: figures[0]!.replaceAll('`', '').trim() }
  let relative = 0
  const at = (column: string) => {
    const cell = figures[columns.indexOf(column) - 1]?.replaceAll('`', '').replace('/iter', '').trim() ?? ''
    const [value = '', unit = ''] = cell.split(/\s+/)
    const base = tidy(figure(value, line, column), unit)
    if (Number(value) > 0)
      relative = Math.max(relative, 10 ** -(value.split('.')[1]?.length ?? 0) / Number(value))
    if (base.unit !== 'ns')
      throw new FormatError(line, `"${column}" has no unit of time: ${JSON.stringify(cell.slice(0, 60))}`)
    return base.value
  }
  const data = told(
    { mean: at('avg'), min: at('min'), max: at('max'), quantiles: { p75: at('p75'), p99: at('p99') } },
    1,
  )
  return result(benchmark, 'latency', 'ns', data, { resolution: { relative, because: '2 decimals' } })
}
