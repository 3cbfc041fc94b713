/** Every fault of GitHub that was tried, and what became of the job: docs/faults.md is made here (UPDATE_GOLDEN=1). */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeMarker } from '../../src/github/marker.ts'
import { BENCH, temporaryFolder } from '../cli/repository.ts'
import { expectGolden } from '../golden.ts'
import { Acme, type Change } from './acme.ts'
import type { Done } from './job.ts'
import type { Answer } from './loopback/exchange.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'
import { BOT, READER } from './loopback/token.ts'

interface Fault {
  readonly name: string
  /** A pull request unless told. */
  readonly job?: 'push'
  readonly arrange: (github: Loopback) => Change
  readonly code: number
  readonly verdict: string
  readonly comments: number
}

const QUICK = `
compare: none
benchmarks:
  - name: steady
    run: ${BENCH}
    budgets: ["p(50) < 200us"]
`
const HISTORY = { inputs: { compare: 'history' } }

function failing(match: RegExp, answer: Answer, change: Change = {}, times = 99): Fault['arrange'] {
  return (github) => {
    github.faults.push({ match, answer, times })
    return change
  }
}

function told(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, json: { message, msg: message, code: 'unavailable' }, headers }
}

const NOW = { 'retry-after': '0' }
const PASS = { code: 0, verdict: 'pass' }

