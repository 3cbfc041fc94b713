/**
 * One connection of a load, on the client of autocannon: it sends a request when it is told to. What that client leaves
 * out by itself is done here: a request whose connection breaks is told as failed instead of lost, the next answer is not
 * measured from the lost one, a refused connection is tried again after a pause instead of at once, what ends with the
 * connection is an answer, and a connection that the server says it closes is not written to any more.
 */
import Client, { type ClientRequest, type Headers } from 'autocannon/lib/httpClient.js'

export interface Target {
  /** `http:` or `https:`. */
  readonly protocol: string
  readonly hostname: string
  /** With the port, for the header. */
  readonly host: string
  readonly port: number
  readonly auth?: string
}

export type Answer =
  /** `took`: nanoseconds from sending to the end of the answer. */
  | { readonly kind: 'answered'; readonly status: number; readonly took: number }
  | { readonly kind: 'failed'; readonly why: string }

export interface Connection {
  /** Whether a request may be sent now. */
  readonly idle: boolean
  /** Sends request number `index`; exactly one answer follows, unless it is closed before. */
  send(index: number, done: (answer: Answer) => void): void
  /** Fails what has been waiting for an answer since before this time of `performance.now()`. */
  expire(before: number, why: string): void
  close(): void
}

/** Milliseconds after a failure until the next try: a client that waits, not one that hammers. */
const PAUSE = 100

/** `freed` is called whenever it has become idle again. It connects when there is something to send. */
export function openConnection(
  target: Target,
  requests: readonly ClientRequest[],
  freed: () => void,
): Connection {
  let pending:
    | { readonly done: (answer: Answer) => void; readonly head: boolean; readonly sent: number }
    | undefined
  let connected = false
  let used = false
  let pausing: NodeJS.Timeout | undefined
  let closes = false
  let interim = false
  let closed = false

  const client = new Client({
    ...target,
    requests,
    // It would connect and send by itself; here that is the sender's to say.
    setupClient: (made) => {
      made._connect = () => {}
    },
  })
  const { parser } = client
  const connectNow = Client.prototype._connect
  client.timeoutTicker.clear()
  client._doRequest = () => {}
  // Called when the connection has ended or broken.
  client._connect = () => ended('the connection was closed before the answer')

  const headersRead = parser[2]
  parser[2] = (info: Headers) => {
    headersRead(info)
    interim = isInterim(info.statusCode)
    closes = !interim && !info.shouldKeepAlive
    return pending?.head === true ? 1 : undefined
  }
  const answerRead = parser[4]
  parser[4] = () => {
    // 103 Early Hints and the like come before the answer; an answer to nothing is a server that gives up.
    if (!interim && client.pipelinedRequests.size() > 0) answerRead()
  }

  function settle(answer: Answer): void {
    const { done } = pending ?? {}
    pending = undefined
    done?.(answer)
  }

  function disconnect(): void {
    if (!connected) return
    connected = false
    client._destroyConnection()
  }

  function ended(why: string): void {
    if (closed || !connected) return
    const before = pending
    // An answer without a length ends with its connection.
    if (pending !== undefined) parser.finish()
    if (before === pending) fail(why)
  }

  client.on('connError', (error: NodeJS.ErrnoException) => {
    if (connected) fail(error.code ?? error.message)
  })
  client.on('response', (status: number, _bytes: number, milliseconds: number) => {
    if (closes) disconnect()
    settle({ kind: 'answered', status, took: milliseconds * 1e6 })
    freed()
  })

  function fail(why: string): void {
    disconnect()
    if (pending === undefined) return
    pausing = setTimeout(() => {
      pausing = undefined
      freed()
    }, PAUSE)
    settle({ kind: 'failed', why })
  }

  return {
    get idle() {
      return !closed && pausing === undefined && pending === undefined
    },
    send: (index, done) => {
      pending = { done, head: requests[index]!.method === 'HEAD', sent: performance.now() }
      if (!connected) {
        connected = true
        used = true
        closes = false
        parser.initialize('RESPONSE')
        connectNow.call(client)
      }
      const request = client.requestIterator.requests[index]!
      client.pipelinedRequests.insertRequest(request)
      client.conn.write(request.requestBuffer)
    },
    expire: (before, why) => {
      if (pending !== undefined && pending.sent < before) fail(why)
    },
    close: () => {
      closed = true
      clearTimeout(pausing)
      pending = undefined
      if (used) client.destroy()
    },
  }
}

function isInterim(status: number): boolean {
  return status >= 100 && status < 200 && status !== 101
}
