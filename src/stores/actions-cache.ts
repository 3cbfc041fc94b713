/**
 * Baselines in the Actions cache. An entry is immutable and holds the whole history up to one push, laid out as the
 * directory store has it; every push makes a new one, and what is no longer used GitHub deletes.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lineOf } from '../core/errors.ts'
import type { Run } from '../core/run.ts'
import type { BaselineQuery, BaselineStore, Found } from '../gate.ts'
import type { CacheProcess } from './cache-process.ts'
import { callCache } from './cache-process.ts'
import { directoryStore } from './directory.ts'
import { misplaced } from './provenance.ts'
import { suspicious } from './restored.ts'
import { digest, slug } from './slug.ts'

/** The string itself is part of an entry's identity: another one would find none of what was saved before. */
const PATH = 'tailgate-baseline'
/** The service takes ten keys for one look-up: the last is the branch's prefix. */
const MOST_COMMITS = 9

interface Restored {
  readonly key: string
  readonly store: BaselineStore
}

type Looked = Restored | { readonly kind: 'absent' | 'unreadable'; readonly reason: string }

export function actionsCacheStore(client: CacheProcess): BaselineStore {
  return {
    name: 'cache',

    find: (query) =>
      inPrivate(client, async (place) => {
        const looked = await restore(client, place, keysFor(query))
        if ('kind' in looked) return looked
        const found = await looked.store.find(query)
        if (found.kind === 'absent')
          return {
            kind: 'unreadable',
            reason: `the cache entry ${looked.key} holds no run of ${query.branch}`,
          }
        return found.kind === 'found' ? checked(found, query, looked.key) : found
      }),

    save: (run, query, keep) =>
      inPrivate(client, async (place) => {
        // What is there and cannot be read stays as it is under its own key; the history begins anew.
        const looked = await restore(client, place, [prefixOf(query)])
        const before = 'kind' in looked ? undefined : await looked.store.find({ ...query, commits: [] })
        const folder = join(place.folder, PATH)
        if (before?.kind !== 'found' || checked(before, query, '').kind !== 'found')
          await rm(folder, { recursive: true, force: true })
        const kept = await directoryStore(folder).save(run, query, keep)
        if (!kept.saved) return kept
        const { reply, complaint } = await callCache(
          client,
          { kind: 'save', path: PATH, key: keyOf(run, query, client) },
          place,
        )
        if (reply.kind === 'saved' && reply.entry > 0) return { saved: true }
        if (reply.kind === 'failed') return { saved: false, reason: reply.reason }
        if (reply.kind === 'unavailable') return { saved: false, reason: UNAVAILABLE }
        return { saved: false, reason: complaint ?? 'the cache service did not say why' }
      }),
  }
}

const UNAVAILABLE = 'there is no cache service here (it is there within GitHub Actions)'

interface Place {
  readonly folder: string
  readonly temporary: string
}

/** A folder of its own for every call, gone afterwards: nothing restored can be taken for a file of the repository. */
async function inPrivate<T>(client: CacheProcess, use: (place: Place) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(client.env.RUNNER_TEMP || tmpdir(), 'tailgate-cache-'))
  const place = { folder: join(root, 'workspace'), temporary: join(root, 'temporary') }
  try {
    await mkdir(place.folder)
    await mkdir(place.temporary)
    return await use(place)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function restore(client: CacheProcess, place: Place, keys: readonly string[]): Promise<Looked> {
  const { reply, complaint } = await callCache(client, { kind: 'restore', path: PATH, keys }, place)
  if (reply.kind === 'unavailable') return { kind: 'unreadable', reason: UNAVAILABLE }
  if (reply.kind === 'failed') return { kind: 'unreadable', reason: reply.reason }
  if (reply.kind !== 'restored') {
    // The client answers a refusal and an outage as it answers a miss; only its log tells them apart.
    if (complaint !== undefined) return { kind: 'unreadable', reason: complaint }
    return {
      kind: 'absent',
      reason: 'the Actions cache has no baseline yet, or it was deleted after seven days without use',
    }
  }
  const folder = join(place.folder, PATH)
  const wrong = await suspicious(folder).catch(lineOf)
  if (wrong !== undefined) return { kind: 'unreadable', reason: `the cache entry ${reply.key} ${wrong}` }
  return { key: reply.key, store: directoryStore(folder) }
}

function checked(found: Found & { kind: 'found' }, query: BaselineQuery, key: string): Found {
  for (const run of found.runs) {
    const wrong = misplaced(run, query)
    if (wrong !== undefined)
      return { kind: 'unreadable', reason: `the cache entry ${key} holds a run that ${wrong}` }
  }
  const { length } = found.runs
  return { ...found, source: `${length} ${length === 1 ? 'run' : 'runs'} in the Actions cache (${key})` }
}

/** Entries of one gate, branch and platform: archives differ between platforms, and so do the figures. */
function prefixOf({ id, branch }: BaselineQuery): string {
  return `tailgate-${digest(id)}-${slug(branch)}-${process.platform}-${process.arch}-`
}

/** The merge base's entry, then its ancestors', then the newest of the branch. */
function keysFor(query: BaselineQuery): string[] {
  const prefix = prefixOf(query)
  return [...query.commits.slice(0, MOST_COMMITS).map((sha) => `${prefix}${sha}-`), prefix]
}

/** Two jobs of one matrix save under the same run and attempt: the end tells them apart. */
function keyOf(run: Run, query: BaselineQuery, { env }: CacheProcess): string {
  const job = [env.GITHUB_RUN_ID ?? '0', env.GITHUB_RUN_ATTEMPT ?? '1', randomBytes(3).toString('hex')]
  return [`${prefixOf(query)}${run.commit ?? 'uncommitted'}`, ...job].join('-')
}