const FAULTS: readonly Fault[] = [
  { name: 'none', arrange: () => ({}), ...PASS, comments: 1 },
  { name: 'a fork: the token may only read', arrange: () => ({ fork: true }), ...PASS, comments: 0 },
  { name: 'no token', arrange: () => ({ inputs: { 'github-token': '' } }), ...PASS, comments: 0 },
  {
    name: 'a token that GitHub does not know',
    arrange: () => ({ actor: { ...BOT, token: 'old' } }),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the API cannot be reached',
    arrange: () => ({ env: { GITHUB_API_URL: 'http://127.0.0.1:59321' } }),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the API answers 502 to everything',
    arrange: failing(/\/repos\//, told(502, 'bad gateway', NOW)),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the API answers 502 twice, then works',
    arrange: failing(/GET \/repos\//, told(502, 'bad gateway', NOW), {}, 2),
    ...PASS,
    comments: 1,
  },
  {
    name: 'a limit (429 with Retry-After), then works',
    arrange: failing(/\/repos\//, told(429, 'slow down', NOW), {}, 2),
    ...PASS,
    comments: 1,
  },
  {
    name: 'a secondary limit (403 with Retry-After), then works',
    arrange: failing(/POST \/repos\//, told(403, 'secondary rate limit', NOW), {}, 1),
    ...PASS,
    comments: 1,
  },
  {
    name: 'a limit that lasts an hour',
    arrange: failing(/\/repos\//, told(429, 'come back later', { 'retry-after': '3600' })),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the comment is too long for GitHub at any length',
    arrange: failing(/POST .*comments/, told(422, 'Validation Failed')),
    ...PASS,
    comments: 0,
  },
  {
    name: 'a newer run has commented already',
    arrange(github) {
      const marker = { id: 'tailgate.yml', sha: 'b'.repeat(40), runId: 999, runAttempt: 1, verdict: 'pass' }
      github.repository.say(7, `${writeMarker(marker)}\nnewer`, BOT)
      return {}
    },
    ...PASS,
    comments: 1,
  },
  {
    name: 'the summary cannot be written',
    arrange() {
      const folder = join(temporaryFolder(), 'summary')
      mkdirSync(folder)
      return { env: { GITHUB_STEP_SUMMARY: folder } }
    },
    ...PASS,
    comments: 1,
  },
  {
    name: 'the cache may not be read, nor artifacts',
    arrange: (github) => {
      github.faults.push({
        match: /actions\/artifacts/,
        answer: told(403, 'Resource not accessible'),
        times: 99,
      })
      return { ...HISTORY, env: { ACTIONS_CACHE_MODE: 'none' } }
    },
    code: 2,
    verdict: 'error',
    comments: 1,
  },
  {
    name: 'the cache service answers nonsense, and there are no artifacts',
    arrange: failing(/GetCacheEntryDownloadURL/, told(400, 'malformed'), HISTORY),
    code: 2,
    verdict: 'error',
    comments: 1,
  },
  {
    name: 'there is no baseline yet',
    arrange: () => HISTORY,
    code: 0,
    verdict: 'inconclusive',
    comments: 1,
  },
  {
    name: 'a push that may write neither cache nor artifact',
    job: 'push',
    arrange: failing(/CreateArtifact/, told(403, 'denied'), { env: { ACTIONS_CACHE_MODE: 'read' } }),
    ...PASS,
    comments: 0,
  },
  {
    name: 'a push that may not write the cache',
    job: 'push',
    arrange: () => ({ env: { ACTIONS_CACHE_MODE: 'read' } }),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the artifact of `mode: measure` is refused',
    arrange: failing(/CreateArtifact/, told(403, 'denied'), { actor: READER, inputs: { mode: 'measure' } }),
    ...PASS,
    comments: 0,
  },
  {
    name: 'the event file is broken',
    arrange: () => ({ event: { name: 'pull_request', payload: 'nonsense' } }),
    code: 2,
    verdict: 'error',
    comments: 0,
  },
  {
    name: 'cancelled (SIGINT) while measuring',
    arrange: () => ({
      inputs: { compare: 'base' },
      interrupt: { when: /round 6 of/, signal: 'SIGINT' },
    }),
    code: 130,
    verdict: 'inconclusive',
    comments: 1,
  },
  {
    name: 'cancelled (SIGTERM) before the first round ended',
    arrange: () => ({ interrupt: { when: /seed/, signal: 'SIGTERM' } }),
    code: 143,
    verdict: 'fail',
    comments: 1,
  },
]

const rows = new Map<string, string>()

test.each(FAULTS)('$name', async ({ name, job, arrange, code, verdict, comments }) => {
  const github = await startLoopback()
  try {
    const acme = new Acme(github, QUICK)
    const change = arrange(github)
    const done =
      job === 'push' ? await acme.push({ note: 'x' }, change) : await acme.pull({ note: 'x' }, change)
    expect([done.code, done.outputs.verdict], done.stderr).toEqual([code, verdict])
    expect(acme.comments).toHaveLength(comments)
    rows.set(name, `| ${name} | ${done.outputs.verdict} | ${done.code} | ${said(done)} |`)
  } finally {
    await github.close()
  }
})

/** What a person is told of it: warnings of the log, and why the step failed. */
function said({ stderr, annotations }: Done): string {
  const lines = [
    ...stderr.split('\n').filter((line) => /^· (warning:|comment |no comment )/.test(line)),
    ...annotations.filter((line) => line.startsWith('::error::')),
  ].map((line) =>
    line
      .replace(/^(· |::error::)/, '')
      .replace(/^warning: /, '')
      .replace(/: https:\/\/github\.com.*$/, '')
      .replace(/tailgate-baseline-\S+/g, 'tailgate-baseline-…')
      .replace(/'?\/tmp\/\S+/g, '…')
      .replaceAll('|', '\\|'),
  )
  return [...new Set(lines)].join('<br>')
}

afterAll(() => {
  if (rows.size < FAULTS.length) return
  const page = `# What happens when GitHub fails

Made by \`test/github/faults.test.ts\`: the real bundle and GitHub's own clients against a loopback GitHub that is made
to fail. The benchmark itself is within its budget, so that whatever is not \`pass\` comes from the fault.

| fault | verdict | exit code | what is said |
| :- | :- | -: | :- |
${FAULTS.map(({ name }) => rows.get(name)).join('\n')}
`
  expectGolden('docs/faults.md', page)
})
