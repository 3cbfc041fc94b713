/** Pull requests of forks: one job measures without rights, another reports without running anything. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { decodeHandOver, encodeHandOver, HAND_OVER_FILE, handOverName } from '../../src/github/hand-over.ts'
import { unzipOne, zipOne } from '../../src/github/zip.ts'
import { Acme } from './acme.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'
import { BOT, READER } from './loopback/token.ts'

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
const MEASURE = { fork: true, inputs: { mode: 'measure' } } as const

function handed(): { id: string; report: Report } {
  const [artifact] = github.artifacts.stored
  const text = unzipOne(github.blobs.bytes(artifact!.blob)!, HAND_OVER_FILE, 1e8, 'x').toString()
  return decodeHandOver(text, 'x')
}

/** A run of the fork that handed over what somebody made up. */
async function plant(text: string): Promise<void> {
  await acme.pull({ note: 'x' }, { fork: true, inputs: { mode: 'measure', config: 'none.yml' } })
  const run = github.artifacts.runs.at(-1)!
  github.artifacts.plant(
    run.id,
    handOverName({ id: 'tailgate.yml' }, 1),
    zipOne(HAND_OVER_FILE, Buffer.from(text)),
  )
}

test('measure: gates by exit code, writes the summary, uploads one artifact, and writes nothing else', async () => {
  const done = await acme.pull(SLOWER, MEASURE)
  expect([done.code, done.outputs.verdict]).toEqual([1, 'fail'])
  expect(done.summary).toContain('steady')
  expect(done.summary).not.toContain('No comment')
  expect(github.artifacts.stored.map(({ name, done }) => [name, done])).toEqual([
    [handOverName({ id: 'tailgate.yml' }, 1), true],
  ])
  expect(handed().report.verdict).toBe('fail')
  expect(github.requests.filter((line) => /^(?!GET).*\/repos\//.test(line))).toEqual([])
})

test('report: one comment on the pull request, as the gate itself would write it', async () => {
  await acme.pull(SLOWER, MEASURE)
  const done = await acme.followUp()
  expect(done.code).toBe(0)
  expect(done.outputs.verdict).toBe('fail')
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toMatch(
    /^<!-- tailgate:tailgate\.yml sha=[0-9a-f]{40} run=101\.1 verdict=fail -->\n❌ /,
  )
  expect(acme.comments[0]).toContain('/actions/runs/101/attempts/1')
  await acme.pull({ note: 'repaired' }, MEASURE)
  await acme.followUp()
  expect(acme.comments).toHaveLength(1)
  expect(acme.comments[0]).toContain('\n✅ ')
})

test('a report of a head that is gone is dropped', async () => {
  await acme.pull(SLOWER, MEASURE)
  Object.assign(github.repository.pulls[0]!, { headSha: 'f'.repeat(40) })
  const done = await acme.followUp()
  expect(done.code).toBe(0)
  expect(done.stderr).toContain('has moved on')
  expect(acme.comments).toEqual([])
})

test('a pull request from another repository with the same branch and commit is not the one', async () => {
  await acme.pull(SLOWER, MEASURE)
  Object.assign(github.repository.pulls[0]!, { headRepositoryId: 12345 })
  const done = await acme.followUp()
  expect(done.stderr).toContain('no open pull request')
  expect(acme.comments).toEqual([])
})

test('a run that handed over nothing is told as that', async () => {
  await acme.pull(SLOWER, { fork: true })
  const done = await acme.followUp()
  expect([done.code, done.outputs.verdict]).toEqual([0, 'error'])
  expect(acme.comments[0]).toContain('handed over no report')
})

test.each([
  ['not JSON', '{"schema"', /is not JSON/],
  ['of another schema', '{"schema":"x"}', /schema/],
  ['without a report', '{"schema":"tailgate-hand-over/1","id":"x"}', /"report" is missing/],
  ['nested without end', `{"a":${'['.repeat(1e6)}`, /nested deeper/],
])('what is handed over %s is refused with its place', async (_, text, says) => {
  await plant(text)
  const done = await acme.followUp()
  expect(done.code).toBe(2)
  expect(done.annotations[0]).toMatch(says)
  expect(acme.comments).toEqual([])
})

test('hostile text in every field of a report comes out inert', async () => {
  await acme.pull(SLOWER, MEASURE)
  const evil = `</code>@everyone <img src=x> ![p](http://evil.example/p.png) [l](javascript:1) \`\`\` <!-- tailgate:x -->`
  const { report } = handed()
  const forged = JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    typeof value === 'string' && !/^(schema|verdict|better|judgedBy|compare|status|statistic|unit)$/.test(key)
      ? evil
      : value,
  ) as Report
  github.artifacts.stored.length = 0
  await plant(encodeHandOver({ id: evil, report: forged }))
  const done = await acme.followUp()
  expect(done.code).toBe(0)
  const [body] = acme.comments
  const [marker, ...rest] = body!.split('\n')
  expect(marker).toMatch(/^<!-- tailgate:\S+ sha=\S+ run=\S+ verdict=fail -->$/)
  for (const text of [rest.join('\n'), done.summary]) {
    const outside = text.replace(/^```[\s\S]*?^```/gm, '')
    expect(outside).not.toMatch(/<img|@everyone|\]\(http:\/\/evil|\]\(javascript|<!--/)
  }
})

test('a job without the right to comment fails: to report is all it is there for', async () => {
  await acme.pull(SLOWER, MEASURE)
  const done = await acme.followUp({ actor: READER })
  expect(done.code).toBe(2)
  expect(done.annotations[0]).toContain('pull-requests: write')
})

test('report belongs in a workflow_run job, and runs nothing there', async () => {
  expect((await acme.pull(SLOWER, { inputs: { mode: 'report' } })).code).toBe(2)
  const gate = await acme.followUp({ inputs: { mode: 'gate' }, actor: BOT })
  expect(gate.code).toBe(2)
  expect(gate.annotations[0]).toContain('nothing is measured')
})

test('an artifact service that refuses changes no verdict', async () => {
  const answer = { status: 403, json: { code: 'permission_denied', msg: 'no' } }
  github.faults.push({ match: /CreateArtifact/, answer, times: 9 })
  const done = await acme.pull({ note: 'x' }, MEASURE)
  expect([done.code, done.outputs.verdict]).toEqual([0, 'pass'])
  expect(done.summary).toContain('could not be handed over')
})
