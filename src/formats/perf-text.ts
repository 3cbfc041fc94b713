import { tidy } from '../core/unit.ts'
import { grouped } from './csv.ts'
import { FormatError } from './format.ts'
import { printedLines } from './lines.ts'
import type { PerfCounter } from './perf-stat.ts'

/** What perf prints for people: the command, how often it ran, a line a counter, the time elapsed. */
export function readPerfText(text: string): { name: string; runs: number; counters: PerfCounter[] } {
  const lines = printedLines(text)
  const [, name = '', runs = '1'] =
    /Performance counter stats for '(.*)'(?: \((\d+) runs\))?:/.exec(text) ??
    /stats for (system wide)/.exec(text) ??
    []
  const counters: PerfCounter[] = []
  let ended = false
  for (const [i, line] of lines.entries()) {
    const elapsed = /^\s+([\d.,]+)(?: \+- [\d.,]+)? seconds time elapsed/.exec(line)
    const missing = /^\s*<not (?:supported|counted)>\s+(?:msec )?(\S+)/.exec(line)
    const counted = /^\s+([\d.,]+) +(?:(msec|ns) )?\s*([A-Za-z_][\w:./-]*)\s*(?:#.*|\(.*|)$/.exec(line)
    if (elapsed !== null) {
      ended = true
      counters.push({ event: 'elapsed', value: grouped(elapsed[1]!, i + 1, 'elapsed') * 1e9, unit: 'ns' })
    } else if (missing !== null) counters.push({ event: missing[1]!, value: undefined, unit: 'count' })
    else if (counted !== null) {
      const [, value = '', unit = '', event = ''] = counted
      const base = tidy(grouped(value, i + 1, event), unit)
      counters.push({ event, value: base.value, unit: base.unit })
    }
  }
  if (!ended) throw new FormatError(lines.length, 'the time elapsed is missing', 'was the output cut short?')
  return { name, runs: Number(runs), counters }
}
