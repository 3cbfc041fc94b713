/** The commit status by itself: what each verdict is for GitHub, and what stands in it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GateVerdict } from '../../src/core/report.ts'
import { connect } from '../../src/github/client.ts'
import { type StatusRequest, setStatus } from '../../src/github/status.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'
import type { Actor } from './loopback/token.ts'
import { BOT, READER } from './loopback/token.ts'

let github: Loopback

beforeEach(async () => {
  github = await startLoopback()
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const status: StatusRequest = {
  sha: 'a'.repeat(40),
  id: 'core',
  verdict: 'pass',
  headline: 'all is well',
  url: 'https://github.com/acme/widget/actions/runs/7',
}

async function set(more: Partial<StatusRequest> = {}, actor: Actor = BOT): Promise<string | undefined> {
  const client = await connect({ token: actor.token, apiUrl: github.url, owner: 'acme', repo: 'widget' })
  return setStatus(client, { ...status, ...more })
}

test.each([
  ['pass', 'success'],
  ['inconclusive', 'success'],
  ['fail', 'failure'],
  ['error', 'error'],
] as const satisfies readonly (readonly [GateVerdict, string])[])('%s is %s', async (verdict, state) => {
  expect(await set({ verdict })).toBeUndefined()
  expect(github.repository.statuses).toEqual([
    { sha: status.sha, state, context: 'tailgate: core', description: 'all is well', target_url: status.url },
  ])
})

test('a description is as long as GitHub takes it, and ends in … where it was cut', async () => {
  await set({ headline: 'x'.repeat(140) })
  await set({ headline: 'x'.repeat(141) })
  expect(github.repository.statuses.map(({ description }) => description)).toEqual([
    'x'.repeat(140),
    `${'x'.repeat(139)}…`,
  ])
})

test('one that cannot be set is told and never thrown', async () => {
  expect(await set({}, READER)).toBe('403: Resource not accessible by integration')
  github.faults.push({ match: /statuses/, times: 1, answer: { status: 500, json: { message: 'down' } } })
  expect(await set()).toBe('500: down')
  const broken = { request: () => Promise.reject(new TypeError('no such thing')) }
  expect(await setStatus({ ...broken, all: async () => [], viewer: async () => undefined }, status)).toBe(
    'TypeError: no such thing',
  )
  expect(github.repository.statuses).toEqual([])
})
