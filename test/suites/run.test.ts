/** Whole suites as a user's shell runs them: services and loads on both sides, judged. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../src/core/report.ts'
import { cliFile, type RunOptions, tailgate } from '../bundle.ts'
import { type Repository, repository, temporaryFolder } from '../cli/repository.ts'
import { processesWith } from '../measure/sandbox.ts'

/** Answers `/` after as many milliseconds as the file `wait` says. */
const SERVER = `
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
const wait = Number(readFileSync('wait', 'utf8'))
let answers = 0
createServer((request, response) => {
  if (++answers === 10) writeFileSync('served', '')
  setTimeout(() => response.end('ok'), wait)
}).listen(process.env.PORT, '127.0.0.1')
`

const CONFIG = `
time: 5m
statistics: [p50]
rounds: { max: 16 }
services:
  api: { start: exec node server.mjs, env: { NAME: "\${NAME}" } }
benchmarks:
  - name: checkout
    service: api
    load: { url: "http://127.0.0.1:\${PORT}/", connections: 2, duration: 200ms, warmup: 50ms }
    budgets: ["error_rate < 0.1%", "p(50) < 500ms", "throughput > 5/s", "memory.growth < 1GB", "cpu.mean < 100%"]
suites:
  sweep:
    rounds: { min: 1, max: 1, warmup: 0 }
    compare: none
    set:
      checkout:
        sweep: { connections: [1, 2, 4] }
        budgets: ["slowdown(p50) < 50", "slowdown(p50) > 50", "scalability.contention < 100"]
  hold:
    compare: none
    set: { checkout: { load: { duration: 1m } } }
`

async function report(repo: Repository, args: readonly string[], options: RunOptions = {}) {
  const env = { NAME: 'none', ...options.env }
  const ran = await tailgate(['run', '--json', ...args], { cwd: repo.folder, ...options, env })
  return { ...ran, report: (ran.stdout === '' ? undefined : JSON.parse(ran.stdout)) as Report }
}

test('a service that became slower is red, its budgets are judged, and nothing stays behind', async () => {
  const name = `r${process.hrtime.bigint()}`
  const repo = repository({ 'tailgate.yml': CONFIG, 'server.mjs': SERVER, wait: '5' })
  repo.git('switch', '-q', '-c', 'slower')
  repo.commit('slower', { wait: '60' })
  const { code, report: told, stderr } = await report(repo, [], { env: { NAME: name } })
  expect(stderr).not.toContain('failed')
  const p50 = told.comparisons.find((one) => one.metric === 'latency')!
  expect(p50.verdict).toBe('regressed')
  expect(p50.head! / p50.base!).toBeGreaterThan(3)
  expect([told.verdict, code]).toEqual(['fail', 1])
  expect(told.budgets.map((one) => [one.expression, one.verdict])).toEqual([
    ['error_rate < 0.1%', 'met'],
    ['p(50) < 500ms', 'met'],
    ['throughput > 5/s', 'met'],
    ['memory.growth < 1GB', 'met'],
    ['cpu.mean < 100%', 'met'],
  ])
  expect(processesWith(name)).toEqual([])
}, 180_000)

test('budgets on a sweep, met and breached', async () => {
  const repo = repository({ 'tailgate.yml': CONFIG, 'server.mjs': SERVER, wait: '5' })
  const { code, report: told } = await report(repo, ['--suite', 'sweep'])
  expect(told.budgets.map((one) => [one.benchmark, one.expression, one.verdict])).toEqual([
    ['checkout', 'slowdown(p50) < 50', 'met'],
    ['checkout', 'slowdown(p50) > 50', 'breached'],
    ['checkout', 'scalability.contention < 100', 'met'],
  ])
  expect(code).toBe(1)
})

test('a service that does not start is exit 2 with its last words', async () => {
  const repo = repository({
    'tailgate.yml': CONFIG,
    'server.mjs': 'throw new Error("no disk left")',
    wait: '5',
  })
  const { code, report: told } = await report(repo, ['--suite', 'sweep', '--report', 'out'])
  expect([told.verdict, code]).toEqual(['error', 2])
  expect(readFileSync(join(repo.folder, 'out/logs/checkout-head-1-api.stderr.log'), 'utf8')).toContain(
    'no disk left',
  )
  expect(told.failures[0]!.reason).toMatch(
    /^the service api ended before it was ready: exit code 1: .*no disk left/,
  )
})

test('a load that does not fit into the time is refused before it begins', async () => {
  const repo = repository({ 'tailgate.yml': CONFIG, 'server.mjs': SERVER, wait: '5' })
  const { code, report: told } = await report(repo, ['--suite', 'hold', '--time', '30s'])
  expect([told.verdict, code]).toEqual(['error', 2])
  expect(told.failures[0]!.reason).toMatch(
    /the time of 30 s for all measuring ran out before its first round/,
  )
})

test('Ctrl-C in the middle of a load ends the services and exits 130', async () => {
  const name = `r${process.hrtime.bigint()}`
  const repo = repository({ 'tailgate.yml': CONFIG, 'server.mjs': SERVER, wait: '5' })
  const temporary = temporaryFolder()
  const child = spawn(process.execPath, [cliFile(), 'run', '--suite', 'hold'], {
    cwd: repo.folder,
    env: { ...process.env, NAME: name, TMPDIR: temporary },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const isServing = () => existsSync(join(repo.folder, 'served'))
  while (!isServing()) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(processesWith(name)).toEqual([])
  expect(readdirSync(temporary)).toEqual([])
})
