/** Runs one shell line as a family of processes of its own, its output in files, and ends all of it. */
import { statSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { endFamily, endFamilyNow } from './family.ts'
import { undoAtExit } from './interrupts.ts'
import { endOf, lastLines } from './last-lines.ts'
import { type Exit, spawnLine } from './spawn.ts'

export interface ShellLine {
  readonly line: string
  /** Absolute path. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal
  /** An existing folder for its standard output and error. */
  readonly scratch: string
  /** Files that it may write, held to `limit` like its output. */
  readonly watched?: readonly string[]
  /** Bytes that any of its files may reach. */
  readonly limit?: number
  /** Milliseconds that what a finished line left running may go on. */
  readonly linger?: number
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace?: number
}

export type Ending =
  | Exit
  | { readonly kind: 'timeout'; readonly after: number }
  | { readonly kind: 'flooded'; readonly limit: number }
  | { readonly kind: 'aborted' }

export interface Ended {
  readonly ending: Ending
  /** Wall time from start to exit of the line itself. */
  readonly seconds: number
  /** Paths of what it printed. */
  readonly stdout: string
  readonly stderr: string
  /** Processes that it left running; they have been ended. */
  readonly outlived: number
}

/** Larger output is no result of a benchmark but a runaway loop. */
const OUTPUT_LIMIT = 4 * 2 ** 30
/** Milliseconds between two looks at the size of its files. */
const LOOK = 500
/** Long enough for what is still in a pipe to be written (`> >(tee log)` in bash). */
const LINGER = 100

/** Never throws for what the line does; comes back when neither it nor anything it started lives. */
export async function runLine(job: ShellLine): Promise<Ended> {
  const stdout = join(job.scratch, 'stdout')
  const stderr = join(job.scratch, 'stderr')
  const ended = (ending: Ending, seconds = 0, outlived = 0): Ended => ({
    ending,
    seconds,
    stdout,
    stderr,
    outlived,
  })
  if (job.signal.aborted) return ended({ kind: 'aborted' })
  const began = performance.now()
  const { family, exit } = spawnLine({ ...job, stdout, stderr })
  if (family === undefined) return ended(await exit)

  const guard = undoAtExit(() => endFamilyNow(family))
  const cut = cutShort(job, [stdout, stderr, ...(job.watched ?? [])])
  try {
    const first = await Promise.race([exit, cut.ending])
    const seconds = (performance.now() - began) / 1000
    const itself = first.kind === 'exited' || first.kind === 'signalled'
    const left = await endFamily(family, { linger: itself ? (job.linger ?? LINGER) : 0, grace: job.grace })
    // Not for ever: one that waits for a dead disk cannot be ended.
    await Promise.race([exit, wait(1000, undefined, { ref: false })])
    return ended(first, seconds, itself ? left : 0)
  } finally {
    cut.clear()
    guard.forget()
  }
}

/** What ends a line before its time: the timeout, an abort, a flood of output. */
function cutShort(job: ShellLine, files: readonly string[]): { ending: Promise<Ending>; clear: () => void } {
  const limit = job.limit ?? OUTPUT_LIMIT
  let clear = (): void => {}
  const ending = new Promise<Ending>((resolve) => {
    const timer = setTimeout(
      () => resolve({ kind: 'timeout', after: job.timeout }),
      Math.min(job.timeout, 2 ** 31 - 1),
    )
    const look = setInterval(() => {
      const flooded = files.some((file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit)
      if (flooded) resolve({ kind: 'flooded', limit })
    }, LOOK)
    const onAbort = (): void => resolve({ kind: 'aborted' })
    job.signal.addEventListener('abort', onAbort, { once: true })
    clear = () => {
      clearTimeout(timer)
      clearInterval(look)
      job.signal.removeEventListener('abort', onAbort)
    }
  })
  return { ending, clear }
}

/** `exit code 3`, `killed by SIGKILL`, `did not end within 120 s`: undefined if it went well. */
export function troubleOf(ending: Ending): string | undefined {
  switch (ending.kind) {
    case 'exited': {
      if (ending.code === 0) return undefined
      const signal = signalName(ending.code - 128)
      if (ending.code === 127) return 'exit code 127 (command not found)'
      return signal === undefined ? `exit code ${ending.code}` : `exit code ${ending.code} (${signal})`
    }
    case 'signalled':
      return `killed by ${ending.signal}${ending.signal === 'SIGKILL' ? ' (out of memory?)' : ''}`
    case 'timeout':
      return `did not end within its timeout of ${ending.after / 1000} s, and was ended with all its processes`
    case 'flooded':
      return `wrote more than ${(ending.limit / 2 ** 30).toPrecision(2)} GiB, and was ended`
    case 'aborted':
      return 'was interrupted'
    case 'unstartable':
      return `could not be started: ${ending.reason}`
  }
}

/** Shells tell the signal that ended their last command as 128 + its number. */
function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
}

/** What it said last: standard error, else standard output; empty if nothing. */
export function lastWords(ended: Ended): string {
  return lastLines(endOf(ended.stderr)) || lastLines(endOf(ended.stdout))
}
