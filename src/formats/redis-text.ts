import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { LONGEST_PRINTED_LINE } from './lines.ts'
import { type RedisTest, refuseTrouble, resultsOfRedis } from './redis-figures.ts'

const CUT = 'was the output cut short?'
const PROGRESS = /^(.*): rps=\S+ \(overall: \S+\) avg_msec=/
const QUIET = /^(.+): ([\d.]+) requests per second(?:, p50=([\d.]+) msec)?$/
const SUMMARY: Readonly<Record<string, string>> = { avg: 'mean', min: 'min', max: 'max' }

/**
 * The report for people and the lines of `-q`. A carriage return takes back the progress that stands before it; a test
 * of which only the progress is there did not end.
 */
export function readRedisText(text: string): Result[] {
  const results: Result[] = []
  let test: { name: string; line: number; count?: number; rate?: number; header?: string[] } | undefined
  let running: string | undefined
  for (const [i, line] of text.split('\n').entries()) {
    const number = i + 1
    for (const raw of line.split('\r')) {
      if (raw.length > LONGEST_PRINTED_LINE)
        throw new FormatError(number, `this line is longer than ${LONGEST_PRINTED_LINE} characters`)
      const words = raw.trim()
      refuseTrouble(words, number)
      const heading = /^====== (.+) ======$/.exec(words)
      const quiet = test === undefined ? QUIET.exec(words) : null
      const progress = PROGRESS.exec(words)
      if (progress !== null) running = progress[1]!
      else if (heading !== null) {
        finish(test)
        test = { name: heading[1]!, line: number }
        running = undefined
      } else if (quiet !== null) {
        const [, name = '', rate = '', median] = quiet
        const quantiles: Record<string, number> =
          median === undefined ? {} : { p50: figure(median, number, 'p50') }
        results.push(
          ...resultsOfRedis({ name, rate: figure(rate, number, 'requests per second'), quantiles }),
        )
        running = undefined
      } else if (test !== undefined) {
        const whole = readLine(test, words, number)
        if (whole === undefined) continue
        results.push(...resultsOfRedis(whole))
        test = undefined
      }
    }
  }
  finish(test)
  if (running !== undefined)
    throw new FormatError(
      undefined,
      `there is only the progress of ${JSON.stringify(running.slice(0, 60))}`,
      CUT,
    )
  return results
}

/** A test that began has to end before the next. */
function finish(test: { name: string; line: number } | undefined): void {
  if (test !== undefined)
    throw new FormatError(test.line, `${JSON.stringify(test.name.slice(0, 60))} has no summary`, CUT)
}

/** Takes in a line of a test's report; the last one gives the test. */
function readLine(
  test: { name: string; count?: number; rate?: number; header?: string[] },
  words: string,
  number: number,
): RedisTest | undefined {
  const [, count] = /^(\d+) requests completed in /.exec(words) ?? []
  if (count !== undefined) test.count = figure(count, number, 'requests')
  const [, summary] = /^throughput summary: (\S+) requests per second$/.exec(words) ?? []
  if (summary !== undefined) test.rate = figure(summary, number, 'throughput')
  const { name, header } = test
  const counted = test.count === undefined ? {} : { count: test.count }
  // To version 6.0 the rate ends the report, and latencies are shares of whole milliseconds.
  const [, rate] = /^(\S+) requests per second$/.exec(words) ?? []
  if (rate !== undefined)
    return { name, ...counted, rate: figure(rate, number, 'requests per second'), quantiles: {} }
  if (/^avg\s+min\s+p50\s/.test(words)) test.header = words.split(/\s+/)
  else if (header !== undefined && test.rate !== undefined) {
    const figures = words.split(/\s+/)
    if (figures.length !== header.length)
      throw new FormatError(number, `expected ${header.length} latencies, got ${figures.length}`, CUT)
    const read = header.map((column, i) => [column, figure(figures[i]!, number, column)] as const)
    return {
      name,
      ...counted,
      rate: test.rate,
      ...Object.fromEntries(
        read.flatMap(([key, value]) => (SUMMARY[key] === undefined ? [] : [[SUMMARY[key], value]])),
      ),
      quantiles: Object.fromEntries(read.filter(([key]) => /^p\d+$/.test(key))),
    }
  }
  return undefined
}
