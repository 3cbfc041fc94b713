/** The services of one execution: what is needed first starts first, each with ports of its own, and stops last. */

import { lineOf } from '../../core/errors.ts'
import { expand } from '../../core/expand.ts'
import type { ServicePlan } from '../../core/service-plan.ts'
import { inStartOrder, prefixOf } from '../../core/service-plan.ts'
import type { Workplace } from '../../gate.ts'
import { scriptEnvironment } from '../environment.ts'
import type { Family } from '../family.ts'
import type { Relay } from '../faults/relay.ts'
import type { Instrument } from '../profiles/instrument.ts'
import { freePort, giveBack } from './ports.ts'
import { type Running, startService } from './service.ts'

export interface GroupJob {
  /** Those under test; all that they depend on is started with them. */
  readonly wanted: readonly string[]
  readonly services: Readonly<Record<string, ServicePlan>>
  readonly workplace: Workplace
  /** An existing folder, theirs until they have stopped. */
  readonly scratch: string
  readonly signal: AbortSignal
  /** Started earlier, and stopped by somebody else. */
  readonly kept?: KeptServices
  /** Path that the names of kept logs begin with. */
  readonly log?: string
  /** Services before whose ports a proxy is to stand: all others are told its ports. */
  readonly proxied?: ReadonlySet<string>
  /** Looks into those under test. */
  readonly instrument?: Instrument
  /** From 0 to below 1, for what relays leave to chance. */
  readonly random?: () => number
}

/** Services that all rounds of one side share. */
export interface KeptServices {
  readonly folder: string
  readonly members: Map<string, Member>
}

export interface Member {
  readonly running: Running
  /** As others reach it. */
  readonly ports: Readonly<Record<string, string>>
  /** That it was given itself. */
  readonly own: readonly string[]
  readonly relays: readonly Relay[]
}

export interface Group {
  /** For scripts and loads: `PORT` and the other ports of the first wanted service, and `API_PORT` for each. */
  readonly variables: Readonly<Record<string, string>>
  /** The process families of the services under test. */
  readonly families: readonly Family[]
  /** All by name, with those that others depend on. */
  readonly members: ReadonlyMap<string, Member>
  /** Why one has ended by itself; undefined while all run. */
  trouble(): string | undefined
  /** In the order opposite to starting; those kept go on. Never throws. */
  stop(): Promise<void>
}

export type Grouped =
  | { readonly kind: 'running'; readonly group: Group }
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'aborted' }

/** Never throws for what services do; if one fails, those before it are stopped. */
export async function startGroup(job: GroupJob): Promise<Grouped> {
  const order = inStartOrder(job.wanted, job.services)
  const members = new Map<string, Member>()
  const fresh: Member[] = []
  const stop = async (): Promise<void> => {
    for (const member of fresh.splice(0).reverse()) await stopMember(member)
  }
  for (const service of order) {
    const before = service.keep ? job.kept?.members.get(service.name) : undefined
    // One that has ended has failed its round already; the next round gets another.
    if (before !== undefined && before.running.trouble() === undefined) {
      members.set(service.name, before)
      continue
    }
    const started = await startMember(job, service, members)
    if (started.kind !== 'running') {
      await stop()
      return started
    }
    members.set(service.name, started.member)
    if (service.keep && job.kept !== undefined) job.kept.members.set(service.name, started.member)
    else fresh.push(started.member)
  }
  return {
    kind: 'running',
    group: {
      variables: { ...addressesOf(members), ...members.get(job.wanted[0]!)?.ports },
      members,
      families: job.wanted.flatMap((name) => members.get(name)?.running.family ?? []),
      trouble: () => troubleOf(members.values()),
      stop,
    },
  }
}

type StartedMember =
  | { readonly kind: 'running'; readonly member: Member }
  | { readonly kind: 'error'; readonly reason: string }
  | { readonly kind: 'aborted' }

async function startMember(
  job: GroupJob,
  service: ServicePlan,
  others: ReadonlyMap<string, Member>,
): Promise<StartedMember> {
  const { workplace, signal } = job
  const ports: Record<string, string> = {}
  for (const name of service.ports) ports[name] = service.env[name] ?? String(await freePort())
  const addresses = addressesOf(others)
  let told: Record<string, string>
  try {
    const known = { ...addresses, ...ports }
    const inherited = scriptEnvironment(process.env)
    told = Object.fromEntries(
      Object.entries({ ...service.env, ...workplace.env }).map(([name, value]) => [
        name,
        expand(value, known, inherited),
      ]),
    )
  } catch (error) {
    return { kind: 'error', reason: `the service ${service.name}: ${lineOf(error)}` }
  }
  const own = { ...ports, ...told }
  const env = scriptEnvironment(process.env, addresses, own, { TAILGATE_SIDE: workplace.side })
  const scratch = service.keep && job.kept !== undefined ? job.kept.folder : job.scratch
  const instrument = job.wanted.includes(service.name) ? job.instrument : undefined
  const started = await startService({
    service: instrument === undefined ? service : { ...service, start: instrument.line(service.start) },
    folder: workplace.folder,
    env: { ...env, ...instrument?.env(env) },
    scratch,
    signal,
    ...(job.log === undefined ? {} : { log: `${job.log}-${service.name}` }),
  })
  if (started.kind !== 'running') {
    giveBack(Object.values(ports).map(Number))
    return started
  }
  const settled = service.ports.map((name) => [name, own[name]!] as const)
  const relays: Relay[] = []
  const shown = new Map(settled)
  if (job.proxied?.has(service.name) === true) {
    const { openRelay } = await import('../faults/relay.ts')
    for (const [name, port] of settled) {
      const relay = await openRelay({ port: Number(port), random: job.random ?? (() => 0.5) })
      relays.push(relay)
      shown.set(name, String(relay.port))
    }
  }
  return {
    kind: 'running',
    member: {
      running: started.running,
      ports: Object.fromEntries(shown),
      own: settled.map(([, port]) => port),
      relays,
    },
  }
}

/** With all that stands before it. Never throws. */
export async function stopMember({ running, own, relays }: Member): Promise<void> {
  await running.stop()
  for (const relay of relays) await relay.close()
  giveBack(own.map(Number))
}

/** `API_PORT: 40001` for each port of each. */
function addressesOf(members: ReadonlyMap<string, Member>): Record<string, string> {
  return Object.fromEntries(
    [...members].flatMap(([name, { ports }]) =>
      Object.entries(ports).map(([port, value]) => [`${prefixOf(name)}_${port}`, value]),
    ),
  )
}

function troubleOf(members: Iterable<Member>): string | undefined {
  for (const { running } of members) {
    const trouble = running.trouble()
    if (trouble !== undefined)
      return `the service ${running.service.name} ended while it was used: ${trouble}`
  }
  return undefined
}
