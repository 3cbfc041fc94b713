/** The cache service, version 2, with the scopes that the token claims. */
import type { Blobs } from './blobs.ts'
import type { Answer, Exchange } from './exchange.ts'
import { bodyOf } from './exchange.ts'
import { scopesOf } from './token.ts'

export interface CacheEntry {
  readonly key: string
  readonly version: string
  readonly ref: string
  readonly blob: string
  done: boolean
}

export class Caches {
  readonly entries: CacheEntry[] = []
  private readonly blobs: Blobs
  constructor(blobs: Blobs) {
    this.blobs = blobs
  }

  answer(call: string, exchange: Exchange): Answer {
    const body = bodyOf(exchange)
    const key = String(body.key)
    const version = String(body.version)
    const scopes = scopesOf(exchange.headers.authorization)
    if (call === 'CreateCacheEntry') {
      const ref = scopes.find(({ write }) => write)?.ref
      if (ref === undefined)
        return { status: 200, json: { ok: false, message: 'cache write denied: the token may only read' } }
      if (this.entries.some((entry) => entry.key === key && entry.version === version && entry.ref === ref))
        return { status: 409, json: { code: 'already_exists', msg: 'cache entry with the same key exists' } }
      const { path, url } = this.blobs.reserve(exchange.origin)
      this.entries.push({ key, version, ref, blob: path, done: false })
      return { status: 200, json: { ok: true, signed_upload_url: url } }
    }
    if (call === 'FinalizeCacheEntryUpload') {
      const at = this.entries.findIndex(
        (entry) => entry.key === key && entry.version === version && !entry.done,
      )
      const entry = this.entries[at]
      if (entry === undefined || this.blobs.bytes(entry.blob)?.length !== Number(body.size_bytes))
        return { status: 200, json: { ok: false, message: 'not the size that was told' } }
      entry.done = true
      return { status: 200, json: { ok: true, entry_id: String(at + 1) } }
    }
    if (!scopes.some(({ read }) => read))
      return { status: 403, json: { code: 'permission_denied', msg: 'cache read denied: no readable scope' } }
    const keys = [key, ...((body.restore_keys as string[] | undefined) ?? [])]
    const hit = this.find(
      keys,
      version,
      scopes.filter(({ read }) => read).map(({ ref }) => ref),
    )
    if (hit === undefined) return { status: 200, json: { ok: false } }
    const url = `${exchange.origin}${hit.blob}?sig=secret-read`
    return { status: 200, json: { ok: true, signed_download_url: url, matched_key: hit.key } }
  }

  /** A scope after another; in each the exact key, then every key as a prefix, newest first. */
  private find(keys: readonly string[], version: string, refs: readonly string[]): CacheEntry | undefined {
    for (const ref of refs) {
      const there = this.entries.filter(
        (entry) => entry.done && entry.ref === ref && entry.version === version,
      )
      const exact = there.find((entry) => entry.key === keys[0])
      if (exact !== undefined) return exact
      for (const key of keys) {
        const found = there.findLast((entry) => entry.key.startsWith(key))
        if (found !== undefined) return found
      }
    }
    return undefined
  }
}
