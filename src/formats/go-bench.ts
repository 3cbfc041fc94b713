import type { Result } from '../core/result.ts'
import { FormatError, type TextFormat } from './format.ts'
import { readGoEvents } from './go-events.ts'
import { gatherGo } from './go-results.ts'
import { LONGEST_PRINTED_LINE } from './lines.ts'
import { outlineOf } from './outline.ts'

/** What `go test -bench` prints, also with `-json`. https://go.dev/design/14313-benchmark-format */
export const goBench: TextFormat = {
  name: 'go-bench',
  title: 'go test -bench (text, -json)',
  keeps: 'the mean of each run; each -count line is a round',
  detect(start) {
    const outline = outlineOf(start)
    if (outline.root === 'object')
      return outline.has('Action') && (outline.has('Package') || outline.has('ImportPath'))
    return /^Benchmark\S*\s+\d+\s+[\d.]+(?:[eE][+-]?\d+)? \S/m.test(start) && !/^\s*[[<]/.test(start)
  },
  parse: (text) => ({
    results: readGo(
      /^\s*\{/.test(text)
        ? readGoEvents(text)
        : text.split('\n').map((line, i) => ({ text: line, number: i + 1 })),
    ),
  }),
}

/** A line of what `go test` printed, with its number in the file. */
export interface GoLine {
  readonly text: string
  readonly number: number
  /** Where the line itself does not say: the package of a test2json event. */
  readonly package?: string
}

export interface GoRun {
  readonly package: string
  /** As printed, with `Benchmark` and the `-8` of GOMAXPROCS. */
  readonly name: string
  /** `text`: the figure as printed. */
  readonly figures: readonly { readonly value: number; readonly unit: string; readonly text: string }[]
}

export interface GoStop {
  readonly package: string
  /** As printed; the package's own path where no benchmark is named. */
  readonly name: string
  readonly status: 'failed' | 'skipped'
}

/** Reads headers, result lines and failures; throws FormatError with the line. */
export function readGo(lines: Iterable<GoLine>): Result[] {
  const runs: GoRun[] = []
  const stops: GoStop[] = []
  let header = ''
  let opened: number | undefined
  /** A benchmark that prints has its text between its name and its figures. */
  const torn = new Map<string, string>()
  for (const { text, number, package: told } of lines) {
    const pkg = told ?? header
    if (text.length > LONGEST_PRINTED_LINE && !text.startsWith('Benchmark')) continue
    if (text.length > LONGEST_PRINTED_LINE)
      throw new FormatError(number, `this line is longer than ${LONGEST_PRINTED_LINE} characters`)
    const rest = torn.get(pkg)
    if (rest !== undefined && /^ *\d+\t +\d[\d.]* \S/.test(text)) {
      runs.push({ package: pkg, name: rest, figures: figuresOf(text.trim(), number) })
      torn.delete(pkg)
      continue
    }
    const bench = /^(Benchmark\S*)\s+(\S.*)$/.exec(text)
    if (text.startsWith('pkg: ')) {
      header = text.slice(5).trim()
      opened = number
    } else if (bench !== null && /^\d+(?:\s|$)/.test(bench[2]!))
      runs.push({ package: pkg, name: bench[1]!, figures: figuresOf(bench[2]!, number) })
    else if (/^Benchmark\S* *\t/.test(text)) torn.set(pkg, /^\S+/.exec(text)![0])
    else if (text.startsWith('--- FAIL: Benchmark') || text.startsWith('--- SKIP: Benchmark'))
      stops.push({
        package: pkg,
        name: /^\S+\s+\S+\s+(\S+)/.exec(text)![1]!,
        status: text[4] === 'F' ? 'failed' : 'skipped',
      })
    else if (/^FAIL\t/.test(text)) {
      const failed = text.split('\t')[1]!.replace(/ .*/, '').trim()
      if (!stops.some((stop) => stop.status === 'failed' && (stop.package === failed || stop.package === '')))
        stops.push({ package: failed, name: failed, status: 'failed' })
      opened = undefined
    } else if (/^(?:PASS|FAIL|ok\s.*)$/.test(text.trimEnd())) opened = undefined
  }
  if (runs.length === 0 && stops.length === 0)
    throw new FormatError(undefined, 'no benchmark line is in it', 'run go test with -bench .')
  if (opened !== undefined)
    throw new FormatError(
      opened,
      'this package has no PASS, ok or FAIL at its end',
      'was the output cut short?',
    )
  return gatherGo(runs, stops)
}

/** `320  219301 ns/op  143 B/op`: the iterations, then pairs of figure and unit. */
function figuresOf(text: string, number: number): GoRun['figures'] {
  const [, ...words] = text.trim().split(/\s+/)
  if (words.length === 0 || words.length % 2 !== 0)
    throw new FormatError(
      number,
      'expected pairs of a figure and a unit after the iterations',
      'was the line cut short?',
    )
  const figures = []
  for (let i = 0; i < words.length; i += 2) {
    const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(words[i]!)
      ? Number(words[i])
      : Number.NaN
    if (!Number.isFinite(value))
      throw new FormatError(number, `expected a finite number, got ${JSON.stringify(words[i])}`)
    figures.push({ value, unit: words[i + 1]!, text: words[i]! })
  }
  return figures
}
