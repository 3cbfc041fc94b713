/** One question to an endpoint or a command: yes or no. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expand } from '../../core/expand.ts'
import type { Ask } from '../../core/watch-plan.ts'
import { runLine } from '../process.ts'

export interface Asking {
  readonly ask: Ask
  /** Milliseconds. */
  readonly timeout: number
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** An existing folder. */
  readonly scratch: string
  readonly signal: AbortSignal
}

/** Bytes of an answer that are looked at. */
const MOST = 1 << 20

/** Asks; no answer in time is a no. The function throws UserError at once for a variable that nothing sets. */
export function questionOf(asking: Asking): () => Promise<boolean> {
  const { ask, timeout, folder, env, scratch, signal } = asking
  if (ask.kind === 'url') {
    const url = expand(ask.url, env)
    return () => askUrl(url, ask, AbortSignal.any([signal, AbortSignal.timeout(timeout)]))
  }
  return async () => {
    const own = mkdtempSync(join(scratch, 'ask-'))
    const { ending } = await runLine({
      line: ask.line,
      folder,
      env,
      timeout,
      signal,
      scratch: own,
      linger: 0,
    })
    rmSync(own, { recursive: true, force: true })
    return ending.kind === 'exited' && ending.code === 0
  }
}

async function askUrl(
  url: string,
  { status, contains }: Extract<Ask, { kind: 'url' }>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { connection: 'close' } })
    const text = (await response.text()).slice(0, MOST)
    const good = status?.includes(response.status) ?? (response.status >= 200 && response.status < 400)
    return good && (contains === undefined || text.includes(contains))
  } catch {
    return false
  }
}
