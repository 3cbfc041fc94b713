/** The action end to end: the real bundle, GitHub's own clients, a repository, a loopback GitHub. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BENCH, CONFIG, OWN } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'

let github: Loopback

beforeEach(async () => {
  github = await startLoopback()
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const SLOWER = { level: '130' }
const HISTORY = { compare: 'history' }
/** A script of the test's own, in as many rounds as it takes to see what it prints. */
const FEW = OWN.replace('time: 5m', 'rounds: { min: 1, max: 2, warmup: 0 }')

test('a slowdown of 30 % fails by base: comment, summary, annotation, outputs', async () => {
  const acme = new Acme(github)
  const done = await acme.pull(SLOWER)
  expect(done.code).toBe(1)
  expect(done.outputs).toMatchObject({ verdict: 'fail', improvements: '0' })
  expect(Number(done.outputs.regressions)).toBeGreaterThan(0)
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toMatch(
    /^<!-- tailgate:tailgate\.yml sha=[0-9a-f]{40} run=101\.1 verdict=fail -->\n❌ /,
  )
  expect(done.outputs['comment-url']).toBe(github.repository.comments[0]!.html_url)
  expect(done.summary).toContain('steady')
  expect(done.annotations[0]).toMatch(/^::error::❌ /)
  expect(done.annotations[1]).toMatch(/^::error title=steady .*file=tailgate\.yml,line=5::/)
  const report = JSON.parse(readFileSync(done.outputs.report!, 'utf8')) as { verdict: string }
  expect(report.verdict).toBe('fail')
  const folder = dirname(done.outputs.report!)
  expect(done.outputs.html).toBe(join(folder, 'report.html'))
  // What `tailgate run --report` writes, histograms of both sides among it.
  expect(readdirSync(folder).sort()).toEqual([
    ...['RESULTS.md', 'comment.md', 'hgrm', 'junit.xml', 'metrics.txt', 'quantiles.csv', 'report.html'],
    ...['report.json', 'report.txt'],
  ])
  for (const side of ['base', 'head'])
    expect(readdirSync(join(folder, 'hgrm', side))).toEqual(['steady.latency.hgrm'])
})

test('the comment is one, and follows the pull request', async () => {
  const acme = new Acme(github)
  await acme.pull(SLOWER)
  const { id } = github.repository.comments[0]!
  const done = await acme.pull({ level: '100', note: 'repaired' })
  expect(done.code).toBe(0)
  expect(done.outputs.verdict).toBe('pass')
  expect(github.repository.comments.map((comment) => comment.id)).toEqual([id])
  expect(acme.comments[0]).toContain('✅')
})

