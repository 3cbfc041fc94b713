/** GitHub's REST API by its own client, patient where that helps. Loaded when first used. */
import { UserError } from '../core/errors.ts'

export interface Reply {
  readonly status: number
  readonly data: unknown
}

export interface Client {
  /** `GET /repos/{owner}/{repo}/…`. Throws ApiError. */
  request(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<Reply>
  /** Every item of a list, all pages. */
  all(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown[]>
  /** Login of whom the token belongs to; undefined if GitHub does not tell. */
  viewer(): Promise<string | undefined>
}

/** What GitHub answered if not what was asked for; status 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

export interface Connection {
  readonly token: string
  readonly apiUrl: string
  readonly owner: string
  readonly repo: string
  /** Milliseconds that one pause may last; none longer is waited for. */
  readonly patience?: number
}

const TRIES = 4
/** Milliseconds for one request. */
const TIMEOUT = 30_000
const PER_PAGE = 100
/** 10 000 items: more comments than any thread has. */
const MOST_PAGES = 100

export async function connect({
  token,
  apiUrl,
  owner,
  repo,
  patience = 30_000,
}: Connection): Promise<Client> {
  if (token === '')
    throw new UserError('no github-token was given', { remedy: 'leave the input at its default' })
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(token, { baseUrl: apiUrl })

  async function request(route: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { status, data } = await octokit.request(route, {
          owner,
          repo,
          ...parameters,
          request: { signal: AbortSignal.timeout(TIMEOUT) },
        })
        return { status, data }
      } catch (error) {
        const failure = failureOf(error)
        const pause = attempt === TRIES ? undefined : pauseAfter(route, failure, attempt)
        if (pause === undefined || pause > patience) throw new ApiError(failure.status, failure.message)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }

  return {
    request,
    async all(route, parameters = {}) {
      const items: unknown[] = []
      for (let page = 1; page <= MOST_PAGES; page++) {
        const { data } = await request(route, { ...parameters, per_page: PER_PAGE, page })
        const list = Array.isArray(data) ? data : []
        items.push(...list)
        if (list.length < PER_PAGE) break
      }
      return items
    },
    async viewer() {
      try {
        const { data } = await octokit.request('POST /graphql', { query: '{ viewer { login } }' })
        return (data as { data?: { viewer?: { login?: string } } }).data?.viewer?.login
      } catch {
        return undefined
      }
    },
  }
}

interface Failure {
  readonly status: number
  readonly message: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

function failureOf(error: unknown): Failure {
  const { status, message, response } = error as {
    status?: number
    message?: string
    response?: { headers?: Record<string, string>; data?: { message?: string } }
  }
  const answered = response !== undefined
  return {
    // The client says 500 for a connection that was refused or timed out.
    status: answered ? (status ?? 0) : 0,
    message: String(response?.data?.message ?? message ?? error).slice(0, 300),
    headers: response?.headers ?? {},
  }
}

/**
 * Milliseconds to wait before another try; undefined: it would not help. A limit says how long it lasts; after a fault
 * of the server only what may be done twice is tried again.
 */
function pauseAfter(route: string, { status, headers }: Failure, attempt: number): number | undefined {
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN)
  if (status === 429 || (status === 403 && headers['retry-after'] !== undefined))
    return Number.isFinite(retryAfter) ? retryAfter * 1000 : 1000 * 2 ** attempt
  if (status >= 500 && !route.startsWith('POST'))
    return Number.isFinite(retryAfter) ? retryAfter * 1000 : 500 * 2 ** attempt
  return undefined
}
