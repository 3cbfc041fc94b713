/** What one execution needs around it, and small servers to measure. */
import { join } from 'node:path'
import type { LoadPlan } from '../../src/core/load-plan.ts'
import type { BenchmarkPlan } from '../../src/core/plan.ts'
import type { MetricResult, Parsed } from '../../src/core/result.ts'
import { isFailed } from '../../src/core/result.ts'
import type { ServicePlan } from '../../src/core/service-plan.ts'
import { ingest } from '../../src/ingest.ts'
import { type Attempt, execute, type Outcome } from '../../src/measure/execution.ts'
import { folder, write } from '../measure/sandbox.ts'

/** A server whose answers depend on the path; `KEPT` bytes more stay in memory with each request to `/leak`. */
export const SERVER = `
import { createServer } from 'node:http'
const kept = []
const server = createServer((request, response) => {
  const path = request.url.split('?')[0]
  if (path === '/leak') kept.push(Buffer.alloc(Number(process.env.KEPT ?? 20000), 1))
  if (path === '/slow') return void setTimeout(() => response.end('ok'), 10)
  if (path === '/bad') response.statusCode = 500
  if (path === '/drop') return void request.socket.destroy()
  if (path === '/never') return
  if (path === '/die') process.exit(3)
  if (path === '/close') response.setHeader('connection', 'close')
  response.end(process.env.TAILGATE_SIDE + ' ' + request.method + ' ' + (request.headers['x-token'] ?? ''))
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening on ' + process.env.PORT))
`

export function service(name: string, more: Partial<ServicePlan> = {}): ServicePlan {
  return {
    name,
    start: 'exec node server.mjs',
    ready: { kind: 'url', url: 'http://127.0.0.1:${PORT}/' },
    within: 20_000,
    env: {},
    dependsOn: [],
    ports: ['PORT'],
    keep: false,
    grace: 2000,
    place: 'tailgate.yml:2:3',
    ...more,
  }
}

export function load(path: string, more: Partial<LoadPlan> = {}): LoadPlan {
  const url = `http://127.0.0.1:\${PORT}${path}`
  return {
    connections: 2,
    duration: 300,
    warmup: 0,
    timeout: 5000,
    stages: [{ share: 1, factor: 1 }],
    requests: [{ name: '', weight: 1, method: 'GET', url, headers: {} }],
    ...more,
  }
}

export function benchmark(more: Partial<BenchmarkPlan>): BenchmarkPlan {
  return {
    name: 'a',
    run: '',
    format: 'auto',
    timeout: 20_000,
    env: {},
    services: ['api'],
    thresholds: {},
    budgets: [],
    place: 'tailgate.yml:5:5',
    line: 5,
    ...more,
  }
}

export interface Stage {
  readonly root: string
  execute(one: BenchmarkPlan, services?: readonly ServicePlan[], more?: Partial<Attempt>): Promise<Outcome>
}

/** A folder with the server in it, in which executions take place. */
export function stage(files: Readonly<Record<string, string>> = {}): Stage {
  const root = folder()
  write(root, { 'server.mjs': SERVER, 'scratch/.keep': '', ...files })
  return {
    root,
    execute: (one, services = [service('api')], more = {}) =>
      execute({
        benchmark: one,
        workplace: { side: 'head', folder: root, env: {} },
        round: 0,
        warmup: false,
        ingest,
        signal: new AbortController().signal,
        scratch: join(root, 'scratch'),
        copied: false,
        services: Object.fromEntries(services.map((each) => [each.name, each])),
        ...more,
      }),
  }
}

/** Throws with the reason if it failed. */
export function parsedOf(outcome: Outcome): Parsed {
  if (outcome.kind !== 'measured') throw new Error(outcome.kind === 'error' ? outcome.reason : outcome.kind)
  return outcome.parsed
}

export function reasonOf(outcome: Outcome): string {
  if (outcome.kind !== 'error') throw new Error(`it did not fail but ${outcome.kind}`)
  return outcome.reason
}

export function metric(outcome: Outcome, name: string, benchmarkName = 'a'): MetricResult | undefined {
  const found = parsedOf(outcome).results.find(
    (one) => !isFailed(one) && one.metric === name && one.benchmark === benchmarkName,
  )
  return found === undefined || isFailed(found) ? undefined : found
}

export function value(outcome: Outcome, name: string, benchmarkName = 'a'): number {
  const found = metric(outcome, name, benchmarkName)
  if (found?.data.kind !== 'scalar') throw new Error(`${benchmarkName} has no ${name}`)
  return found.data.value
}
