/** The one connection of autocannon, as far as it is used here: the package brings no types. */
declare module 'autocannon/lib/httpClient.js' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  export interface ClientRequest {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
  }

  export interface ClientOptions {
    readonly protocol: string
    readonly hostname: string
    /** For the header of this name. */
    readonly host: string
    readonly port: number
    readonly auth?: string
    readonly requests: readonly ClientRequest[]
    readonly setupClient: (client: Client) => void
  }

  /** Emits `response` (status, bytes, milliseconds with their fraction) and `connError` (error). */
  export default class Client extends EventEmitter {
    constructor(options: ClientOptions)
    destroy(): void
    _connect(): void
    _doRequest(): void
    _destroyConnection(): void
    readonly conn: Socket
    readonly parser: {
      initialize(type: 'RESPONSE'): void
      finish(): void
      /** At the end of the headers; what it returns says whether a body is left out. */
      2: (info: Headers) => unknown
      /** At the end of an answer. */
      4: () => void
    }
    readonly pipelinedRequests: { size(): number; insertRequest(request: unknown): void }
    readonly requestIterator: { readonly requests: readonly { readonly requestBuffer: Buffer }[] }
    readonly timeoutTicker: { clear(): void }
  }

  export interface Headers {
    readonly statusCode: number
    readonly shouldKeepAlive: boolean
  }
}