test('a push stores a baseline, a pull request is judged by history', async () => {
  const acme = new Acme(github, CONFIG.replace('time: 5m', 'rounds: { min: 6, max: 6, warmup: 0 }'))
  for (let n = 0; n < 9; n++)
    expect((await acme.push({ note: `push ${n}` }, { inputs: HISTORY })).code).toBe(0)
  expect(github.caches.entries).toHaveLength(9)
  const same = await acme.pull({ note: 'nothing' }, { inputs: HISTORY })
  expect(same.code).toBe(0)
  const slower = await acme.pull(SLOWER, { inputs: HISTORY })
  expect([slower.code, slower.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments[0]).toContain('history')
  expect(github.caches.entries).toHaveLength(9)
})

test('a baseline that the cache has forgotten is found among the artifacts', async () => {
  const acme = new Acme(github)
  await acme.push({ note: '1' })
  github.caches.entries.length = 0
  const done = await acme.pull({ note: 'x' }, { inputs: HISTORY })
  expect(done.outputs.verdict).not.toBe('error')
  expect(done.summary).toContain('after seven days without use')
  expect(done.summary).toMatch(/1 run in the artifact/)
})

test('with no baseline yet nothing was compared, and the comment says so', async () => {
  const acme = new Acme(github)
  const done = await acme.pull(SLOWER, { inputs: HISTORY })
  expect([done.code, done.outputs.verdict]).toEqual([0, 'inconclusive'])
  expect(acme.comments[0]).toMatch(/nothing was compared/)
  expect(acme.comments[0]).not.toContain('✅')
})

test('a baseline that cannot be read is an error, never no baseline', async () => {
  const acme = new Acme(github)
  await acme.push({ note: '1' })
  github.artifacts.stored.length = 0
  const done = await acme.pull(SLOWER, { inputs: HISTORY, env: { ACTIONS_CACHE_MODE: 'none' } })
  expect([done.code, done.outputs.verdict]).toEqual([2, 'error'])
  expect(acme.comments[0]).toContain('cache-mode')
})

test('a fork: no right to comment, the verdict stands and the summary says why', async () => {
  const acme = new Acme(github)
  const done = await acme.pull(SLOWER, { fork: true })
  expect(done.code).toBe(1)
  expect(acme.comments).toEqual([])
  expect(done.summary).toContain('No comment was written')
  expect(done.summary).toContain('from a fork may only read')
  const green = await acme.pull({ note: 'x' }, { fork: true })
  expect(green.code).toBe(0)
})

test('GitHub down while commenting changes no verdict', async () => {
  const acme = new Acme(github)
  const down = { status: 503, json: { message: 'down' }, headers: { 'retry-after': '0' } }
  github.faults.push({ match: /issues/, answer: down, times: 99 })
  const done = await acme.pull({ note: 'x' })
  expect([done.code, done.outputs.verdict]).toEqual([0, 'pass'])
  expect(done.summary).toContain('503')
})

test('a comment beyond the limit is shortened by whole sections, with a link to all of it', async () => {
  const names = Array.from({ length: 150 }, (_, i) => `benchmark number ${i} of a long list of them`)
  const script = `
import { readFileSync } from 'node:fs'
const level = Number(readFileSync('level', 'utf8'))
for (const benchmark of ${JSON.stringify(names)}) {
  const values = Array.from({ length: 20 }, (_, i) => level + i / 10 + Number(process.env.TAILGATE_ROUND) / 50)
  console.log(JSON.stringify({ benchmark, unit: 'us', values }))
}`
  const acme = new Acme(github, FEW)
  acme.origin.commit('many benchmarks', { 'bench.mjs': script })
  github.repository.longestComment = 20_000
  const done = await acme.pull(SLOWER)
  expect(acme.comments).toHaveLength(1)
  const [body] = acme.comments
  expect(body!.length).toBeLessThanOrEqual(20_000)
  expect(body).toContain('](https://github.com/acme/widget/actions/runs/101/attempts/1)')
  expect(body!.match(/<details>/g)?.length ?? 0).toBe(body!.match(/<\/details>/g)?.length ?? 0)
  expect(done.summary.length).toBeGreaterThan(body!.length)
})

test('a config that is wrong is told everywhere, is no pass, and replaces an old ✅', async () => {
  const acme = new Acme(github)
  await acme.pull({ note: 'fine' })
  const done = await acme.pull({ 'tailgate.yml': CONFIG.replace('time: 5m', 'treshold: 5%') })
  expect([done.code, done.outputs.verdict]).toEqual([2, 'error'])
  expect(done.annotations[0]).toMatch(/^::error::tailgate\.yml:2:1: .*threshold/)
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toContain('Nothing was judged')
  expect(done.summary).toContain('treshold')
})

test('pull_request_target, unknown modes and shards are refused', async () => {
  const acme = new Acme(github)
  const target = await acme.pull({}, { event: { name: 'pull_request_target', payload: {} } })
  expect(target.code).toBe(2)
  expect(target.annotations[0]).toMatch(/pull_request_target/)
  for (const inputs of [{ mode: 'gait' }, { shard: '3/2' }, { comment: 'maybe' }, { name: 'x' }])
    expect((await acme.pull({ note: JSON.stringify(inputs) }, { inputs })).code).toBe(2)
})

test('one benchmark without a config file', async () => {
  const acme = new Acme(github)
  const inputs = { name: 'inline', run: BENCH, threshold: '10%', config: '' }
  const done = await acme.pull(SLOWER, { inputs })
  expect(done.code).toBe(1)
  expect(acme.comments[0]).toMatch(/^<!-- tailgate:inline /)
})

test('the pull request that brings Tailgate is welcomed: base has no config to fail by', async () => {
  const acme = new Acme(github)
  acme.origin.git('rm', '-q', 'tailgate.yml')
  acme.origin.commit('without')
  const done = await acme.pull({ 'tailgate.yml': CONFIG })
  expect(done.code).toBe(0)
  expect(acme.comments[0]).toContain('base has no tailgate.yml yet')
})

test('a job run again replaces its own comment, and cannot replace that of a newer job', async () => {
  const acme = new Acme(github)
  await acme.pull(SLOWER)
  const again = await acme.pull({ note: 'x' }, { env: { GITHUB_RUN_ID: '101', GITHUB_RUN_ATTEMPT: '2' } })
  expect(again.outputs['comment-url']).not.toBe('')
  expect(acme.comments[0]).toContain('run=101.2 verdict=pass')
  const old = await acme.pull(SLOWER, { env: { GITHUB_RUN_ID: '7' } })
  expect([old.code, old.outputs['comment-url']]).toEqual([1, ''])
  expect(acme.comments[0]).toContain('run=101.2 verdict=pass')
})

test('a merge queue is judged against its base, and stores nothing', async () => {
  const acme = new Acme(github)
  const base = acme.origin.git('rev-parse', 'main')
  const group = { base_sha: base, base_ref: 'refs/heads/main' }
  const done = await acme.push(SLOWER, {
    event: { name: 'merge_group', payload: { merge_group: group, repository: { default_branch: 'main' } } },
    ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`,
  })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
  expect(github.caches.entries).toEqual([])
})

test('a tag is judged against the tag before it, however far back', async () => {
  const acme = new Acme(github)
  acme.origin.git('tag', 'v1.1.0')
  acme.origin.commit('slower', SLOWER)
  acme.origin.commit('more', { note: '1' })
  const payload = JSON.parse(readFileSync('fixtures/github/push-tag.json', 'utf8')) as unknown
  const ref = 'refs/tags/v1.2.0'
  const done = await acme.push({ note: '2' }, { event: { name: 'push', payload }, ref })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
  expect(done.summary).toContain('previous tag v1.1.0')
})

test('a branch pushed for the first time is judged against the commit before', async () => {
  const acme = new Acme(github)
  const payload = JSON.parse(readFileSync('fixtures/github/push-new-branch.json', 'utf8')) as unknown
  const done = await acme.push(SLOWER, { event: { name: 'push', payload }, ref: 'refs/heads/feature/ärger' })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
})

test('what a script is handed holds no token, and what it prints is no command', async () => {
  const acme = new Acme(github, FEW)
  const spy = `
import { writeFileSync } from 'node:fs'
const seen = Object.keys(process.env).filter((name) => /^(ACTIONS_|INPUT_|STATE_|GITHUB_TOKEN|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/.test(name))
console.log(JSON.stringify({ benchmark: '::error::' + seen.join(), unit: 'us', values: [1, 2, 3] }))`
  acme.origin.commit('spy', { 'bench.mjs': spy })
  const done = await acme.pull({ note: 'x' })
  const report = readFileSync(done.outputs.report!, 'utf8')
  expect(report).toContain('steady/::error::"')
  expect(done.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('· '))).toEqual([])
})

test('a cancelled job ends its scripts, says so, and is no pass', async () => {
  const acme = new Acme(github, CONFIG.replace('time: 5m', 'rounds: { min: 200, max: 200 }'))
  const done = await acme.pull({ note: 'x' }, { interrupt: { when: /round 6 of/, signal: 'SIGINT' } })
  expect(done.code).toBe(130)
  expect(done.outputs.verdict).not.toBe('pass')
  expect(acme.comments[0]).toContain('cancelled')
  expect(acme.comments[0]).not.toMatch(/^✅/m)
})
