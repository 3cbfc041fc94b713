import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { printedLines } from './lines.ts'
import { errorRate, groupsOf, result, roundsOf } from './measured.ts'

/**
 * What `time` says of a command: GNU time with `-v`, in its short form and with `-p`, and the shells' own. Several runs
 * that were appended to one file are rounds. https://www.gnu.org/software/time/
 */
export const gnuTime: TextFormat = {
  name: 'time',
  title: 'GNU time (-v, -p, default) and the shell’s time',
  keeps: 'one value a run; each appended run is a round',
  detect: (start) =>
    /^\tCommand being timed: "/m.test(start) ||
    SHORT.test(start) ||
    (/^real\s+[\dm.,s]+$/m.test(start) &&
      /^user\s+[\dm.,s]+$/m.test(start) &&
      /^sys\s+[\dm.,s]+$/m.test(start)),
  parse(text) {
    const runs = text.includes('\tCommand being timed: ') ? readVerbose(text) : readBrief(text)
    const groups = [...groupsOf(runs, (run) => run.name)]
    return { results: groups.flatMap(([name, group]) => resultsOf(name, group)) }
  },
}

/** One run of a command: seconds and bytes. */
interface Run {
  readonly name: string
  readonly failed: boolean
  /** By metric, in seconds, bytes or as counted. */
  readonly figures: ReadonlyMap<string, number>
  /** Bash tells milliseconds, the others hundredths of a second. */
  readonly fine?: boolean
}

const SHORT =
  /^([\d.]+)user ([\d.]+)system ((?:\d+:)?\d+:[\d.]+)elapsed \S+CPU \(\d+avgtext\+\d+avgdata (\d+)maxresident\)k$/m

/** What is kept of `-v`: metric, how it is written. */
const LINES: Readonly<Record<string, readonly [metric: string, read: (text: string, at: number) => number]>> =
  {
    'User time (seconds)': ['user', seconds],
    'System time (seconds)': ['system', seconds],
    'Elapsed (wall clock) time (h:mm:ss or m:ss)': ['latency', clock],
    'Maximum resident set size (kbytes)': ['memory.peak', (text, at) => figure(text, at, 'kbytes') * 1024],
    'Major (requiring I/O) page faults': ['major page faults', (text, at) => figure(text, at, 'faults')],
    'Minor (reclaiming a frame) page faults': ['minor page faults', (text, at) => figure(text, at, 'faults')],
    'Voluntary context switches': ['voluntary context switches', (text, at) => figure(text, at, 'switches')],
    'Involuntary context switches': [
      'involuntary context switches',
      (text, at) => figure(text, at, 'switches'),
    ],
  }

const COMMAND = '\tCommand being timed: "'

/** Far longer than a name may be. */
const LONGEST_COMMAND = 100_000

function labelOf(line: string): string {
  return /^\t(.+?): \S+$/.exec(line)?.[1] ?? ''
}

