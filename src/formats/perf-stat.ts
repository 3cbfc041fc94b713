import type { Result } from '../core/result.ts'
import type { Warning } from '../core/warning.ts'
import { FormatError, type TextFormat } from './format.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'
import { readPerfCsv, readPerfJson } from './perf-counters.ts'
import { readPerfText } from './perf-text.ts'

/** `perf stat`: text, `-x,` and `-j`. Counters are means where it ran several times. https://perf.wiki.kernel.org */
export const perfStat: TextFormat = {
  name: 'perf-stat',
  title: 'perf stat (text, -x, -j)',
  keeps: 'one value a counter; its mean with -r',
  detect(start) {
    if (/^ ?Performance counter stats for /m.test(start)) return true
    if (outlineOf(start.replace(/^(?:#.*\n|\s*\n)*/, '')).has('counter-value', 'event')) return true
    return CSV.test(start) || PARTS.test(start)
  },
  parse(text) {
    const { name, runs, counters } = /Performance counter stats for /.test(text)
      ? readPerfText(text)
      : { name: '', runs: 1, counters: /^\s*\{/m.test(text) ? readPerfJson(text) : readPerfCsv(text) }
    const missing = counters.filter((counter) => counter.value === undefined).map((counter) => counter.event)
    const counted = counters.filter((counter) => counter.value !== undefined)
    if (counted.length === 0)
      throw new FormatError(
        undefined,
        'no event was counted',
        'this machine may have no hardware counters: name others with -e',
      )
    const warnings: Warning[] =
      missing.length === 0
        ? []
        : [{ code: 'not-counted', message: `perf could not count ${missing.join(', ')} on this machine` }]
    const main = MAIN.find((event) => counted.some((counter) => counter.event === event)) ?? counted[0]!.event
    return { results: counted.map((counter) => resultOf(name, runs, counter, main)), warnings }
  },
}

const CSV =
  /^(?:[\d.]+|<not (?:supported|counted)>)([,;\t|])(?:msec|ns|)\1[\w:./-]+\1(?:[\d.]+%\1)?\d+\1[\d.]+\1/m

/** `-I` puts the time before, and `-A` the CPU: found, so that it can be said why they are refused. */
const PARTS =
  /^ *(?:\d+\.\d+|CPU\d+)([,;\t|])(?:[\d.]+|<not (?:supported|counted)>)\1(?:msec|ns|)\1[\w:./-]+\1/m

/** What stands for the run, the first that was counted: the time by the clock, as the text and as an event tells it. */
const MAIN: readonly string[] = ['elapsed', 'duration_time', 'instructions', 'instructions:u', 'task-clock']
const ELAPSED: readonly string[] = ['elapsed', 'duration_time']

/** One event as perf counted it. */
export interface PerfCounter {
  readonly event: string
  /** In a base unit; undefined where the machine cannot count it. */
  readonly value: number | undefined
  readonly unit: string
}

/** Less of everything is better but for what is counted per second. */
function resultOf(name: string, runs: number, { event, value, unit }: PerfCounter, main: string): Result {
  const data = runs > 1 ? told({ count: runs, mean: value }, 1) : ({ kind: 'scalar', value: value! } as const)
  const metric = event === main && ELAPSED.includes(event) ? 'latency' : event
  return result(name, metric, unit, data, { better: 'lower', ...(event === main ? {} : { primary: false }) })
}
