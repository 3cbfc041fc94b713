/**
 * The far side of the Actions cache: a process of its own around GitHub's client. The client takes its folder from
 * the process (GITHUB_WORKSPACE and the current directory), and tells why it failed on standard output only: both
 * are private here, and neither is shared with what is measured.
 */
export type CacheRequest =
  | { readonly kind: 'restore'; readonly path: string; readonly keys: readonly string[] }
  | { readonly kind: 'save'; readonly path: string; readonly key: string }

export type CacheReply =
  | { readonly kind: 'restored'; readonly key: string }
  | { readonly kind: 'nothing' }
  /** The entry's number; −1 says no more than that it was not stored. */
  | { readonly kind: 'saved'; readonly entry: number }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'failed'; readonly reason: string }

/** Answers the one request that the parent sends, then ends. */
export async function serveCache(): Promise<void> {
  // Nobody would take the answer.
  process.once('disconnect', () => process.exit(1))
  const request = await new Promise<CacheRequest>((resolve) => process.once('message', resolve as never))
  const reply = await answer(request).catch(
    (error: unknown): CacheReply => ({
      kind: 'failed',
      reason: error instanceof Error ? error.message : String(error),
    }),
  )
  process.send?.(reply, () => process.exit(0))
}

async function answer(request: CacheRequest): Promise<CacheReply> {
  const cache = await import('@actions/cache')
  if (!cache.isFeatureAvailable()) return { kind: 'unavailable' }
  if (request.kind === 'save')
    return { kind: 'saved', entry: await cache.saveCache([request.path], request.key) }
  const [first, ...others] = request.keys
  const key = await cache.restoreCache([request.path], first ?? '', others)
  return key === undefined ? { kind: 'nothing' } : { kind: 'restored', key }
}
