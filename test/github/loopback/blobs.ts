/** Block blobs as Azure keeps them: put whole, or in blocks and a list. */
import type { Answer, Exchange } from './exchange.ts'

interface Blob {
  readonly bytes: Buffer
  readonly type: string
}

export class Blobs {
  private readonly whole = new Map<string, Blob>()
  private readonly blocks = new Map<string, Map<string, Buffer>>()
  private next = 0

  /** An address that can be written to, then read from. */
  reserve(origin: string, ending = ''): { path: string; url: string } {
    const path = `/account/results/${++this.next}${ending}`
    return { path, url: `${origin}${path}?sig=secret-${this.next}` }
  }

  bytes(path: string): Buffer | undefined {
    return this.whole.get(path)?.bytes
  }

  set(path: string, bytes: Buffer, type = 'application/octet-stream'): void {
    this.whole.set(path, { bytes, type })
  }

  answer({ method, path, query, body, headers }: Exchange): Answer {
    if (!(query.get('sig') ?? '').startsWith('secret-')) return { status: 403 }
    if (method === 'PUT') {
      this.put(path, query, body, String(headers['x-ms-blob-content-type'] ?? headers['content-type'] ?? ''))
      return { status: 201 }
    }
    const blob = this.whole.get(path)
    return blob === undefined
      ? { status: 404 }
      : { status: 200, body: blob.bytes, headers: { 'content-type': blob.type } }
  }

  private put(path: string, query: URLSearchParams, body: Buffer, type: string): void {
    const parts = this.blocks.get(path) ?? new Map<string, Buffer>()
    if (query.get('comp') === 'block') this.blocks.set(path, parts.set(query.get('blockid') ?? '', body))
    else if (query.get('comp') === 'blocklist') {
      const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1]!)
      this.set(path, Buffer.concat(ids.map((id) => parts.get(id)!)), type)
    } else this.set(path, body, type)
  }
}
