import type { Result } from '../core/result.ts'
import { tidy } from '../core/unit.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'

const TIME = '(\\d[\\d.eE+-]*) (ns|us|ms|s|m)'
const COUNTS = new RegExp(`^(.*?) +(\\d+) +(\\d+) +${TIME} *$`)
const THREE = new RegExp(`^ +${TIME} +${TIME} +${TIME} *$`)

/**
 * The console's table: a name, wrapped in its column, with samples and iterations behind its last line; then a line of
 * means and one of standard deviations, each figure with its own unit.
 */
export function readCatch2Console(text: string): Result[] {
  const results: Result[] = []
  const lines = printedLines(text)
  let testCase = ''
  let inTable = false
  let wrapped: string[] = []
  let current: { name: string; count: number; mean?: number } | undefined
  let ended = false
  for (const [i, line] of lines.entries()) {
    const three = THREE.exec(line)
    const counts = COUNTS.exec(line)
    if (/^benchmark name +samples/.test(line)) {
      inTable = false
      testCase = caseAbove(lines, i)
      wrapped = []
    } else if (/^-{70,}$/.test(line)) inTable = !inTable
    else if (/^={70,}$/.test(line)) {
      inTable = false
      ended = true
    } else if (!inTable || line.trim() === '') continue
    else if (three !== null && current !== undefined) {
      const value = tidy(figure(three[1]!, i + 1, 'mean'), three[2]!).value
      if (current.mean === undefined) current.mean = value
      else {
        results.push(
          result(
            current.name,
            'latency',
            'ns',
            told({ count: current.count, mean: current.mean, sd: value }, 1),
          ),
        )
        current = undefined
      }
    } else if (counts !== null) {
      if (current !== undefined)
        throw new FormatError(i + 1, `${JSON.stringify(current.name)} has no figures`)
      current = { name: named(testCase, [...wrapped, counts[1]!]), count: Number(counts[2]) }
      wrapped = []
    } else if (/benchmark failed/i.test(line)) {
      const name = current?.name ?? named(testCase, [...wrapped, line.replace(/ *benchmark failed.*/i, '')])
      results.push({
        benchmark: name,
        status: 'failed',
        reason: /\((.*)\)/.exec(line)?.[1] ?? 'the benchmark failed',
      })
      current = undefined
      wrapped = []
    } else wrapped.push(line.trim())
  }
  if (current !== undefined || !ended)
    throw new FormatError(lines.length, 'the report has no end', 'was the output cut short?')
  return results
}

function named(testCase: string, pieces: readonly string[]): string {
  // A word that did not fit was cut with a hyphen.
  const name = pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .reduce(
      (all, piece) => (all.endsWith('-') && all.length > 30 ? all.slice(0, -1) + piece : `${all} ${piece}`),
      '',
    )
  return testCase === '' ? name.trim() : `${testCase}/${name.trim()}`
}

/** Between two rules stand the test case and, indented under it, the sections. */
function caseAbove(lines: readonly string[], table: number): string {
  const rules = lines.slice(0, table).flatMap((line, i) => (/^-{70,}$/.test(line) ? [i] : []))
  const dots = lines.slice(0, table).findLastIndex((line) => /^\.{70,}$/.test(line))
  const close = rules.findLast((rule) => rule < dots)
  const open = rules.findLast((rule) => close !== undefined && rule < close)
  if (open === undefined || close === undefined) return ''
  return lines
    .slice(open + 1, close)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('/')
}