function readVerbose(text: string): Run[] {
  const runs: { name: string; failed: boolean; figures: Map<string, number>; ended: boolean }[] = []
  let killed = false
  /** From its quote on: a command may run over lines. */
  let command: string | undefined
  if (!text.endsWith('\n'))
    throw new FormatError(undefined, 'its last line has no end', 'was the output cut short?')
  for (const [i, line] of printedLines(text).entries()) {
    if (command !== undefined && !(Object.hasOwn(LINES, labelOf(line)) && command.endsWith('"'))) {
      command += `\n${line}`
      if (command.length > LONGEST_COMMAND)
        throw new FormatError(i + 1, `a command of more than ${LONGEST_COMMAND} characters`)
      continue
    }
    if (command !== undefined) {
      runs.push({ name: command.replace(/"$/, ''), failed: killed, figures: new Map(), ended: false })
      command = undefined
      killed = false
    }
    if (/^Command (?:terminated by signal|exited with non-zero status|stopped by signal)/.test(line))
      killed = true
    if (line.startsWith(COMMAND)) {
      command = line.slice(COMMAND.length)
      continue
    }
    const [, label = '', value = ''] = /^\t(.+?): (\S+)$/.exec(line) ?? []
    const run = runs.at(-1)
    if (run === undefined) continue
    if (label === 'Exit status') {
      run.ended = true
      if (value !== '0') run.failed = true
    } else if (Object.hasOwn(LINES, label)) run.figures.set(LINES[label]![0], LINES[label]![1](value, i + 1))
  }
  if (command !== undefined)
    throw new FormatError(undefined, 'the times of a command are missing', 'was the output cut short?')
  for (const run of runs)
    if (!run.ended || !run.figures.has('latency'))
      throw new FormatError(
        undefined,
        `${JSON.stringify(run.name.slice(0, 60))} has no exit status`,
        'was the output cut short?',
      )
  return runs
}

/** The short form, and `real`, `user`, `sys` in seconds (`-p`) or as `0m0.190s` (bash). */
function readBrief(text: string): Run[] {
  const runs: Run[] = []
  let failed = false
  let parts = new Map<string, number>()
  for (const [i, line] of printedLines(text).entries()) {
    if (/^Command (?:terminated by signal|exited with non-zero status)/.test(line)) failed = true
    const short = SHORT.exec(line)
    const part = /^(real|user|sys)\s+(?:(\d+)m)?(\d+[.,]\d+)s?$/.exec(line.trimEnd())
    if (short !== null) {
      const [, user = '', system = '', elapsed = '', kibibytes = ''] = short
      const figures = new Map([
        ['latency', clock(elapsed, i + 1)],
        ['user', seconds(user, i + 1)],
        ['system', seconds(system, i + 1)],
        ['memory.peak', figure(kibibytes, i + 1, 'maxresident') * 1024],
      ])
      runs.push({ name: '', failed, figures })
      failed = false
    } else if (part !== null) {
      const metric = part[1] === 'real' ? 'latency' : part[1] === 'sys' ? 'system' : 'user'
      if (parts.has(metric)) throw new FormatError(i + 1, `a second "${part[1]}" before the run is whole`)
      parts.set(metric, Number(part[2] ?? 0) * 60 + seconds(part[3]!.replace(',', '.'), i + 1))
      if (parts.size === 3) {
        runs.push({ name: '', failed, figures: parts, fine: /\d\.\d{3}s?$/.test(line.trimEnd()) })
        parts = new Map()
        failed = false
      }
    }
  }
  if (parts.size > 0)
    throw new FormatError(undefined, 'real, user and sys are not all there', 'was the output cut short?')
  return runs
}

function seconds(text: string, at: number): number {
  return figure(text, at, 'seconds')
}

/** `h:mm:ss` or `m:ss.cc`. */
function clock(text: string, at: number): number {
  const parts = text.split(':').map((part) => figure(part, at, 'elapsed'))
  return parts.reduce((total, part) => total * 60 + part, 0)
}

const SECOND = 1e9
const FINE = { absolute: 1e6, because: 'whole milliseconds' }
const COARSE = { absolute: 1e7, because: 'hundredths of a second' }
const TIMES: readonly string[] = ['latency', 'user', 'system']

function resultsOf(name: string, runs: readonly Run[]): Result[] {
  const failed = runs.filter((run) => run.failed).length
  if (failed === runs.length)
    return [
      {
        benchmark: name,
        status: 'failed',
        reason: failed === 1 ? 'the command failed' : `all ${failed} runs failed`,
      },
    ]
  const results = [...runs[0]!.figures.keys()].map((metric): Result => {
    const time = TIMES.includes(metric)
    const unit = time ? 'ns' : metric === 'memory.peak' ? 'B' : 'count'
    const values = runs
      .flatMap((run) => run.figures.get(metric) ?? [])
      .map((value) => (time ? value * SECOND : value))
    const main = metric === 'latency' || metric === 'memory.peak'
    const measured =
      values.length > 1 ? roundsOf(values) : { data: { kind: 'scalar' as const, value: values[0]! } }
    const { data, ...rounds } = measured
    return result(name, metric, unit, data, {
      ...rounds,
      ...(main ? {} : { primary: false }),
      ...(time ? { resolution: runs[0]!.fine === true ? FINE : COARSE } : {}),
      ...(unit === 'count' ? { better: 'lower' } : {}),
    })
  })
  return runs.length > 1 ? [...results, errorRate(name, failed, runs.length)] : results
}
