/** Calls the cache client in a process of its own, and finds out from its log why nothing was stored or found. */
import { fork } from 'node:child_process'
import type { CacheReply, CacheRequest } from './cache-client.ts'

export interface CacheProcess {
  /** The script that serves, and its arguments. */
  readonly script: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

export interface CacheAnswer {
  readonly reply: CacheReply
  /** What the client complained of, if of anything. */
  readonly complaint?: string
}

/** The client tries five times over 32 s when the service fails; more than this is a connection that hangs. */
const LONGEST = 5 * 60_000
/** Characters of log kept. */
const LOG = 100_000

/** `folder` is all of the workspace that the client sees; `temporary` holds its archive. */
export function callCache(
  client: CacheProcess,
  request: CacheRequest,
  { folder, temporary }: { folder: string; temporary: string },
): Promise<CacheAnswer> {
  const child = fork(client.script, [...client.args], {
    cwd: folder,
    env: { ...withoutInputs(client.env), GITHUB_WORKSPACE: folder, RUNNER_TEMP: temporary },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: LONGEST,
    killSignal: 'SIGKILL',
    ...(client.signal === undefined ? {} : { signal: client.signal }),
  })
  let log = ''
  const keep = (chunk: string): void => {
    log = (log + chunk).slice(-LOG)
  }
  child.stdout?.setEncoding('utf8').on('data', keep)
  child.stderr?.setEncoding('utf8').on('data', keep)
  return new Promise((resolve) => {
    let reply: CacheReply | undefined
    let failure = ''
    child.once('message', (message) => {
      reply = message as CacheReply
    })
    child.once('error', (error) => {
      failure = error.message
    })
    child.once('close', (code, signal) => {
      const why = /^\w*Error: .*$/m.exec(log)?.[0] ?? ''
      const ended =
        failure || `the cache client ended with ${signal ?? `code ${code}`} ${readable(why)}`.trim()
      resolve({ reply: reply ?? { kind: 'failed', reason: ended }, ...complaintOf(log) })
    })
    child.send(request, () => {
      // A child that is gone already is told by `close`.
    })
  })
}

/** The client needs the runner's service and its token, not what was handed to the action. */
function withoutInputs(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const withheld = /^(INPUT_|STATE_|GITHUB_(TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$|GH_TOKEN$)/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.test(name)))
}

/** Workflow commands of the toolkit, and the two reasons that it tells as mere information. */
const COMPLAINTS = [
  /^::(?:warning|error)(?: [^:]*)?::(.*)$/m,
  /^(Failed to save: .*)$/m,
  /^(Cache (?:restore|save) skipped: .*)$/m,
]

export function complaintOf(log: string): { complaint?: string } {
  for (const pattern of COMPLAINTS) {
    const found = pattern.exec(log)?.[1]
    if (found !== undefined) return { complaint: readable(found) }
  }
  return {}
}

/** Escapes undone, and no signed address in a message that goes into a comment. */
function readable(message: string): string {
  return message
    .replace(/%0D/gi, '')
    .replace(/%0A/gi, ' ')
    .replace(/%25/g, '%')
    .replace(/\?\S*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
