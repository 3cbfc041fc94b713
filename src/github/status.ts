/** A commit status: the verdict where branch rules and other tools look for it. */
import type { GateVerdict } from '../core/report.ts'
import type { Client } from './client.ts'
import { ApiError } from './client.ts'

export interface StatusRequest {
  readonly sha: string
  /** The gate's: statuses of one context replace each other. */
  readonly id: string
  readonly verdict: GateVerdict
  readonly headline: string
  readonly url: string
}

/** GitHub refuses a longer description. */
const LONGEST = 140

/** `inconclusive` passes as its job does; the description says what it is. */
const STATES: Readonly<Record<GateVerdict, string>> = {
  pass: 'success',
  inconclusive: 'success',
  fail: 'failure',
  error: 'error',
}

/** Answers why it could not be set, if so. Never throws: the verdict does not hang on it. */
export async function setStatus(client: Client, status: StatusRequest): Promise<string | undefined> {
  const { sha, id, verdict, headline, url } = status
  try {
    await client.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
      sha,
      state: STATES[verdict],
      context: `tailgate: ${id}`,
      description: headline.length > LONGEST ? `${headline.slice(0, LONGEST - 1)}…` : headline,
      target_url: url,
    })
    return undefined
  } catch (error) {
    return error instanceof ApiError ? `${error.status}: ${error.message}` : String(error)
  }
}
