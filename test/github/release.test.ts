/** Release gates in a job: a shallow checkout, a pull request to a release branch, a tag. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CONFIG } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'

vi.setConfig({ testTimeout: 180_000 })

let github: Loopback
let acme: Acme

beforeEach(async () => {
  github = await startLoopback()
  acme = new Acme(github, `${CONFIG}baseline: { release: true }\n`)
  acme.origin.git('tag', 'v1.2.0')
  acme.origin.commit('a merge', { level: '110' })
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

test('a pull request that changes nothing cannot be released: what has come since v1.2.0 is too much', async () => {
  const done = await acme.pull({ note: 'x' })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toContain('<code>steady (since v1.2.0)</code>')
  expect(done.annotations[1]).toMatch(/^::error title=steady \(since v1\.2\.0\).*file=tailgate\.yml,line=4::/)
})

test('a tag is judged against main and against the tag before it', async () => {
  const payload = JSON.parse(readFileSync('fixtures/github/push-tag.json', 'utf8')) as unknown
  const ref = 'refs/tags/v1.3.0'
  const done = await acme.push({ note: '2' }, { event: { name: 'push', payload }, ref })
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
  const { comparisons } = JSON.parse(readFileSync(done.outputs.report!, 'utf8')) as {
    comparisons: { benchmark: string; statistic: string; verdict: string }[]
  }
  const p50 = comparisons.filter(({ statistic }) => statistic === 'p50')
  expect(p50.map(({ benchmark, verdict }) => [benchmark, verdict])).toEqual([
    ['steady', 'unchanged'],
    ['steady (since v1.2.0)', 'regressed'],
  ])
})
