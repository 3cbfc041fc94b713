/** The registry of stores: what `baseline.store` names; anything else is a folder. */
import { isAbsolute, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { BaselineStore } from '../gate.ts'
import type { CacheProcess } from './cache-process.ts'

export interface StoreWorld {
  /** Folder that a relative `DIR` is meant from: the config's. */
  readonly folder: string
  /** How the cache client is started; undefined outside of GitHub Actions. */
  readonly cache?: CacheProcess
}

type Open = (world: StoreWorld) => Promise<BaselineStore>

/** Loaded when chosen: a job with a folder pays for no client. */
const stores: Readonly<Record<string, Open>> = {
  cache: async ({ cache }) => {
    if (cache === undefined)
      throw new UserError('baseline.store: cache works in GitHub Actions only', {
        remedy: 'name a folder, with --baseline DIR or baseline: { store: DIR }',
      })
    return (await import('./actions-cache.ts')).actionsCacheStore(cache)
  },
  artifact: async () => {
    throw new UserError('baseline.store: artifact is not supported yet', {
      remedy: 'use `cache`, or a folder',
    })
  },
}

export async function openStore(name: string, world: StoreWorld): Promise<BaselineStore> {
  const open = Object.hasOwn(stores, name) ? stores[name] : undefined
  if (open !== undefined) return open(world)
  const { directoryStore } = await import('./directory.ts')
  return directoryStore(isAbsolute(name) ? name : resolve(world.folder, name))
}
