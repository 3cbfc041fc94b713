/** Runs from what people have: a tool's output, a directory of rounds, a saved run. */
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Measurement } from './core/distribution.ts'
import { UserError } from './core/errors.ts'
import type { MetricResult, Parsed, Result } from './core/result.ts'
import { isFailed, keyOf } from './core/result.ts'
import type { Run, RunBenchmark, Series } from './core/run.ts'
import { seriesOf } from './core/series.ts'
import type { Warning } from './core/warning.ts'
import { ingest } from './ingest.ts'
import { VERSION } from './version.ts'

export interface Loaded {
  readonly run: Run
  /** What was read: `file`, `directory` of rounds, saved `run`. */
  readonly kind: 'file' | 'directory' | 'run'
  readonly warnings: readonly Warning[]
}

/** Throws UserError on what is not there, empty, or not readable; absent is told from unreadable. */
export async function loadRounds(path: string, format: string): Promise<Loaded> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const what =
      error.code === 'ENOENT' ? 'there is no such file or directory' : `cannot be read: ${error.code}`
    throw new UserError(what, { place: path, cause: error })
  })
  if (found.isDirectory()) return roundsOf(path, format)
  if (await isSavedRun(path)) {
    // Histograms weigh on the start of a program that has none to read.
    const { loadRun } = await import('./stores/run-file.ts')
    return { run: await loadRun(path), kind: 'run', warnings: [] }
  }
  const parsed = await ingest(path, format)
  return { run: runOfParsed(parsed), kind: 'file', warnings: parsed.warnings }
}

/** A saved run is gzipped, or JSON that names its schema in its first characters. */
async function isSavedRun(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const start = Buffer.alloc(64)
    const { bytesRead } = await file.read(start, 0, start.length, 0)
    if (bytesRead >= 2 && start[0] === 0x1f && start[1] === 0x8b) return true
    return /^\uFEFF?\s*\{\s*"schema"\s*:\s*"tailgate-run\//.test(start.toString('utf8', 0, bytesRead))
  } finally {
    await file.close()
  }
}

/** A directory's files in name order (`r2` before `r10`) are the rounds. */
async function roundsOf(folder: string, format: string): Promise<Loaded> {
  const entries = await readdir(folder, { withFileTypes: true })
  const collator = new Intl.Collator('en', { numeric: true })
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort(collator.compare)
  if (names.length === 0)
    throw new UserError('there is no file in this directory', {
      place: folder,
      remedy: 'each file is a round',
    })
  const rounds: Parsed[] = []
  for (const name of names) rounds.push(await ingest(join(folder, name), format))
  return {
    run: joinRounds(rounds, (i) => join(folder, names[i]!)),
    kind: 'directory',
    warnings: distinct(rounds),
  }
}

function distinct(rounds: readonly Parsed[]): Warning[] {
  return [...new Map(rounds.flatMap((r) => r.warnings).map((w) => [`${w.code}\0${w.message}`, w])).values()]
}

function named(parsed: Parsed, result: Result): Result {
  return result.benchmark === '' ? { ...result, benchmark: parsed.format } : result
}

/** One output: one round, unless its tool marks rounds inside. */
function runOfParsed(parsed: Parsed): Run {
  const results = parsed.results.map((result) => named(parsed, result))
  const measured = results.filter((result): result is MetricResult => !isFailed(result))
  return {
    tool: VERSION,
    benchmarks: benchmarksOf(results),
    series: measured.map((result) => seriesOf(result, result.rounds ?? [result.data])),
  }
}

/** Outputs one after another, each a round. A round that lacks what others have is an error: it is never left out. */
function joinRounds(rounds: readonly Parsed[], place: (round: number) => string): Run {
  const series = new Map<string, { first: MetricResult; rounds: Measurement[] }>()
  const results = rounds.map((parsed) => parsed.results.map((result) => named(parsed, result)))
  results.forEach((round, i) => {
    for (const result of round) {
      if (isFailed(result)) continue
      const known = series.get(keyOf(result)) ?? { first: result, rounds: [] }
      if (known.first.unit !== result.unit)
        throw new UserError(
          `the unit of ${result.metric} is ${result.unit}, in other rounds ${known.first.unit}`,
          {
            place: place(i),
          },
        )
      known.rounds.push(result.data)
      series.set(keyOf(result), known)
    }
  })
  const failed = new Set(results.flat().flatMap((result) => (isFailed(result) ? result.benchmark : [])))
  const whole: Series[] = []
  for (const { first, rounds: measured } of series.values()) {
    if (failed.has(first.benchmark)) continue
    if (measured.length !== rounds.length) {
      const round = results.findIndex(
        (of) => !of.some((result) => !isFailed(result) && keyOf(result) === keyOf(first)),
      )
      throw new UserError(`has no ${first.metric} of "${first.benchmark}", which other rounds have`, {
        place: place(Math.max(0, round)),
        remedy: 'every round must measure the same',
      })
    }
    whole.push(seriesOf(first, measured))
  }
  return { tool: VERSION, benchmarks: benchmarksOf(results.flat()), series: whole }
}

function benchmarksOf(results: readonly Result[]): RunBenchmark[] {
  const benchmarks = new Map<string, RunBenchmark>()
  for (const result of results) {
    const name = result.benchmark
    if (isFailed(result))
      benchmarks.set(name, { name, declared: name, status: result.status, reason: result.reason })
    else if (!benchmarks.has(name)) benchmarks.set(name, { name, declared: name, status: 'measured' })
  }
  return [...benchmarks.values()]
}

/** What a source is called in a report. */
export function titleOf(path: string): string {
  return basename(path)
}
