/** What every store promises, tried on each. */
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BaselineStore } from '../../src/gate.ts'
import { actionsCacheStore } from '../../src/stores/actions-cache.ts'
import { directoryStore } from '../../src/stores/directory.ts'
import { saveRun } from '../../src/stores/run-file.ts'
import { actionFile } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'
import { startLoopback } from '../github/loopback/server.ts'
import { runtimeToken } from '../github/loopback/token.ts'
import { pushes } from './artifact-jobs.ts'
import { commitOf, MACHINE, QUERY, runOf } from './runs.ts'

async function cacheStore(): Promise<BaselineStore> {
  const github = await startLoopback()
  onTestFinished(() => github.close())
  const token = runtimeToken(1, [{ ref: 'refs/heads/main', read: true, write: true }])
  return actionsCacheStore({
    script: actionFile(),
    args: ['cache-client'],
    env: {
      PATH: process.env.PATH,
      RUNNER_TEMP: temporaryFolder(),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '1',
      ACTIONS_RESULTS_URL: `${github.url}/`,
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RUNTIME_TOKEN: token,
    },
  })
}

const STORES: Readonly<Record<string, () => Promise<BaselineStore>>> = {
  directory: async () => directoryStore(join(temporaryFolder(), 'baselines')),
  cache: cacheStore,
  artifact: async () => {
    const github = await startLoopback()
    onTestFinished(() => github.close())
    return pushes(github)
  },
}

describe.each(Object.keys(STORES))('%s', (name) => {
  const open = STORES[name]!
  const commits = (found: Awaited<ReturnType<BaselineStore['find']>>) =>
    found.kind === 'found' ? found.runs.map((run) => run.commit) : found

  test('nothing stored is absent, with a reason', async () => {
    const found = await (await open()).find(QUERY)
    expect(found.kind).toBe('absent')
    expect((found as { reason: string }).reason.length).toBeGreaterThan(10)
  })

  test('runs come back whole, newest first', async () => {
    const store = await open()
    for (const n of [1, 2, 3]) expect(await store.save(runOf(n), QUERY, 30)).toEqual({ saved: true })
    const found = await store.find(QUERY)
    expect(commits(found)).toEqual([commitOf(3), commitOf(2), commitOf(1)])
    expect(found.kind === 'found' && found.runs[0]).toMatchObject({
      benchmarks: [{ name: 'parse' }],
      machine: MACHINE,
    })
  })

  test('found for the merge base, without what came after it', async () => {
    const store = await open()
    for (const n of [1, 2, 3]) await store.save(runOf(n), QUERY, 30)
    const found = await store.find({ ...QUERY, commits: [commitOf(9), commitOf(2), commitOf(1)] })
    expect(commits(found)).toEqual([commitOf(2), commitOf(1)])
    const newest = await store.find({ ...QUERY, commits: [commitOf(9)] })
    expect(commits(newest)).toEqual([commitOf(3), commitOf(2), commitOf(1)])
  })

  test('keeps so many of each class of machine', async () => {
    const store = await open()
    await store.save(runOf(1, { machine: { ...MACHINE, cpu: 'Other' } }), QUERY, 2)
    for (const n of [2, 3, 4]) await store.save(runOf(n), QUERY, 2)
    expect(commits(await store.find(QUERY))).toEqual([commitOf(4), commitOf(3), commitOf(1)])
  })

  test('gates and branches are told apart', async () => {
    const store = await open()
    await store.save(runOf(1), QUERY, 30)
    expect((await store.find({ ...QUERY, id: 'tailgate.yml:quick' })).kind).toBe('absent')
    expect((await store.find({ ...QUERY, branch: 'main-2' })).kind).toBe('absent')
  })

  test('two runs of one commit and moment are both kept', async () => {
    const store = await open()
    await store.save(runOf(1), QUERY, 30)
    await store.save(runOf(1), QUERY, 30)
    expect(commits(await store.find(QUERY))).toEqual([commitOf(1), commitOf(1)])
  })
})

test('two jobs that save at once lose no file, and leave none half written', async () => {
  const root = join(temporaryFolder(), 'baselines')
  const saves = Array.from({ length: 12 }, (_, n) => directoryStore(root).save(runOf(n % 4), QUERY, 30))
  expect(await Promise.all(saves)).toEqual(Array(12).fill({ saved: true }))
  const found = await directoryStore(root).find(QUERY)
  expect(found.kind === 'found' && found.runs.length).toBe(12)
})

test('a directory: what cannot be read is an error with its name, and is left as it is', async () => {
  const root = join(temporaryFolder(), 'baselines')
  const store = directoryStore(root)
  await store.save(runOf(1), QUERY, 1)
  const [gate] = readdirSync(root)
  const [branch] = readdirSync(join(root, gate!))
  const folder = join(root, gate!, branch!)
  const broken = join(folder, '20261101T000500000Z-broken.json.gz')
  writeFileSync(broken, 'half')
  const found = await store.find(QUERY)
  expect(found).toMatchObject({ kind: 'unreadable' })
  expect((found as { reason: string }).reason).toContain(broken)
  await store.save(runOf(2), QUERY, 1)
  expect(readdirSync(folder).filter((file) => file.includes('broken'))).toHaveLength(1)
  expect((await store.find(QUERY)).kind).toBe('unreadable')
})

test('a directory: a link in it is not followed', async () => {
  const root = join(temporaryFolder(), 'baselines')
  const store = directoryStore(root)
  await store.save(runOf(1), QUERY, 9)
  const [gate] = readdirSync(root)
  const [branch] = readdirSync(join(root, gate!))
  const elsewhere = join(temporaryFolder(), 'secret.json.gz')
  await saveRun(elsewhere, runOf(7))
  symlinkSync(elsewhere, join(root, gate!, branch!, '20261102T000000000Z-link.json.gz'))
  expect(await store.find(QUERY)).toMatchObject({
    kind: 'unreadable',
    reason: expect.stringMatching(/symbolic link/),
  })
})

test('a directory that cannot be written to says why', async () => {
  const file = join(temporaryFolder(), 'a-file')
  writeFileSync(file, '')
  const kept = await directoryStore(file).save(runOf(1), QUERY, 9)
  expect(kept).toMatchObject({ saved: false, reason: expect.stringMatching(/ENOTDIR|EEXIST/) })
  expect((await directoryStore(file).find(QUERY)).kind).toBe('unreadable')
})
