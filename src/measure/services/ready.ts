/** Asks a service over and over whether it can be used. */
import { closeSync, openSync, readSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expand } from '../../core/expand.ts'
import type { Readiness } from '../../core/service-plan.ts'
import { runLine, troubleOf } from '../process.ts'

export interface Waiting {
  readonly ready: Readiness
  /** Its environment, in which `${PORT}` stands. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  /** Files with what it has printed. */
  readonly logs: readonly string[]
  /** An existing folder for what a command prints. */
  readonly scratch: string
  /** Aborted when it is no use to wait any longer. */
  readonly signal: AbortSignal
}

/** Milliseconds between two tries; the first come sooner, as a start may take less than one of them. */
const PAUSE = 50
/** Milliseconds that one try may take. */
const TRY = 2000

/** Undefined when it is ready; why not yet when the signal is aborted before. Throws UserError on an unset variable. */
export async function untilReady(waiting: Waiting): Promise<string | undefined> {
  const probe = probeOf(waiting)
  let why: string | undefined
  for (let pause = 2; !waiting.signal.aborted; pause = Math.min(pause * 2, PAUSE)) {
    const answer = await probe()
    if (answer === undefined) return undefined
    // A try that the end of patience cut short says less than the one before it.
    if (why === undefined || !waiting.signal.aborted) why = answer
    await wait(pause, undefined, { signal: waiting.signal }).catch(() => {})
  }
  return why ?? 'it was not asked'
}

/** Undefined if ready, else why not. */
type Probe = () => Promise<string | undefined>

function probeOf(waiting: Waiting): Probe {
  const { ready, env } = waiting
  switch (ready.kind) {
    case 'url':
      return urlProbe(expand(ready.url, env), ready.status, waiting.signal)
    case 'port':
      return portProbe(expand(ready.port, env))
    case 'log':
      return logProbe(expand(ready.text, env), waiting.logs)
    case 'command':
      return commandProbe(ready.line, waiting)
  }
}

function urlProbe(url: string, status: readonly number[] | undefined, signal: AbortSignal): Probe {
  return async () => {
    try {
      const response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TRY)]),
        headers: { connection: 'close' },
      })
      await response.arrayBuffer()
      const good = status?.includes(response.status) ?? (response.status >= 200 && response.status < 400)
      return good ? undefined : `${url} answers ${response.status}`
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      const { code, message } = cause as { code?: unknown; message?: string }
      return `${url} does not answer (${typeof code === 'string' ? code : message})`
    }
  }
}

function portProbe(port: string): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ port: Number(port), host: '127.0.0.1', timeout: TRY })
      const end = (why?: string): void => {
        socket.destroy()
        resolve(why)
      }
      socket.once('connect', () => end())
      socket.once('timeout', () => end(`port ${port} does not accept connections`))
      socket.once('error', () => end(`port ${port} does not accept connections`))
    })
}

/** Reads only what is new, and keeps so much of the end that a text across two reads is found. */
function logProbe(text: string, files: readonly string[]): Probe {
  const states = files.map((file) => ({ file, offset: 0, kept: '' }))
  const buffer = Buffer.alloc(65_536)
  return async () => {
    for (const state of states) {
      const handle = openSync(state.file, 'r')
      try {
        for (;;) {
          const got = readSync(handle, buffer, 0, buffer.length, state.offset)
          if (got === 0) break
          state.offset += got
          const all = state.kept + buffer.toString('utf8', 0, got)
          if (all.includes(text)) return undefined
          state.kept = all.slice(-text.length)
        }
      } finally {
        closeSync(handle)
      }
    }
    return `it has not printed ${JSON.stringify(text)}`
  }
}

function commandProbe(line: string, { env, folder, scratch, signal }: Waiting): Probe {
  return async () => {
    const ended = await runLine({ line, folder, env, timeout: 5 * TRY, signal, scratch, linger: 0 })
    const trouble = troubleOf(ended.ending)
    return trouble === undefined ? undefined : `\`${line}\`: ${trouble}`
  }
}
