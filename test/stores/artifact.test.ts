/** Which artifacts are believed, and what is said of the others. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { zipOne } from '../../src/github/zip.ts'
import { directoryStore } from '../../src/stores/directory.ts'
import { withFallback } from '../../src/stores/fallback.ts'
import { temporaryFolder } from '../cli/repository.ts'
import type { RunRecord } from '../github/loopback/artifacts.ts'
import type { Loopback } from '../github/loopback/server.ts'
import { startLoopback } from '../github/loopback/server.ts'
import { MALLORY } from '../github/loopback/token.ts'
import { artifactJob, pushes } from './artifact-jobs.ts'
import { commitOf, QUERY, runOf } from './runs.ts'

let github: Loopback

beforeEach(async () => {
  github = await startLoopback()
})
afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const UNTRUSTED: readonly [what: string, change: Partial<RunRecord>, says: RegExp][] = [
  ['a fork whose branch is called main', { headRepositoryId: 99 }, /comes from a push to main$/],
  ['another branch', { headBranch: 'topic' }, /comes from a push to main$/],
  ['a pull request from main', { event: 'pull_request' }, /on the event pull_request/],
  ['another workflow', { path: '.github/workflows/other.yml' }, /by the workflow .*other\.yml/],
  ['a cancelled run', { conclusion: 'cancelled' }, /ended as cancelled/],
  ['a run that is not over', { conclusion: null }, /ended as not yet/],
]
test.each(UNTRUSTED)('an artifact of %s is passed over', async (_, change, says) => {
  await pushes(github).save(runOf(1), QUERY, 30)
  expect(await pushes(github, change).save(runOf(2), QUERY, 30)).toEqual({ saved: true })
  const found = await pushes(github).find({ ...QUERY, commits: [commitOf(2)] })
  expect(found.kind === 'found' && found.runs.map((run) => run.commit)).toEqual([commitOf(1)])
  github.artifacts.stored.shift()
  const none = await pushes(github).find(QUERY)
  expect(none).toEqual({ kind: 'absent', reason: expect.stringMatching(says) })
})

test('a job that found a regression is a baseline all the same', async () => {
  await pushes(github, { conclusion: 'failure' }).save(runOf(1), QUERY, 30)
  expect((await pushes(github).find(QUERY)).kind).toBe('found')
})

test('what has expired is absent, what is broken is unreadable', async () => {
  await pushes(github).save(runOf(1), QUERY, 30)
  github.artifacts.stored[0]!.expired = true
  expect((await pushes(github).find(QUERY)).kind).toBe('absent')
  await pushes(github).save(runOf(2), QUERY, 30)
  const [, broken] = github.artifacts.stored
  github.blobs.set(broken!.blob, zipOne('baselines.jsonl', Buffer.from('{"schema":"tailgate-run/1"}')))
  expect(await pushes(github).find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: expect.stringMatching(/^artifact tailgate-baseline-.* of run 2, run 1: \$: "tool" is missing$/),
  })
})

test('a token that may not list artifacts is no absence', async () => {
  expect(await artifactJob(github, 1, MALLORY).find(QUERY)).toEqual({
    kind: 'unreadable',
    reason: 'Resource not accessible by integration',
  })
})

test('a second save in one run is refused, and says so', async () => {
  await pushes(github).save(runOf(1), QUERY, 30)
  expect(await artifactJob(github, 1).save(runOf(2), QUERY, 30)).toEqual({
    saved: false,
    reason: expect.stringContaining('already exists'),
  })
})

test('the other store stands in, and it is told why', async () => {
  const lost = directoryStore(temporaryFolder())
  const both = withFallback(lost, pushes(github))
  expect(await both.save(runOf(1), QUERY, 30)).toEqual({ saved: true })
  const fresh = withFallback(directoryStore(temporaryFolder()), pushes(github))
  expect(await fresh.find(QUERY)).toMatchObject({
    kind: 'found',
    source: expect.stringMatching(/^1 run in the artifact .*, because .* does not exist yet$/),
  })
  github.artifacts.stored.length = 0
  expect(await fresh.find(QUERY)).toMatchObject({
    kind: 'absent',
    reason: expect.stringMatching(/does not exist yet; artifact: no artifact/),
  })
})
