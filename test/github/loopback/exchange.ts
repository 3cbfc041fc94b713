import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request, its body read. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly origin: string
}

export interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export async function read(message: IncomingMessage, origin: string): Promise<Exchange> {
  const url = new URL(message.url ?? '/', origin)
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks),
    origin,
  }
}

export function send(response: ServerResponse, { status, json, body, headers }: Answer): void {
  const bytes = json === undefined ? (body ?? Buffer.alloc(0)) : Buffer.from(JSON.stringify(json))
  response.writeHead(status, {
    ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
    ...headers,
  })
  response.end(status === 204 ? undefined : bytes)
}

export function bodyOf(exchange: Exchange): Record<string, unknown> {
  return exchange.body.length === 0 ? {} : (JSON.parse(exchange.body.toString()) as Record<string, unknown>)
}
