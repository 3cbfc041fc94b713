/** One service: started, watched until it is ready, ended with all its processes. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { lineOf, UserError } from '../../core/errors.ts'
import type { ServicePlan } from '../../core/service-plan.ts'
import { endFamily, endFamilyNow, type Family } from '../family.ts'
import { undoAtExit } from '../interrupts.ts'
import { endOf, lastLines } from '../last-lines.ts'
import { runLine, troubleOf } from '../process.ts'
import { type Exit, type Spawned, spawnLine } from '../spawn.ts'
import { untilReady } from './ready.ts'

export interface Start {
  readonly service: ServicePlan
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** An existing folder; what the service prints is kept in it until it has stopped. */
  readonly scratch: string
  readonly signal: AbortSignal
  /** Path without its ending of the files that keep what it printed; not kept unless told. */
  readonly log?: string
}

/** A service that has become ready. */
export interface Running {
  readonly service: ServicePlan
  /** The same object over all restarts; its root is that of the last one. */
  readonly family: Family
  /** Why it has ended although nobody ended it, with its last words; undefined while it runs. */
  trouble(): string | undefined
  /** SIGKILL to all its processes: until it is started again its absence is no trouble. */
  kill(): Promise<void>
  /** Starts again what was killed, under the same ports, and comes when it is ready; throws UserError if it never is. */
  restart(): Promise<void>
  /** Comes when nothing of it lives. Never throws. */
  stop(): Promise<void>
}

export type Started =
  | { readonly kind: 'running'; readonly running: Running }
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'aborted' }

/** Bytes of a kept log. */
const MOST_LOG = 10 * 2 ** 20

/** Comes when it is ready, or when it has failed and nothing of it lives. Never throws for what it does. */
export async function startService(start: Start): Promise<Started> {
  const { service, signal } = start
  if (signal.aborted) return { kind: 'aborted' }
  const logs = mkdtempSync(join(start.scratch, `${service.name}-`))
  const { family, exit } = spawnLife(start, logs)
  if (family === undefined) {
    const ended = await exit
    return { kind: 'error', reason: `the service ${service.name} ${troubleOf(ended)}` }
  }
  const { running, over } = watched(start, { ...family }, exit, logs)
  const reason = await failureToBecomeReady(start, running, logs, over())
  if (reason === undefined && !signal.aborted) return { kind: 'running', running }
  await running.stop()
  rmSync(logs, { recursive: true, force: true })
  return signal.aborted ? { kind: 'aborted' } : { kind: 'error', reason: reason! }
}

/** A restarted service bears the mark of the first one: whoever looks for its processes finds them. */
function spawnLife({ service, folder, env }: Start, logs: string, mark?: string): Spawned {
  return spawnLine({
    line: service.start,
    folder,
    env,
    stdout: join(logs, 'stdout'),
    stderr: join(logs, 'stderr'),
    ...(mark === undefined ? {} : { mark }),
  })
}

function watched(
  start: Start,
  family: { root: number; readonly mark: string },
  first: Promise<Exit>,
  logs: string,
): { running: Running; over: () => AbortSignal } {
  const { service } = start
  const guard = undoAtExit(() => endFamilyNow(family))
  let exit = first
  let ended: Exit | undefined
  let over = new AbortController()
  let down = false
  const watch = (): void => {
    const mine = exit
    const mineOver = over
    ended = undefined
    void mine.then((how) => {
      if (exit === mine) ended = how
      mineOver.abort()
    })
  }
  watch()
  const kill = async (): Promise<void> => {
    down = true
    await endFamily(family, { grace: 0 })
    await Promise.race([exit, wait(1000, undefined, { ref: false })])
  }
  const restart = async (): Promise<void> => {
    if (stopping !== undefined) return
    if (start.log !== undefined) keepLogs(logs, start.log)
    const again = spawnLife(start, logs, family.mark)
    if (again.family === undefined)
      throw new UserError(`the service ${service.name} ${troubleOf(await again.exit)}`)
    family.root = again.family.root
    exit = again.exit
    over = new AbortController()
    watch()
    down = false
    const reason = await failureToBecomeReady(start, running, logs, over.signal)
    if (reason !== undefined && !start.signal.aborted) throw new UserError(reason)
  }
  const stop = async (): Promise<void> => {
    // Its own way of stopping goes before ours, which then finds nothing left.
    if (service.stop !== undefined && ended === undefined) await askToStop(start, logs, exit)
    await endFamily(family, { grace: service.grace })
    // The parent hears of the end a moment after it.
    await Promise.race([exit, wait(1000, undefined, { ref: false })])
    guard.forget()
    if (start.log !== undefined) keepLogs(logs, start.log)
  }
  let stopping: Promise<void> | undefined
  const running: Running = {
    service,
    family,
    trouble: () => {
      if (ended === undefined || stopping !== undefined || down) return undefined
      return withWords(`${troubleOf(ended) ?? 'exit code 0'}`, logs)
    },
    kill,
    restart,
    stop: () => (stopping ??= stop()),
  }
  return { running, over: () => over.signal }
}

/** Runs the service's own `stop` line and gives the service its grace. */
async function askToStop({ service, folder, env }: Start, logs: string, exit: Promise<Exit>): Promise<void> {
  const scratch = join(logs, 'stop')
  mkdirSync(scratch, { recursive: true })
  const line = service.stop!
  const never = new AbortController().signal
  await runLine({ line, folder, env, timeout: service.grace, signal: never, scratch })
  await Promise.race([exit, wait(service.grace, undefined, { ref: false })])
}

async function failureToBecomeReady(
  start: Start,
  running: Running,
  logs: string,
  over: AbortSignal,
): Promise<string | undefined> {
  const { service, env, folder, signal } = start
  const late = AbortSignal.timeout(Math.min(service.within, 2 ** 31 - 1))
  const scratch = join(logs, 'ready')
  mkdirSync(scratch, { recursive: true })
  const why = await untilReady({
    ready: service.ready,
    env,
    folder,
    logs: [join(logs, 'stdout'), join(logs, 'stderr')],
    scratch,
    signal: AbortSignal.any([signal, late, over]),
  }).catch((error: unknown) => lineOf(error))
  const called = `the service ${service.name}`
  const trouble = running.trouble()
  if (trouble !== undefined) return `${called} ended before it was ready: ${trouble}`
  if (why === undefined) return undefined
  const what = late.aborted ? `was not ready within ${service.within / 1000} s: ${why}` : why
  return withWords(`${called} ${what}`, logs)
}

/** The end of each stream that holds anything: what came before is seldom asked for and can be a full disk. */
function keepLogs(logs: string, log: string): void {
  for (const name of ['stdout', 'stderr']) {
    const text = endOf(join(logs, name), MOST_LOG)
    if (text !== '') appendFileSync(`${log}.${name}.log`, text)
  }
}

/** With what it printed last: both streams, as services log to either. */
function withWords(what: string, logs: string): string {
  const words = ['stderr', 'stdout'].map((name) => lastLines(endOf(join(logs, name)))).filter(Boolean)
  return [what, ...words].join(': ')
}
