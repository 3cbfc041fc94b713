import type { Told } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import { readTable } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { errorRate, result, roundsOf, timesOf, told as toldOf } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * hyperfine's `--export-json`, which has the seconds of every run, and `--export-csv`, which has neither their number nor
 * their exit codes. https://github.com/sharkdp/hyperfine
 */
export const hyperfine: TextFormat = {
  name: 'hyperfine',
  title: 'hyperfine (--export-json, --export-csv)',
  keeps: 'raw samples, each run a round (JSON); statistics (CSV)',
  detect(start) {
    if (start.startsWith(CSV_HEADER)) return true
    const outline = outlineOf(start)
    return outline.root === 'object' && outline.has('results[].command') && !outline.has('root_group')
  },
  parse(text) {
    if (!/^\s*\{/.test(text)) return { results: readCsv(text) }
    const runs = parseJson(text).at('results').array()
    const names = namesOf(
      runs.map((run) => ({
        command: run.at('command').string(),
        parameters:
          run
            .get('parameters')
            ?.entries()
            .map(([key, value]) => [key, value.string()] as const) ?? [],
      })),
    )
    return { results: runs.flatMap((run, i) => readRun(run, names[i]!)) }
  },
}

interface Command {
  readonly command: string
  readonly parameters: readonly (readonly [key: string, value: string])[]
}

/** The command is the name; several of the same command are told apart by their parameters. */
function namesOf(runs: readonly Command[]): string[] {
  const times = timesOf(runs.map(({ command }) => command))
  return runs.map(({ command, parameters }) => {
    if (times.get(command) === 1 || parameters.length === 0) return command
    return `${command}[${parameters.map(([key, value]) => `${key}=${value}`).join(',')}]`
  })
}

const SECOND = 1e9

function readRun(run: Json, name: string): Result[] {
  const exits = run.get('exit_codes')?.array()
  // null: killed by a signal.
  const failed = exits?.filter((code) => code.isNull || code.number() !== 0).length ?? 0
  if (exits !== undefined && exits.length > 0 && failed === exits.length)
    return [{ benchmark: name, status: 'failed', reason: `all ${failed} runs ended with a failure` }]

  const seconds = run
    .get('times')
    ?.array()
    .map((time) => time.amount() * SECOND)
  const { data, ...rounds } =
    seconds === undefined || seconds.length === 0 ? { data: told(run) } : roundsOf(seconds)
  const results: Result[] = [result(name, 'latency', 'ns', data, rounds)]
  for (const part of ['user', 'system'])
    if (run.get(part) !== undefined)
      results.push(
        result(
          name,
          part,
          'ns',
          { kind: 'scalar', value: run.at(part).amount() * SECOND },
          { primary: false },
        ),
      )
  const peaks = run
    .get('memory_usage_byte')
    ?.array()
    .map((bytes) => bytes.amount())
  if (peaks !== undefined && peaks.length > 0) {
    const { data: memory, rounds: each } = roundsOf(peaks)
    results.push(result(name, 'memory.peak', 'B', memory, { rounds: each }))
  }
  if (exits !== undefined && exits.length > 0) results.push(errorRate(name, failed, exits.length))
  return results
}

/** Where the times themselves were left out. */
function told(run: Json): Told {
  return toldOf(
    {
      mean: run.at('mean').amount(),
      sd: run.get('stddev')?.amount(),
      min: run.at('min').amount(),
      max: run.at('max').amount(),
      quantiles: { p50: run.at('median').amount() },
    },
    SECOND,
  )
}

const CSV_HEADER = 'command,mean,stddev,median,user,system,min,max'

function readCsv(text: string): Result[] {
  const { columns, rows } = readTable(text)
  const parameters = columns.filter((column) => column.startsWith('parameter_'))
  const names = namesOf(
    rows.map((row) => ({
      command: row.cell('command'),
      parameters: parameters.map((column) => [column.slice(10), row.maybe(column) ?? ''] as const),
    })),
  )
  return rows.flatMap((row, i) => {
    const name = names[i]!
    const seconds = (column: string) => {
      const value = row.maybeNumber(column)
      if (value !== undefined && value < 0) throw new FormatError(row.line, `"${column}" is negative`)
      return value
    }
    row.number('mean')
    const quantiles = { p50: seconds('median') }
    const figures = {
      mean: seconds('mean'),
      sd: seconds('stddev'),
      min: seconds('min'),
      max: seconds('max'),
      quantiles,
    }
    const beside = ['user', 'system'].flatMap((part) => {
      const value = seconds(part)
      if (value === undefined) return []
      return [result(name, part, 'ns', { kind: 'scalar', value: value * SECOND }, { primary: false })]
    })
    return [result(name, 'latency', 'ns', toldOf(figures, SECOND)), ...beside]
  })
}
