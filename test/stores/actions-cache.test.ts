/** What the Actions cache may do to a job, with GitHub's own client against the loopback server. */
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actionsCacheStore } from '../../src/stores/actions-cache.ts'
import { complaintOf } from '../../src/stores/cache-process.ts'
import { actionFile } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'
import type { Loopback } from '../github/loopback/server.ts'
import { startLoopback } from '../github/loopback/server.ts'
import type { Scope } from '../github/loopback/token.ts'
import { runtimeToken } from '../github/loopback/token.ts'
import { commitOf, QUERY, runOf } from './runs.ts'
import { saveCache } from './saved-cache.ts'

let github: Loopback
let temp: string

beforeEach(async () => {
  github = await startLoopback()
  temp = temporaryFolder()
})
afterEach(() => github.close())

const MAIN: Scope = { ref: 'refs/heads/main', read: true, write: true }
const OF_PULL: readonly Scope[] = [
  { ref: 'refs/pull/7/merge', read: true, write: true },
  { ref: 'refs/heads/main', read: true, write: false },
]

function environment(scopes: readonly Scope[], more: Record<string, string> = {}) {
  return {
    PATH: process.env.PATH,
    RUNNER_TEMP: temp,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '12',
    GITHUB_RUN_ATTEMPT: '1',
    ACTIONS_RESULTS_URL: `${github.url}/`,
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_RUNTIME_TOKEN: runtimeToken(12, scopes),
    ...more,
  }
}

function store(scopes: readonly Scope[] = [MAIN], more: Record<string, string> = {}) {
  return actionsCacheStore({ script: actionFile(), args: ['cache-client'], env: environment(scopes, more) })
}

test('a push stores, a pull request finds; nothing is left behind', async () => {
  await store().save(runOf(1), QUERY, 30)
  expect(await store(OF_PULL).find({ ...QUERY, commits: [commitOf(1)] })).toMatchObject({
    kind: 'found',
    source: expect.stringContaining(`-${commitOf(1)}-12-1-`),
  })
  expect(readdirSync(temp)).toEqual([])
})

test('every push is one entry with the history of all before it', async () => {
  for (const n of [1, 2, 3]) await store().save(runOf(n), QUERY, 30)
  expect(github.caches.entries.map((entry) => entry.ref)).toEqual(Array(3).fill('refs/heads/main'))
  expect(new Set(github.caches.entries.map((entry) => entry.version)).size).toBe(1)
  for (const { key } of github.caches.entries) {
    expect(key.length).toBeLessThanOrEqual(512)
    expect(key).not.toContain(',')
  }
})

test('a job that may not write is told so', async () => {
  const readOnly = [{ ref: 'refs/heads/main', read: true, write: false }]
  expect(await store(readOnly).save(runOf(1), QUERY, 30)).toEqual({
    saved: false,
    reason: expect.stringContaining('cache write denied'),
  })
  expect(await store([MAIN], { ACTIONS_CACHE_MODE: 'read' }).save(runOf(1), QUERY, 30)).toEqual({
    saved: false,
    reason: expect.stringContaining("cache-mode 'read' does not permit"),
  })
})

test('a job that may not read does not take that for no baseline', async () => {
  const writeOnly = [{ ref: 'refs/heads/main', read: false, write: true }]
  expect(await store(writeOnly).find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('cache read denied'),
  })
  expect(await store([MAIN], { ACTIONS_CACHE_MODE: 'none' }).find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining("cache-mode 'none' does not permit"),
  })
})

test('a service that fails or is not there is no absence either', async () => {
  github.faults.push({
    match: /GetCacheEntryDownloadURL/,
    answer: { status: 400, json: { code: 'malformed', msg: 'out of order' } },
    times: 9,
  })
  expect(await store().find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('out of order'),
  })
  expect(await store([MAIN], { ACTIONS_RESULTS_URL: '' }).find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('no cache service here'),
  })
  expect(await store([MAIN], { ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/' }).find(QUERY)).toMatchObject({
    kind: 'unreadable',
  })
})

test('an entry that a pull request planted in its own scope is refused', async () => {
  await store().save(runOf(1), QUERY, 30)
  const [real] = github.caches.entries
  const forged = runOf(1, { provenance: { id: 'tailgate.yml', branch: 'main', event: 'pull_request' } })
  await saveCache({ env: environment(OF_PULL), key: `${real!.key}x`, runs: { 'x.json.gz': forged } })
  expect(await store(OF_PULL).find({ ...QUERY, commits: [commitOf(1)] })).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('was made on the event "pull_request"'),
  })
})

test('an entry with a link, or with nothing in it, is refused', async () => {
  const key = github.caches.entries
  await store().save(runOf(1), QUERY, 30)
  const prefix = key[0]!.key.slice(0, key[0]!.key.indexOf(commitOf(1)))
  await saveCache({ env: environment([MAIN]), key: `${prefix}linked`, runs: {}, link: '/etc/passwd' })
  expect(await store().find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('which is not a plain file'),
  })
  await saveCache({ env: environment([MAIN]), key: `${prefix}empty`, runs: {} })
  expect(await store().find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining('holds no run of main'),
  })
})

test('after an entry that cannot be read the history begins anew beside it', async () => {
  await store().save(runOf(1), QUERY, 30)
  const before = github.caches.entries[0]!
  const archive = github.blobs.bytes(before.blob)!
  await saveCache({
    env: environment([MAIN]),
    key: `${before.key}x`,
    runs: { 'x.json.gz': runOf(2, { provenance: { event: 'push' } }) },
  })
  expect((await store().find(QUERY)).kind).toBe('unreadable')
  expect(await store().save(runOf(3), QUERY, 30)).toEqual({ saved: true })
  const found = await store().find(QUERY)
  expect(found.kind === 'found' && found.runs.map((run) => run.commit)).toEqual([commitOf(3)])
  expect(github.blobs.bytes(before.blob)).toEqual(archive)
})

test('what the client logs becomes a reason without a signed address', () => {
  const log =
    '[command]/usr/bin/tar\n::warning::Failed to save: PUT https://x.example/blob?sig=abc%25 failed%0Aat line 1\n'
  expect(complaintOf(log)).toEqual({
    complaint: 'Failed to save: PUT https://x.example/blob failed at line 1',
  })
  expect(complaintOf('Cache hit for: x\nCache restored successfully\n')).toEqual({})
})
