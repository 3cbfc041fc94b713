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
  keeps: 'one value a counter; mean and standard error with -r',
  detect(start) {
    if (/^ ?Performance counter stats for /m.test(start)) return true
    if (outlineOf(start.replace(/^(?:#.*\n|\s*\n)*/, '')).has('counter-value', 'event')) return true
    return CSV.test(start)
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
    return { results: counted.map((counter) => resultOf(name, runs, counter)), warnings }
  },
}

const CSV =
  /^(?:[\d.]+|<not (?:supported|counted)>)([,;\t|])(?:msec|ns|)\1[\w:./-]+\1(?:[\d.]+%\1)?\d+\1[\d.]+\1/m

/** One event as perf counted it. */
export interface PerfCounter {
  readonly event: string
  /** In a base unit; undefined where the machine cannot count it. */
  readonly value: number | undefined
  readonly unit: string
}

/** Less of everything is better but for what is counted per second. */
function resultOf(name: string, runs: number, { event, value, unit }: PerfCounter): Result {
  const elapsed = event === 'duration_time' || event === 'elapsed'
  const data = runs > 1 ? told({ count: runs, mean: value }, 1) : ({ kind: 'scalar', value: value! } as const)
  return result(name, elapsed ? 'latency' : event, unit, data, { better: 'lower' })
}
