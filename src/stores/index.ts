/** The registry of stores: what `baseline.store` names; anything else is a folder. */
import { isAbsolute, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { BaselineStore } from '../gate.ts'
import type { ArtifactService } from './artifact.ts'
import type { CacheProcess } from './cache-process.ts'

export interface StoreWorld {
  /** Folder that a relative `DIR` is meant from: the config's. */
  readonly folder: string
  /** How the cache client is started; undefined outside of GitHub Actions. */
  readonly cache?: CacheProcess
  /** Artifacts of this repository; undefined outside of GitHub Actions. */
  readonly artifacts?: ArtifactService
}

type Open = (world: StoreWorld) => Promise<BaselineStore>

/** Loaded when chosen: a job with a folder pays for no client. */
const stores: Readonly<Record<string, Open>> = {
  async cache({ cache }) {
    if (cache === undefined) throw elsewhere('cache')
    return (await import('./actions-cache.ts')).actionsCacheStore(cache)
  },
  async artifact({ artifacts }) {
    if (artifacts === undefined) throw elsewhere('artifact')
    return (await import('./artifact.ts')).artifactStore(artifacts)
  },
}

/** Which stands in for which. */
const FALLBACK: Readonly<Record<string, string>> = { cache: 'artifact', artifact: 'cache' }

function elsewhere(store: string): UserError {
  return new UserError(`baseline.store: ${store} works in GitHub Actions only`, {
    remedy: 'name a folder, with --baseline DIR or baseline: { store: DIR }',
  })
}

/** Throws UserError where the store that is named cannot be had here. */
export async function openStore(name: string, world: StoreWorld): Promise<BaselineStore> {
  const open = Object.hasOwn(stores, name) ? stores[name] : undefined
  if (open === undefined) {
    const { directoryStore } = await import('./directory.ts')
    return directoryStore(isAbsolute(name) ? name : resolve(world.folder, name))
  }
  const store = await open(world)
  const other = await stores[FALLBACK[name] ?? '']?.(world).catch(() => undefined)
  return other === undefined ? store : (await import('./fallback.ts')).withFallback(store, other)
}
