import type { Resolution } from '../core/result.ts'
import { tidy } from '../core/unit.ts'
import { figure, grouped } from './csv.ts'
import { FormatError } from './format.ts'
import { printedTo } from './resolution.ts'

/** `test NAME ... bench:  4,597.21 ns/iter (+/- 11,576.95) = 12 MB/s`. */
export interface BenchLine {
  readonly name: string
  /** Nanoseconds. */
  readonly value: number
  readonly resolution?: Resolution
  /** Bytes per second. */
  readonly rate?: number
}

const LINE =
  /^test (.+?)\s*\.\.\. bench:\s*([\d,]+(?:\.\d+)?) ns\/iter \(\+\/- [\d,]+(?:\.\d+)?\)(?: = ([\d,]+) MB\/s)?$/

/** With `-q` a failure is printed in a form of its own. */
const FAILED = /^test (.+?)\s*\.\.\. FAILED$|^(\S.*?) --- FAILED$/

/** The beginning of a line that says how a test or a suite went, and not its end. */
const CUT = /^test (?!result: .)(?!.* \.\.\. (?:ok|ignored))/

/** The lines of libtest's and criterion's `bencher` output. A line that begins as one and does not end as one is refused. */
export function readBenchLines(lines: readonly string[]): { found: BenchLine[]; failed: string[] } {
  const found: BenchLine[] = []
  const failed: string[] = []
  for (const [i, raw] of lines.entries()) {
    const line = raw.trimEnd()
    const match = LINE.exec(line)
    if (match !== null) {
      const [, name = '', value = '', rate] = match
      const resolution = printedTo(value, 'nanoseconds', 1)
      found.push({
        name,
        value: grouped(value, i + 1, 'ns/iter'),
        ...(resolution === undefined ? {} : { resolution }),
        ...(rate === undefined ? {} : { rate: tidy(grouped(rate, i + 1, 'MB/s'), 'MB/s').value }),
      })
    } else if (FAILED.test(line))
      failed.push(
        FAILED.exec(line)!
          .slice(1)
          .find((name) => name !== undefined)!,
      )
    else if (/^test .*\.\.\. bench:/.test(line) || (CUT.test(line) && i === lines.length - 1))
      throw new FormatError(
        i + 1,
        `not a whole line: ${JSON.stringify(line.slice(0, 80))}`,
        'was the output cut short?',
      )
  }
  return { found, failed }
}

/** `18.096 µs` in nanoseconds, `1.2 Melem/s` and `3 GiB/s` in their base unit. */
export function readFigure(text: string, at: number): { value: number; unit: string } {
  const [number = '', word = ''] = text.trim().split(/\s+/)
  const value = figure(number, at, word)
  const elements = /^([KMG]?)elem\/s$/.exec(word)
  if (elements !== null)
    return { value: value * { '': 1, K: 1e3, M: 1e6, G: 1e9 }[elements[1]!]!, unit: '1/s' }
  const base = tidy(value, word)
  if (base.unit !== 'ns' && base.unit !== 'B/s')
    throw new FormatError(at, `unknown unit ${JSON.stringify(word)}`)
  return base
}
