/** The requests of a plan with ports and other variables filled in. */
import type { ClientRequest } from 'autocannon/lib/httpClient.js'
import { UserError } from '../../core/errors.ts'
import { expand } from '../../core/expand.ts'
import type { RequestPlan } from '../../core/load-plan.ts'
import type { Target } from './connection.ts'

/** Requests that go to the same place, by their number in the plan. */
export interface Resolved {
  readonly targets: readonly Target[]
  /** Of each target. */
  readonly requests: readonly (readonly ClientRequest[])[]
  /** Of each request of the plan: which target, and which of its requests. */
  readonly where: readonly { readonly target: number; readonly index: number }[]
}

type Variables = Readonly<Record<string, string | undefined>>

/** Throws UserError for a variable that nothing sets and for what is no URL. */
export function resolveRequests(
  requests: readonly RequestPlan[],
  ...sources: readonly Variables[]
): Resolved {
  const targets: Target[] = []
  const grouped: ClientRequest[][] = []
  const where = requests.map((request) => {
    const url = urlOf(expand(request.url, ...sources))
    let target = targets.findIndex(({ host, protocol }) => host === url.host && protocol === url.protocol)
    if (target === -1) {
      target = targets.push(targetOf(url)) - 1
      grouped.push([])
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, lineOfHeader(expand(value, ...sources))]),
    )
    const index = grouped[target]!.push({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers,
      ...(request.body === undefined ? {} : { body: expand(request.body, ...sources) }),
    })
    return { target, index: index - 1 }
  })
  return { targets, requests: grouped, where }
}

function urlOf(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw new UserError(`"${text}" is not a URL`, { remedy: 'write "http://127.0.0.1:${PORT}/"' })
  }
}

/** A line end in a token from the environment would make two headers of one. */
function lineOfHeader(value: string): string {
  return value.replaceAll(/[\r\n\0]+/g, ' ').trim()
}

function targetOf(url: URL): Target {
  const { protocol, hostname, host, port, username, password } = url
  return {
    protocol,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    host,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    ...(username === '' ? {} : { auth: decodeURIComponent(`${username}:${password}`) }),
  }
}
