import { sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import { type Content, type FolderFile, type FolderFormat, FormatError } from './format.ts'
import { parseJson } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { readBenchLines, readFigure } from './rust-lines.ts'

/**
 * criterion.rs: its folder `target/criterion` with every sample, the console, and `--output-format bencher`. The name is
 * the full id. https://bheisler.github.io/criterion.rs/book/
 */
export const criterion: FolderFormat = {
  name: 'criterion',
  title: 'criterion.rs (target/criterion, console, bencher)',
  keeps: 'raw samples (folder); mean (console, bencher)',
  detect: (start) =>
    /^(?:.*\S)?\s+time:\s+\[[\d.]+ (?:ps|ns|µs|μs|us|ms|s) /m.test(start) ||
    (/^test .+\.\.\. bench:\s+[\d,]+ ns\/iter \(\+\/- /m.test(start) && !/^running \d+ /m.test(start)),
  parse: (text) => ({ results: /\.\.\. bench:/.test(text) ? readBencher(text) : readConsole(text) }),
  picks: (path) => /(?:^|\/)new\/(?:benchmark|sample)\.json$/.test(path),
  parseFolder,
}

const STALE = 6 * 3600 * 1000

/** `base/` and `change/` are of an earlier run. A benchmark that was not run now is still there, and is warned about. */
function parseFolder(files: readonly FolderFile[]): Content {
  const samples = files.filter((file) => file.path.endsWith('sample.json'))
  const latest = samples.reduce((last, file) => Math.max(last, file.modified), 0)
  const byPath = new Map(files.map((file) => [file.path, file]))
  const read = samples.map((file) => {
    const about = byPath.get(file.path.replace(/sample\.json$/, 'benchmark.json'))
    if (about === undefined) throw new FormatError(file.path, 'there is no benchmark.json beside it')
    return { ...readSample(file, about), old: latest - file.modified > STALE }
  })
  return {
    results: read.map(({ result }) => result),
    warnings: read
      .filter(({ old }) => old)
      .map(({ result: { benchmark } }) => ({
        code: 'stale',
        message: `criterion measured ${benchmark} hours before the others: is it from an earlier run?`,
        benchmark,
      })),
  }
}

/** `times[i]` are the nanoseconds of `iters[i]` calls. */
function readSample(file: FolderFile, about: FolderFile): { result: Result } {
  const name = within(about.path, () => parseJson(about.text).at('full_id').string())
  const values = within(file.path, () => {
    const sample = parseJson(file.text)
    const calls = sample.at('iters').array()
    const times = sample.at('times').array()
    if (times.length !== calls.length || times.length === 0)
      throw sample.at('times').wrong(`${calls.length} times, one for each of iters`)
    return times.map((time, i) => {
      const count = calls[i]!.amount()
      if (count === 0) throw calls[i]!.wrong('at least one call')
      return time.amount() / count
    })
  })
  return { result: result(name, 'latency', 'ns', sampled(values)) }
}

/** Complaints of a file within the folder say which. */
function within<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof FormatError)
      throw new FormatError(`${path}: ${error.at}`, error.message, error.remedy)
    throw error
  }
}

function readBencher(text: string): Result[] {
  const { found, failed } = readBenchLines(printedLines(text))
  return [
    ...found.map(({ name, value, resolution }) =>
      result(name, 'latency', 'ns', told({ mean: value }, 1), resolution === undefined ? {} : { resolution }),
    ),
    ...failed.map((benchmark): Result => ({ benchmark, status: 'failed', reason: 'criterion says FAILED' })),
  ]
}

/** A long name stands on a line of its own above its `time:`; the middle figure is the estimate of the mean. */
function readConsole(text: string): Result[] {
  const results: Result[] = []
  const lines = printedLines(text).map((line) => line.replace(/^.*\r/, ''))
  let name = ''
  let begun: string | undefined
  for (const [i, line] of lines.entries()) {
    const started = /^Benchmarking (.+?)(?:: (?:Warming up|Collecting|Analyzing|Profiling).*)?$/.exec(line)
    const figures = /^(.*?)\s+(time|thrpt):\s+\[(.*)$/.exec(line)
    if (started !== null) {
      if (begun !== undefined && begun !== started[1]) throw new FormatError(i + 1, `${begun} has no time`)
      begun = started[1]
    } else if (figures !== null && /^[+\u2212-]?[\d.]+%/.test(figures[3]!)) {
      // How it changed since criterion's own last run: not a figure of this one.
    } else if (figures !== null) {
      const middle = /^\S+ \S+ (\S+ \S+) \S+ \S+\]/.exec(figures[3]!)?.[1]
      if (middle === undefined) throw new FormatError(i + 1, 'not a whole line', 'was the output cut short?')
      if (figures[1]!.trim() !== '') name = figures[1]!.trim()
      const { value, unit } = readFigure(middle, i + 1)
      const metric = figures[2] === 'time' ? 'latency' : 'throughput'
      results.push(
        result(name, metric, unit, told({ mean: value }, 1), metric === 'latency' ? {} : { primary: false }),
      )
      if (metric === 'latency') begun = undefined
    } else if (/^\S/.test(line)) name = line.trim()
  }
  if (begun !== undefined)
    throw new FormatError(lines.length, `${begun} has no time`, 'was the output cut short?')
  return results
}
