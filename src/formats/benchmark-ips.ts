import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { parseJson } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

const LINE = /^(?:(.*\S)\s+)?([\d.]+)([kMBTQ]?) \(±\s*([\d.]+)%\) i\/s(?:\s|$)/
const PREFIX: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12, Q: 1e15 }

/** Ruby's benchmark-ips: the file of `json!` and the text. https://github.com/evanphx/benchmark-ips */
export const benchmarkIps: TextFormat = {
  name: 'benchmark-ips',
  title: 'Ruby benchmark-ips (json!, text)',
  keeps: 'mean ± sd',
  detect(start) {
    const outline = outlineOf(start)
    if (outline.root !== 'none') return outline.has('[].name', '[].ips')
    return /^(?:Warming up|Calculating) -+$/m.test(start)
  },
  parse: (text) => ({ results: /^\s*\[/.test(text) ? readJson(text) : readText(text) }),
}

function readJson(text: string): Result[] {
  return parseJson(text)
    .array()
    .map((report) => {
      const mean = report.at('ips').amount()
      return result(
        report.at('name').string(),
        'throughput',
        '1/s',
        told({ mean, sd: report.get('stddev')?.amount() }, 1),
      )
    })
}

/**
 * Blocks of a warm-up, whose lines look alike but count `i/100ms`, the calculation and a comparison. A label of more than
 * 20 characters stands on a line of its own above its figures.
 */
function readText(text: string): Result[] {
  const results: Result[] = []
  let calculating = false
  let label = ''
  let warmed = 0
  for (const [i, line] of printedLines(text).entries()) {
    if (/i\/100ms$/.test(line.trimEnd())) warmed++
    if (/^(?:Warming up|Calculating) -+$/.test(line)) calculating = line.startsWith('C')
    else if (/^Comparison:/.test(line)) calculating = false
    else if (calculating) {
      const found = LINE.exec(line.trim())
      if (found !== null) {
        const [, name = label, value = '', prefix = '', percent = ''] = found
        const mean = figure(value, i + 1, 'i/s') * PREFIX[prefix]!
        const sd = (mean * figure(percent, i + 1, '±')) / 100
        results.push(result(name, 'throughput', '1/s', told({ mean, sd }, 1)))
      } else if (line.includes('(±') || /^\s+\S/.test(line))
        throw new FormatError(
          i + 1,
          `not a whole line: ${JSON.stringify(line.slice(0, 60))}`,
          'was the output cut short?',
        )
      label = line.trim()
    }
  }
  if (results.length < warmed)
    throw new FormatError(
      undefined,
      `${warmed} were warmed up and ${results.length} measured`,
      'was the output cut short?',
    )
  return results
}
