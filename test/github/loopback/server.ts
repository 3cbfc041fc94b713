/** GitHub on 127.0.0.1, as far as this program uses it: cache and blobs, REST, GraphQL. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Artifacts } from './artifacts.ts'
import { Blobs } from './blobs.ts'
import { Caches } from './cache.ts'
import { replyFault, requestFault } from './contract.ts'
import type { Answer, Exchange } from './exchange.ts'
import { bodyOf, read, send } from './exchange.ts'
import { Repository } from './repository.ts'
import type { Actor } from './token.ts'
import { BOT, MALLORY, READER } from './token.ts'

/** The first `times` requests that it fits are answered so. */
export interface Fault {
  readonly match: RegExp
  readonly answer: Answer
  times: number
}

export interface Loopback {
  readonly url: string
  readonly caches: Caches
  readonly artifacts: Artifacts
  readonly repository: Repository
  readonly blobs: Blobs
  readonly faults: Fault[]
  /** `POST /repos/…`, in order. */
  readonly requests: string[]
  /** Where this server or its client strayed from GitHub's description: has to be empty. */
  readonly violations: string[]
  /** Who may call: by their tokens. */
  readonly actors: Actor[]
  close(): Promise<void>
}

const TWIRP = '/twirp/github.actions.results.api.v1.'

export async function startLoopback(): Promise<Loopback> {
  const blobs = new Blobs()
  const caches = new Caches(blobs)
  const artifacts = new Artifacts(blobs)
  const repository = new Repository()
  const faults: Fault[] = []
  const requests: string[] = []
  const violations: string[] = []
  const actors = [BOT, READER, MALLORY]

  const answer = (exchange: Exchange): Answer => {
    const line = `${exchange.method} ${exchange.path}`
    requests.push(line)
    const fault = faults.find(({ match, times }) => times > 0 && match.test(line))
    if (fault !== undefined) {
      fault.times--
      return fault.answer
    }
    if (exchange.path.startsWith('/account/')) return blobs.answer(exchange)
    if (exchange.path.startsWith(`${TWIRP}CacheService/`))
      return caches.answer(exchange.path.slice(`${TWIRP}CacheService/`.length), exchange)
    if (exchange.path.startsWith(`${TWIRP}ArtifactService/`))
      return artifacts.service(exchange.path.slice(`${TWIRP}ArtifactService/`.length), exchange)
    const token = (exchange.headers.authorization ?? '').replace(/^(token|Bearer) /i, '')
    const actor = actors.find((one) => one.token === token)
    if (actor === undefined) return { status: 401, json: { message: 'Bad credentials' } }
    if (exchange.path === '/graphql')
      return { status: 200, json: { data: { viewer: { login: actor.login.replace(/\[bot\]$/, '') } } } }
    return rest(exchange, actor)
  }

  const rest = (exchange: Exchange, actor: Actor): Answer => {
    const route = repository.route(exchange, actor) ?? artifacts.route(exchange, actor)
    if (route === undefined) {
      violations.push(`no route: ${exchange.method} ${exchange.path}`)
      return { status: 404, json: { message: 'Not Found' } }
    }
    const method = exchange.method.toLowerCase()
    const wrong =
      requestFault(route.path, method, bodyOf(exchange)) ??
      (route.answer.json === undefined
        ? undefined
        : replyFault(route.path, method, route.answer.status, route.answer.json))
    if (wrong !== undefined) violations.push(wrong)
    return route.answer
  }

  const server = createServer((message, response) => {
    const origin = `http://${message.headers.host}`
    read(message, origin)
      .then(answer)
      .catch((error: unknown): Answer => {
        violations.push(String(error))
        return { status: 400, json: { message: String(error) } }
      })
      .then((reply) => send(response, reply))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    caches,
    artifacts,
    repository,
    blobs,
    faults,
    requests,
    violations,
    actors,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
