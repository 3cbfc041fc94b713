import { tidy } from '../core/unit.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { parseJsonLine } from './json.ts'
import type { PerfCounter } from './perf-stat.ts'

const SEPARATOR = /^(?:[\d.]+|<not (?:supported|counted)>)([,;\t|])/

/** `-x,`: value, unit, event, then (with `-r`) the variance, how long it ran, and figures derived from it. */
export function readPerfCsv(text: string): PerfCounter[] {
  if (!text.endsWith('\n'))
    throw new FormatError(undefined, 'its last line has no end', 'was the output cut short?')
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const separator = SEPARATOR.exec(line)?.[1]
    if (separator === undefined) {
      if (/^\s+\d+\.\d+[,;\t|]/.test(line)) throw intervals(i + 1)
      if (/^CPU\d+[,;\t|]/.test(line))
        throw new FormatError(i + 1, 'these are counts of each CPU', 'run perf stat without -A')
      throw new FormatError(i + 1, `expected a counter, got ${JSON.stringify(line.slice(0, 60))}`)
    }
    const [value = '', unit = '', event = '', ...rest] = line.split(separator)
    // Of a metric alone the value stands behind.
    if (value === '' && event === '') return []
    if (event === '' || rest.length < 4)
      throw new FormatError(i + 1, 'the counter is not whole', 'was the output cut short?')
    if (/^[\d.]+$/.test(event)) throw intervals(i + 1)
    return [counter(event, value, unit, i + 1)]
  })
}

/** `-j`: an object a line, with its figures as text. */
export function readPerfJson(text: string): PerfCounter[] {
  return text.split('\n').flatMap((line, i) => {
    if (!line.trimStart().startsWith('{')) return []
    const found = parseJsonLine(line, i + 1)
    if (found.get('interval') !== undefined) throw intervals(i + 1)
    if (found.get('event') === undefined) return []
    return [
      counter(
        found.at('event').string(),
        found.at('counter-value').string(),
        found.get('unit')?.string() ?? '',
        i + 1,
      ),
    ]
  })
}

function intervals(line: number): FormatError {
  return new FormatError(line, 'these are intervals of one run', 'run perf stat without -I')
}

function counter(event: string, value: string, unit: string, line: number): PerfCounter {
  const base = tidy(1, unit)
  if (value.startsWith('<not ')) return { event, value: undefined, unit: base.unit }
  return { event, value: figure(value, line, event) * base.value, unit: base.unit }
}
