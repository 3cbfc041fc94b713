import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dryRun, span } from '../../src/cli/dry-run.ts'
import { loadPlan } from '../../src/config/load.ts'
import { tailgate } from '../bundle.ts'
import { repository } from '../cli/repository.ts'

const CONFIG = `
rounds: { min: 6, max: 9, warmup: 1 }
services:
  db: { start: ./db.sh, ready: { log: ready to accept }, keep: true }
  api: { start: node server.mjs, ready: "http://127.0.0.1:\${PORT}/health", depends-on: db }
benchmarks:
  - name: checkout
    service: api
    load:
      profile: spike
      url: "http://127.0.0.1:\${PORT}/"
      duration: 20s
      requests: [{ name: read, weight: 25, path: /items/1 }, { name: write, weight: 5, method: POST, path: /items }]
    sweep: { connections: [1, 5] }
    budgets: ["p(95) < 35ms"]
  - name: parse
    run: node parse.mjs
    timeout: 2m
    profile: true
suites:
  soak:
    benchmarks: [checkout]
    compare: none
    rounds: { min: 1, max: 1, warmup: 0 }
    set: { checkout: { load: { profile: endurance, duration: 24h } } }
`

test('every benchmark with its load, its services and its time', () => {
  expect(
    dryRun(loadPlan(CONFIG, 'tailgate.yml')),
  ).toBe(`tailgate.yml: 2 benchmarks, compared with the merge base where it can be measured here, else with stored runs
6 to 9 rounds, after 1 round of warm-up

checkout
  load 100 to 1000 connections for 20s after 2s of warm-up (spike)
    25 × read: GET http://127.0.0.1:\${PORT}/items/1
    5 × write: POST http://127.0.0.1:\${PORT}/items
  for connections 1, 5
  with db: ./db.sh; ready when it prints "ready to accept"; started once a side
  with api (measured): node server.mjs; ready when http://127.0.0.1:\${PORT}/health answers; started for each execution
  budgets p(95) < 35ms
  44s a side and round: 10m16s to 14m40s

parse
  run node parse.mjs
  if it is regressed: base and head once more under a profiler
  at most 2m a side and round (its timeout)

loads take 10m16s to 14m40s, besides what services take to start
how long 1 script takes is not known before
all measuring together is held to \`time: 10m\`
warning: that is less than the loads take: what is not measured by then is an error (raise \`time\` to 11m17s or more)
`)
})

test('a day of endurance is told in a moment, and nothing is done', async () => {
  const repo = repository({ 'tailgate.yml': CONFIG })
  const args = ['run', '--suite', 'soak', '--dry-run', '--time', '3d']
  const { code, stdout } = await tailgate(args, { cwd: repo.folder })
  expect(code).toBe(0)
  expect(stdout).toContain('suite soak: 1 benchmark, compared with nothing\n1 round\n')
  expect(stdout).toContain('100 connections for 1d after 1m of warm-up (endurance)')
  expect(stdout).toContain('loads take 2d2m, besides')
  expect(stdout).not.toContain('warning')
  expect(readdirSync(repo.folder).sort()).toEqual(['.git', 'tailgate.yml'])
})

test('spans are written as a config takes them', () => {
  const cases: readonly [number, string][] = [
    [500, '500ms'],
    [1500, '1.5s'],
    [60_000, '1m'],
    [90_000, '1m30s'],
    [5_400_000, '1h30m'],
    [86_460_000, '1d1m'],
    [90_061_000, '1d1h'],
    [172_800_000, '2d'],
  ]
  for (const [milliseconds, text] of cases) expect(span(milliseconds)).toBe(text)
})
