/** What one benchmark does in an execution: a script or a load, the services that it needs, its sweep. */
import { UserError } from '../core/errors.ts'
import type { LoadPlan, RequestPlan } from '../core/load-plan.ts'
import { LOAD_PROFILES, PLAIN_LOAD, stagesOf } from '../core/load-plan.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import type { ServicePlan } from '../core/service-plan.ts'
import { parseDuration } from './figures.ts'
import { suggestion } from './nearest.ts'
import type { Measured } from './schema.ts'
import { listed } from './services-of.ts'

export type Work = Pick<BenchmarkPlan, 'run' | 'load' | 'services' | 'sweep'>
type Load = NonNullable<Measured['load']>
type Request = NonNullable<Load['requests']>[number]

/** Throws UserError at `place`, the benchmark's. */
export function workOf(
  told: Partial<Measured>,
  services: Readonly<Record<string, ServicePlan>>,
  place: string,
): Work {
  const { run, load, sweep, format, output } = told
  const fault = (what: string, remedy: string): UserError => new UserError(what, { place, remedy })
  if (run === undefined && load === undefined)
    throw fault('"run" is missing', 'write run: node bench/json.mjs, or load: { url: … }')
  if (run !== undefined && load !== undefined)
    throw fault('`run` and `load` stand beside each other', 'remove one: a benchmark is a script or a load')
  if (load !== undefined && (format !== undefined || output !== undefined))
    throw fault('`format` and `output` are for scripts', 'remove them beside `load`')
  const names = listed(told.service)
  for (const name of names)
    if (!Object.hasOwn(services, name))
      throw fault(`no service is named "${name}"`, serviceRemedy(name, Object.keys(services)))
  const [key, values] = Object.entries(sweep ?? {})[0] ?? []
  return {
    run: run ?? '',
    ...(load === undefined ? {} : { load: loadOf(load, fault) }),
    ...(names.length === 0 ? {} : { services: names }),
    ...(key === undefined || values === undefined ? {} : { sweep: { key, values } }),
  }
}

function serviceRemedy(name: string, known: readonly string[]): string {
  return known.length === 0 ? 'add it to `services`' : suggestion(name, known)
}

type Fault = (what: string, remedy: string) => UserError

function loadOf(load: Load, fault: Fault): LoadPlan {
  const { profile } = load
  const standard = profile === undefined ? PLAIN_LOAD : LOAD_PROFILES[profile]!
  return {
    ...(profile === undefined ? {} : { profile }),
    connections: load.connections ?? standard.connections,
    ...(load.rate === undefined ? {} : { rate: load.rate }),
    duration: load.duration ?? parseDuration(standard.duration),
    // A shorter load than the profile's has no longer a warm-up than it has.
    warmup: load.warmup ?? Math.min(parseDuration(standard.warmup), load.duration ?? Infinity),
    timeout: load.timeout ?? parseDuration(PLAIN_LOAD.timeout),
    stages: stagesOf(profile),
    requests: requestsOf(load, fault),
  }
}

function requestsOf(load: Load, fault: Fault): readonly RequestPlan[] {
  if (load.requests === undefined) return [requestOf({ ...load, name: '' }, load, fault)]
  const seen = new Set<string>()
  return load.requests.map((one) => {
    if (seen.has(one.name)) throw fault(`two requests are named "${one.name}"`, 'rename one')
    seen.add(one.name)
    return requestOf(one, load, fault)
  })
}

function requestOf(one: Partial<Request> & { name: string }, load: Load, fault: Fault): RequestPlan {
  const base = one.url ?? load.url
  if (base === undefined) throw fault('the load has no `url`', 'write url: "http://127.0.0.1:${PORT}/"')
  if (one.path !== undefined && !one.path.startsWith('/'))
    throw fault(`the path "${one.path}" does not begin with /`, `write /${one.path}`)
  const body = one.body ?? load.body
  const status = one.status ?? load.status
  return {
    name: one.name,
    weight: one.weight ?? 1,
    method: one.method ?? load.method ?? 'GET',
    url: one.path === undefined ? base : base.replace(/^(https?:\/\/[^/]+).*$/s, '$1') + one.path,
    headers: { ...load.headers, ...one.headers },
    ...(body === undefined ? {} : { body }),
    ...(status === undefined ? {} : { status: typeof status === 'number' ? [status] : [...status] }),
  }
}
