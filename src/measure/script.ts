/** One execution of a benchmark's script: start it, wait, read what it tells. */
import { renameSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sampled } from '../core/distribution.ts'
import { lineOf } from '../core/errors.ts'
import { nameResults } from '../core/naming.ts'
import { scriptEnvironment } from './environment.ts'
import type { Attempt, Outcome } from './execution.ts'
import { missingFileRemedy } from './hint.ts'
import { undoAtExit } from './interrupts.ts'
import { type Ended, lastWords, runLine, troubleOf } from './process.ts'

/** What the execution gives its script. */
export interface Scene {
  /** What its results are called, or the first part of it. */
  readonly name: string
  /** Ports of services and the parameter of a sweep; the benchmark's own environment goes before them. */
  readonly variables: Readonly<Record<string, string>>
  /** An existing folder; the caller removes it. */
  readonly scratch: string
}

/** Never throws for what the script does or prints. */
export async function executeScript(attempt: Attempt, scene: Scene): Promise<Outcome> {
  const { benchmark, workplace } = attempt
  const told = join(scene.scratch, 'results')
  const declared = benchmark.output === undefined ? undefined : resolve(workplace.folder, benchmark.output)
  const aside = declared === undefined ? undefined : moveAside(declared)
  const env = scriptEnvironment(process.env, scene.variables, benchmark.env, workplace.env, {
    TAILGATE_SIDE: workplace.side,
    TAILGATE_ROUND: String(attempt.round),
    TAILGATE_WARMUP: attempt.warmup ? '1' : undefined,
    TAILGATE_OUTPUT: told,
  })
  const instrument = benchmark.services === undefined ? attempt.instrument : undefined
  try {
    const ended = await runLine({
      line: instrument?.line(benchmark.run) ?? benchmark.run,
      folder: workplace.folder,
      env: { ...env, ...instrument?.env(env) },
      timeout: benchmark.timeout,
      signal: attempt.signal,
      scratch: scene.scratch,
      watched: [told, ...(declared === undefined ? [] : [declared])],
    })
    if (ended.ending.kind === 'aborted') return { kind: 'aborted' }
    const trouble = troubleOf(ended.ending)
    if (trouble !== undefined) return { kind: 'error', reason: withLastWords(trouble, ended, attempt.copied) }
    if (benchmark.takes === 'wall-time') return wallTime(scene.name, ended)
    return await read(attempt, scene.name, ended, told, declared)
  } finally {
    aside?.undo()
  }
}

/** The script is the operation: how long it took from start to end, whatever it printed. */
function wallTime(benchmark: string, { seconds }: Ended): Outcome {
  const data = sampled([seconds * 1e9])
  const result = { benchmark, metric: 'latency', unit: 'ns', better: 'lower' as const, data }
  return { kind: 'measured', parsed: { format: 'wall time', results: [result], warnings: [] }, seconds }
}

/** Reads the first of: the file named by $TAILGATE_OUTPUT, the declared file, standard output. */
async function read(
  attempt: Attempt,
  name: string,
  ended: Ended,
  told: string,
  declared: string | undefined,
): Promise<Outcome> {
  const { benchmark } = attempt
  const source = sizeOf(told) > 0 ? told : (declared ?? ended.stdout)
  if (sizeOf(source) === 0) {
    const what =
      declared === undefined
        ? 'printed nothing (print results to standard output, or write them to the file named by $TAILGATE_OUTPUT)'
        : `did not write ${benchmark.output} (write results to it or to the file named by $TAILGATE_OUTPUT, or leave \`output\` out and print them)`
    return { kind: 'error', reason: withLastWords(what, ended, attempt.copied) }
  }
  try {
    const parsed = nameResults(name, await attempt.ingest(source, benchmark.format))
    if (parsed.results.length === 0)
      return { kind: 'error', reason: withLastWords('its output has no result in it', ended, attempt.copied) }
    return { kind: 'measured', parsed, seconds: ended.seconds }
  } catch (error) {
    const called =
      source === ended.stdout ? 'standard output' : source === told ? '$TAILGATE_OUTPUT' : benchmark.output!
    return { kind: 'error', reason: lineOf(error).replaceAll(source, called) }
  }
}

/** Bytes of a file; 0 if there is none, or if it is not a file. */
function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat?.isFile() ? stat.size : 0
}

function withLastWords(what: string, ended: Ended, copied: boolean): string {
  const words = lastWords(ended)
  const told = words === '' ? what : `${what}: ${words}`
  const remedy = copied ? missingFileRemedy(words) : undefined
  return remedy === undefined ? told : `${told} (${remedy})`
}

/**
 * Takes the file of an earlier execution out of the way, so that only what this one writes is read. It comes back if
 * this one wrote none: the folder may be the user's own working tree.
 */
function moveAside(file: string): { undo: () => void } | undefined {
  const kept = `${file}.${process.pid}.before`
  try {
    renameSync(file, kept)
  } catch {
    return undefined // there is none
  }
  return undoAtExit(() => {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) renameSync(kept, file)
    else rmSync(kept, { recursive: true, force: true })
  })
}
