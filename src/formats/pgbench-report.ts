import { type Content, FormatError } from './format.ts'
import { LONGEST_PRINTED_LINE } from './lines.ts'
import { failuresOf, type Part, rateOf, read, resultsOf } from './pgbench-part.ts'

/** pgbench takes 128 scripts. */
const MOST_PARTS = 1000
const CUT = 'was the output cut short?'

/**
 * What pgbench prints at its end: means and rates, of the run and of each script if there were several. The latencies of
 * statements (-r) are left out. That a run was aborted is told on standard error alone, but shows in what was processed.
 */
export function readPgbenchReport(lines: readonly string[]): Content {
  const parts: Part[] = []
  for (const [i, line] of lines.entries()) {
    if (/^pgbench: (?:error|fatal): |Run was aborted/.test(line))
      throw new FormatError(i + 1, line.replace(/^pgbench: \w+: /, '').trim())
    const [, type] = /^transaction type: (.*)$/.exec(line) ?? []
    const [, script] = /^SQL script \d+: (.*)$/.exec(line) ?? []
    if (type !== undefined) {
      if (parts.length > 0) throw new FormatError(i + 1, 'a second run begins here', 'give each run a file')
      parts.push({ name: type === 'multiple scripts' ? '' : stable(type), lines: [] })
    } else if (script !== undefined) parts.push({ name: unlike(stable(script), parts), lines: [] })
    // What is longer is a statement, and those are left out.
    else if (line.length <= LONGEST_PRINTED_LINE) parts.at(-1)?.lines.push(line)
    if (parts.length > MOST_PARTS) throw new FormatError(i + 1, `more than ${MOST_PARTS} scripts`)
  }
  const [run, ...scripts] = parts
  if (run === undefined) throw new FormatError(undefined, 'the report of pgbench is not in it', CUT)
  const [, done, asked] = read(run, /^number of transactions actually processed: (\d+)(?:\/(\d+))?$/)
  if (done === undefined) throw new FormatError(lines.length, 'the number of transactions is missing', CUT)
  const processed = Number(done)
  if (processed > 0 && rateOf(run)[1] === undefined)
    throw new FormatError(lines.length, 'the transactions per second are missing', CUT)
  const { failed, skipped } = failuresOf(run)
  if (asked !== undefined && processed + failed + skipped < Number(asked)) {
    const reason = `the run was aborted: ${processed + failed + skipped} of ${asked} transactions were made`
    return { results: [{ benchmark: run.name, status: 'failed', reason }] }
  }
  const results = resultsOf(run, processed, lines.length)
  let sum = 0
  for (const script of scripts) {
    const [, own] = read(script, /^- (\d+) transactions? \(/)
    sum += Number(own ?? 0)
    results.push(...resultsOf(script, Number(own ?? 0), lines.length))
  }
  if (scripts.length > 0 && sum !== processed)
    throw new FormatError(lines.length, `the scripts' ${sum} transactions are not all ${processed}`, CUT)
  return { results }
}

/** A script is named as it was given to -f: of an absolute path only the file stays, as the folder differs by checkout. */
function stable(name: string): string {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(name)
    ? name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
    : name
}

/** The same script may be given twice, with other weights. */
function unlike(name: string, parts: readonly Part[]): string {
  const same = parts.slice(1).filter((part) => part.name.replace(/ \(\d+\)$/, '') === name).length
  return same === 0 ? name : `${name} (${same + 1})`
}
