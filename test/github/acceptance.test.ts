/** A regression that people accept by a label. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BENCH } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'

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

const SLOWER = { level: '130' }

test('with the label the job passes, and the comment says who accepted it; without it the gate is armed again', async () => {
  expect((await acme.pull(SLOWER)).code).toBe(1)
  github.repository.labels.push({ name: 'perf-accepted', by: 'maintainer-mia' })
  const accepted = await acme.pull(SLOWER)
  expect([accepted.code, accepted.outputs.verdict]).toEqual([0, 'pass'])
  expect(acme.comments[0]).toContain('maintainer-mia')
  expect(acme.comments[0]).toContain('2026-11-20')
  expect(acme.comments[0]).toContain('does not fail, because this is accepted')
  expect(acme.comments[0]).toMatch(/\n⚠️ /)
  expect(acme.comments[0]).not.toContain('❌')
  github.repository.labels.length = 0
  expect((await acme.pull(SLOWER)).code).toBe(1)
})

test('a pattern covers what it names and nothing else', async () => {
  github.repository.labels.push({ name: 'perf-accepted: other*', by: 'mia' }, { name: 'bug', by: 'mia' })
  expect((await acme.pull(SLOWER)).code).toBe(1)
  github.repository.labels.push({ name: 'perf-accepted: st*', by: 'mia' })
  expect((await acme.pull(SLOWER)).code).toBe(0)
})

test('a budget is not accepted with it', async () => {
  github.repository.labels.push({ name: 'perf-accepted', by: 'mia' })
  const config = `time: 5m\nbenchmarks:\n  - name: steady\n    run: ${BENCH}\n    budgets: ["p(50) < 120us"]\n`
  const done = await acme.pull({ ...SLOWER, 'tailgate.yml': config })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
})

test('labels that cannot be read accept nothing', async () => {
  github.repository.labels.push({ name: 'perf-accepted', by: 'mia' })
  github.faults.push({ match: /labels/, answer: { status: 403, json: { message: 'no' } }, times: 9 })
  const done = await acme.pull(SLOWER)
  expect(done.code).toBe(1)
  expect(done.stderr).toContain('nothing is accepted')
})

test('in a merge queue the labels of the queued pull request count', async () => {
  github.repository.labels.push({ name: 'perf-accepted', by: 'mia' })
  const base = acme.origin.git('rev-parse', 'main')
  const group = { base_sha: base, base_ref: 'refs/heads/main' }
  const done = await acme.push(SLOWER, {
    event: { name: 'merge_group', payload: { merge_group: group, repository: { default_branch: 'main' } } },
    ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`,
  })
  expect([done.code, done.outputs.verdict]).toEqual([0, 'pass'])
  expect(github.requests).toContain('GET /repos/acme/widget/issues/7/labels')
})
