import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { parseJson } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

const LINE = /^(.*\S)\s+([\d.]+)([kMBTQ]?) \(±\s*([\d.]+)%\) i\/s(?:\s|$)/
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

/** The lines of the warm-up look alike but count `i/100ms`. */
function readText(text: string): Result[] {
  const results: Result[] = []
  const calculating = text.search(/^Calculating -+$/m)
  const before = calculating === -1 ? 0 : text.slice(0, calculating).split('\n').length - 1
  const lines = printedLines(calculating === -1 ? text : text.slice(calculating))
  for (const [i, line] of lines.entries()) {
    const number = before + i + 1
    if (/^Comparison:/.test(line)) break
    const found = LINE.exec(line.trimStart())
    if (found !== null) {
      const [, name = '', value = '', prefix = '', percent = ''] = found
      const mean = figure(value, number, 'i/s') * PREFIX[prefix]!
      const sd = (mean * figure(percent, number, '±')) / 100
      results.push(result(name, 'throughput', '1/s', told({ mean, sd }, 1)))
    } else if (/\(±/.test(line) || (i > 0 && /^\s+\S/.test(line) && !line.includes('i/100ms')))
      throw new FormatError(
        number,
        `not a whole line: ${JSON.stringify(line.slice(0, 60))}`,
        'was the output cut short?',
      )
  }
  const warmed = text.match(/i\/100ms/g)?.length ?? 0
  if (results.length < warmed)
    throw new FormatError(
      undefined,
      `${warmed} were warmed up and ${results.length} measured`,
      'was the output cut short?',
    )
  return results
}
