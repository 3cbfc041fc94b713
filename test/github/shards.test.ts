/** A suite over the jobs of a matrix, joined by one more job. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import type { Run } from '../../src/core/run.ts'
import { encodeRun } from '../../src/core/run-file.ts'
import { BENCH, NOISE } from '../cli/repository.ts'
import { Acme } from './acme.ts'
import type { Done } from './job.ts'
import type { Loopback } from './loopback/server.ts'
import { startLoopback } from './loopback/server.ts'

let github: Loopback
let acme: Acme

const SUITE = `
time: 5m
rounds: { min: 10, max: 14, warmup: 0 }
benchmarks:
  - { name: one, run: ${BENCH} }
  - { name: two, run: ${BENCH} }
  - { name: three, run: awk -f other.awk }
`
const OTHER = { 'other.awk': NOISE.replace('"level"', '"other"'), other: '100' }

beforeEach(async () => {
  github = await startLoopback()
  acme = new Acme(github, SUITE)
  acme.origin.commit('another benchmark', OTHER)
})

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const SHARDS = [{ shard: '1/2' }, { shard: '2/2' }]
const REPORT = { mode: 'report' }

test('each measures its part, and one comment and one verdict tell of all', async () => {
  const [first, second, joined] = await acme.jobs({ other: '130' }, [...SHARDS, REPORT])
  expect([first!.code, second!.code].sort()).toEqual([0, 1].sort())
  expect([joined!.code, joined!.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments).toHaveLength(1)
  for (const name of ['one', 'two', 'three']) expect(acme.comments[0]).toContain(`<code>${name}</code>`)
  expect(acme.comments[0]).toMatch(/^<!-- tailgate:tailgate\.yml .* verdict=fail -->\n❌ /)
  expect(joined!.annotations[0]).toMatch(/^::error::❌/)
})

test('nothing changed: green, and at the false-alarm rate of one job', async () => {
  const [, , joined] = await acme.jobs({ note: 'x' }, [...SHARDS, REPORT])
  expect([joined!.code, joined!.outputs.verdict]).toEqual([0, 'pass'])
  expect(acme.comments[0]).toMatch(/false alarms: at most 1 %/)
})

test('a shard that is not there is missing, and that is no green', async () => {
  const [, joined] = await acme.jobs({ note: 'x' }, [SHARDS[0]!, REPORT])
  expect([joined!.code, joined!.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments[0]).toContain('shard 2/2')
})

test('a benchmark that head dropped is missed once', async () => {
  const [, , joined] = await acme.jobs({ 'tailgate.yml': SUITE.replace(/.*two.*\n/, '') }, [
    ...SHARDS,
    REPORT,
  ])
  expect([joined!.code, joined!.outputs.verdict]).toEqual([1, 'fail'])
  expect(acme.comments[0]).toMatch(/1 benchmark is missing: <code>two<\/code>/)
})

test('a suite is split by recorded seconds; shards that split it differently are no suite', async () => {
  const run: Run = {
    tool: 'x',
    series: [],
    benchmarks: ['one', 'two', 'three'].map((name) => ({
      name,
      declared: name,
      status: 'measured',
      seconds: name === 'three' ? 60 : 1,
    })),
  }
  const files = { 'seconds.json': encodeRun(run) }
  const split = SHARDS.map((shard) => ({ ...shard, durations: 'seconds.json' }))
  const [long, short, joined] = await acme.jobs(files, [...split, REPORT])
  const measured = ({ outputs }: Done) =>
    new Set((JSON.parse(readFileSync(outputs.report!, 'utf8')) as Report).comparisons.map((c) => c.benchmark))
  expect([measured(long!), measured(short!)]).toEqual([new Set(['three']), new Set(['one', 'two'])])
  expect([joined!.code, joined!.outputs.verdict]).toEqual([0, 'pass'])
  const [, , torn] = await acme.jobs({ ...files, note: 'x' }, [split[0]!, SHARDS[1]!, REPORT])
  expect(torn!.code).toBe(2)
  expect(torn!.annotations[0]).toContain('split the suite in different ways')
})

test('nothing handed over, shards that do not fit, more shards than benchmarks: refused', async () => {
  const [alone] = await acme.jobs({ note: '1' }, [REPORT])
  expect(alone!.code).toBe(2)
  expect(alone!.annotations[0]).toContain('no job of this run has handed over')
  const [, , mixed] = await acme.jobs({ note: '2' }, [{ shard: '1/2' }, { shard: '2/3' }, REPORT])
  expect(mixed!.code).toBe(2)
  expect(mixed!.annotations[0]).toContain('not the shards of one suite: 1/2, 2/3')
  const [idle] = await acme.jobs({ note: '3' }, [{ shard: '4/4' }])
  expect(idle!.annotations[0]).toContain('has nothing to do')
})
