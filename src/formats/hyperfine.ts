import type { Told } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { errorRate, result, roundsOf } from './measured.ts'
import { outlineOf } from './outline.ts'

/** hyperfine's `--export-json`: seconds of every run. https://github.com/sharkdp/hyperfine */
export const hyperfine: TextFormat = {
  name: 'hyperfine',
  title: 'hyperfine (--export-json)',
  keeps: 'raw samples; each run is a round',
  detect(start) {
    const outline = outlineOf(start)
    return outline.root === 'object' && outline.has('results[].command') && !outline.has('root_group')
  },
  parse(text) {
    const runs = parseJson(text).at('results').array()
    const names = namesOf(runs)
    return { results: runs.flatMap((run, i) => readRun(run, names[i]!)) }
  },
}

/** The command is the name; several of the same command are told apart by their parameters. */
function namesOf(runs: readonly Json[]): string[] {
  const commands = runs.map((run) => run.at('command').string())
  return runs.map((run, i) => {
    const alone = commands.filter((command) => command === commands[i]).length === 1
    const parameters = alone ? [] : (run.get('parameters')?.entries() ?? [])
    if (parameters.length === 0) return commands[i]!
    return `${commands[i]}[${parameters.map(([key, value]) => `${key}=${value.string()}`).join(',')}]`
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
  const sd = run.get('stddev')?.amount()
  return {
    kind: 'told',
    mean: run.at('mean').amount() * SECOND,
    ...(sd === undefined ? {} : { sd: sd * SECOND }),
    min: run.at('min').amount() * SECOND,
    max: run.at('max').amount() * SECOND,
    quantiles: { p50: run.at('median').amount() * SECOND },
  }
}
