import type { Resolution, Result } from '../core/result.ts'
import { FormatError, type TextFormat } from './format.ts'
import { parseJsonLine } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'
import { readBenchLines } from './rust-lines.ts'

/**
 * Rust's own benchmarks (`cargo bench`, text and `--format json`): the median; what is printed as `+/-` is the range from
 * the fastest to the slowest sample and no deviation, so it is not kept.
 * https://doc.rust-lang.org/unstable-book/library-features/test.html
 */
export const libtest: TextFormat = {
  name: 'libtest',
  title: 'Rust libtest (cargo bench, text and JSON)',
  keeps: 'median',
  detect(start) {
    if (/^running \d+ (?:tests?|benches)$/m.test(start) && /^test .+\.\.\. bench: /m.test(start)) return true
    const outline = outlineOf(start)
    if (outline.root !== 'object' || !outline.has('type')) return false
    return outline.text('type') === 'suite'
      ? /"type": ?"bench"/.test(start)
      : outline.text('type') === 'bench'
  },
  parse: (text) => ({ results: /^\s*\{/.test(text) ? readJson(text) : readText(text) }),
}

function readText(text: string): Result[] {
  const lines = printedLines(text)
  const { found, failed } = readBenchLines(lines)
  const suites = lines.filter((line) => /^running \d+ /.test(line)).length
  const ends = lines.filter((line) => /^test result: /.test(line)).length
  if (ends < suites)
    throw new FormatError(lines.length, 'a suite has no "test result:"', 'was the output cut short?')
  return [
    ...found.flatMap(({ name, value, rate, resolution }) => resultsOf(name, value, rate, resolution)),
    ...failed.map((benchmark): Result => ({ benchmark, status: 'failed', reason: 'libtest says FAILED' })),
  ]
}

function resultsOf(
  name: string,
  median: number,
  rate: number | undefined,
  resolution: Resolution | undefined,
): Result[] {
  return [
    result(
      name,
      'latency',
      'ns',
      told({ quantiles: { p50: median } }, 1),
      resolution === undefined ? {} : { resolution },
    ),
    ...(rate === undefined
      ? []
      : [result(name, 'throughput', 'B/s', { kind: 'scalar', value: rate }, { primary: false })]),
  ]
}

/** One event a line; `mib_per_second` is in 10⁶ bytes all the same. */
function readJson(text: string): Result[] {
  const results: Result[] = []
  let open = 0
  const lines = text.split('\n')
  for (const [i, line] of lines.entries()) {
    if (!line.trimStart().startsWith('{')) continue
    const event = parseJsonLine(line, i + 1)
    const type = event.at('type').string()
    const what = event.get('event')?.string()
    if (type === 'suite') open += what === 'started' ? 1 : -1
    else if (type === 'bench') {
      const rate = event.get('mib_per_second')?.amount()
      const median = event.at('median').amount()
      results.push(
        ...resultsOf(
          event.at('name').string(),
          median,
          rate === undefined ? undefined : rate * 1e6,
          undefined,
        ),
      )
    } else if (type === 'test' && what === 'failed')
      results.push({ benchmark: event.at('name').string(), status: 'failed', reason: 'libtest says failed' })
  }
  if (open > 0) throw new FormatError(lines.length, 'a suite has no end', 'was the output cut short?')
  return results
}
