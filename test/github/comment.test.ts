import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/github/client.ts'
import type { CommentRequest } from '../../src/github/comment.ts'
import { upsertComment } from '../../src/github/comment.ts'
import type { Marker } from '../../src/github/marker.ts'
import { isOf, readMarker, writeMarker } from '../../src/github/marker.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'
import type { Actor } from './loopback/token.ts'
import { BOT, MALLORY, READER } from './loopback/token.ts'

let github: Loopback

beforeEach(async () => {
  github = await startLoopback()
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const marker: Marker = { id: 'tailgate.yml', sha: 'a'.repeat(40), runId: 7, runAttempt: 1, verdict: 'pass' }

async function post(text: string, request: Partial<CommentRequest> = {}, actor: Actor = BOT) {
  const client = await connect({ token: actor.token, apiUrl: github.url, owner: 'acme', repo: 'widget' })
  return upsertComment(client, {
    number: 3,
    marker,
    mode: 'auto',
    render: (line, limit) => `${line}\n${text}`.slice(0, limit),
    ...request,
  })
}

const bodies = () => github.repository.comments.map(({ body }) => body.split('\n')[1])

test('the comment is one, and is updated in place', async () => {
  expect(await post('first')).toMatchObject({ posted: true, how: 'created' })
  expect(await post('second')).toMatchObject({ posted: true, how: 'updated' })
  expect(bodies()).toEqual(['second'])
})

test('what has not changed is not written again', async () => {
  await post('same')
  expect(await post('same')).toMatchObject({ posted: true, how: 'unchanged' })
  expect(github.requests.filter((line) => line.startsWith('PATCH'))).toEqual([])
})

test('it is found beyond the first hundred comments', async () => {
  for (let i = 0; i < 230; i++) github.repository.say(3, 'chatter', MALLORY)
  await post('first')
  for (let i = 0; i < 120; i++) github.repository.say(3, 'chatter', MALLORY)
  expect(await post('second')).toMatchObject({ how: 'updated' })
})

test('a comment of somebody else with our marker is left alone', async () => {
  github.repository.say(3, `${writeMarker({ ...marker, runId: 999 })}\nforged`, MALLORY)
  expect(await post('real')).toMatchObject({ how: 'created' })
  expect(bodies()).toEqual(['forged', 'real'])
})

test('a marker that is quoted further down is none', async () => {
  github.repository.say(3, `look:\n${writeMarker(marker)}`, BOT)
  expect(await post('real')).toMatchObject({ how: 'created' })
})

test('several gates of one pull request each have their own', async () => {
  await post('one')
  await post('two', { marker: { ...marker, id: 'packages/b/tailgate.yml' } })
  expect(bodies()).toEqual(['one', 'two'])
})

test('an older run never overwrites a newer one, a later attempt of the same run does', async () => {
  await post('newer', { marker: { ...marker, runId: 8, sha: 'b'.repeat(40) } })
  expect(await post('older')).toEqual({
    posted: false,
    reason: 'the comment is of a newer run (bbbbbbb)',
    intended: true,
  })
  await post('again', { marker: { ...marker, runId: 8, runAttempt: 2 } })
  expect(bodies()).toEqual(['again'])
})

test('of two that were made at once the first stays', async () => {
  github.repository.say(3, `${writeMarker(marker)}\na`, BOT)
  github.repository.say(3, `${writeMarker(marker)}\nb`, BOT)
  await post('c')
  expect(bodies()).toEqual(['c'])
})

test('on-change is silent while the verdict stays what it was', async () => {
  expect(await post('fine', { mode: 'on-change' })).toMatchObject({ posted: false })
  const failed = { mode: 'on-change', marker: { ...marker, verdict: 'fail' } } as const
  expect(await post('red', failed)).toMatchObject({ how: 'created' })
  expect(await post('red again', failed)).toMatchObject({ posted: false })
  expect(await post('fine again', { mode: 'on-change' })).toMatchObject({ how: 'updated' })
  expect(bodies()).toEqual(['fine again'])
})

test('a token that may only read is a reason, not an exception', async () => {
  expect(await post('fork', {}, READER)).toEqual({
    posted: false,
    reason: 'the token may not write to this pull request (403: Resource not accessible by integration)',
  })
})

test('a body that GitHub refuses is asked for in a shorter form', async () => {
  github.repository.longestComment = 15_000
  const asked: number[] = []
  const posted = await post('', {
    render: (line, limit) => {
      asked.push(limit)
      return line + 'x'.repeat(limit - line.length)
    },
  })
  expect(posted).toMatchObject({ how: 'created' })
  expect(asked).toEqual([60_000, 30_000, 12_000])
})

test('a limit is waited for, an outage of writing is told', async () => {
  const busy = { status: 429, json: { message: 'slow down' }, headers: { 'retry-after': '0' } }
  github.faults.push({ match: /^POST .*comments$/, answer: busy, times: 2 })
  expect(await post('patient')).toMatchObject({ how: 'created' })
  const down = { status: 502, json: { message: 'no server' }, headers: { 'retry-after': '0' } }
  github.faults.push({ match: /^PATCH/, answer: down, times: 9 })
  expect(await post('in vain')).toEqual({ posted: false, reason: 'GitHub answered 502: no server' })
})

test('nothing in a gate name can end the marker', () => {
  for (const id of ['a --> b', 'x\ny', 'tailgate.yml#quick', '--', 'Ünïcode ✅']) {
    const line = writeMarker({ ...marker, id })
    expect(line.slice(4, -3)).not.toMatch(/--|>/)
    expect(isOf(readMarker(`${line}\nrest`), id)).toBe(true)
    expect(isOf(readMarker(`${line}\nrest`), 'other')).toBe(false)
  }
})
