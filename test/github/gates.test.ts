/** Several gates of one run as one comment and one verdict, and the commit status. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CONFIG, NOISE } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'
import { READER } from './loopback/token.ts'

let github: Loopback
let acme: Acme

beforeEach(async () => {
  github = await startLoopback()
  acme = new Acme(github)
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

// A job that hands its report over sets no status, even where it is asked to.
const GATES = ['core on linux', 'core on macos'].map((id) => ({ mode: 'measure', id, status: 'true' }))
const SERVER = {
  'server/tailgate.yml': CONFIG,
  'server/bench.awk': NOISE,
  'server/level': '100',
}

test('operating systems and packages become one comment and one verdict, names telling which', async () => {
  acme.origin.commit('a package', SERVER)
  const server = { mode: 'measure', config: 'server/tailgate.yml', id: 'server' }
  const jobs = [...GATES, server, { mode: 'report', id: 'core on *, server', status: 'true' }]
  const done = await acme.jobs({ 'server/level': '130' }, jobs)
  expect(done.map(({ code }) => code)).toEqual([0, 0, 1, 1])
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toContain('<code>steady (server)</code>')
  expect(acme.comments[0]).toContain('steady (core on linux)')
  expect(acme.comments[0]).toMatch(/false alarms: at most 3 %/)
  const { headSha } = github.repository.pulls[0]!
  const [status, ...more] = github.repository.statuses
  expect([status!.sha, status!.state, status!.context]).toEqual([
    headSha,
    'failure',
    'tailgate: core on *, server',
  ])
  expect(status!.description).toMatch(/^❌ .{1,138}$/)
  expect(more).toEqual([])
})

test('a gate of the list that is not there is missing; what the list does not name is told by itself', async () => {
  const [, , joined] = await acme.jobs({ note: 'x' }, [
    ...GATES,
    { mode: 'report', id: 'core on linux, windows' },
  ])
  expect([joined!.code, joined!.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments).toHaveLength(2)
  expect(acme.comments[0]).toContain('<code>gate windows</code>')
  expect(acme.comments[1]).toMatch(/^<!-- tailgate:core%20on%20macos .* verdict=pass/)
})

test('a status for each verdict, on the head of the pull request; without the right the verdict stands', async () => {
  const inputs = { status: 'true' }
  await acme.pull({ note: 'w' })
  await acme.pull({ note: 'x' }, { inputs })
  await acme.pull({ 'tailgate.yml': 'treshold: 1' }, { inputs })
  const refused = await acme.pull({ note: 'y' }, { inputs, actor: READER })
  expect(refused.code).toBe(0)
  expect(refused.stderr).toContain('no commit status was set')
  const told = github.repository.statuses.map(({ state, context }) => [state, context])
  expect(told).toEqual([
    ['success', 'tailgate: tailgate.yml'],
    ['error', 'tailgate: tailgate.yml'],
  ])
  expect((await acme.pull({ note: 'z' }, { inputs: { status: 'yes' } })).code).toBe(2)
})
