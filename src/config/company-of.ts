/** What goes on beside a benchmark: its faults, polls and alerts, with every default filled in. */
import { UserError } from '../core/errors.ts'
import type { Disturbance, FaultPlan, Weather } from '../core/fault-plan.ts'
import type { LoadPlan } from '../core/load-plan.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import { inStartOrder, type ServicePlan } from '../core/service-plan.ts'
import type { AlertPlan, Ask, PollPlan } from '../core/watch-plan.ts'
import { DEFAULTS } from './defaults.ts'
import { parseDuration, parsePercentage } from './figures.ts'
import { suggestion } from './nearest.ts'
import type { Measured } from './schema.ts'
import type { Work } from './work-of.ts'

type Services = Readonly<Record<string, ServicePlan>>
type Company = Pick<BenchmarkPlan, 'faults' | 'polls' | 'alerts'>
type ToldFault = NonNullable<Measured['faults']>[number]
type ToldPoll = NonNullable<Measured['polls']>[number]
type Fault = (what: string, remedy: string) => UserError

/** Throws UserError at `place`, the benchmark's. */
export function companyOf(told: Partial<Measured>, work: Work, services: Services, place: string): Company {
  const wrong: Fault = (what, remedy) => new UserError(what, { place, remedy })
  const requests = work.load?.requests.map(({ name }) => name) ?? []
  const taken = new Set(requests.filter((name) => name !== ''))
  for (const { name } of [...(told.faults ?? []), ...(told.polls ?? []), ...(told.alerts ?? [])]) {
    if (taken.has(name)) throw wrong(`two things beside the benchmark are named "${name}"`, 'rename one')
    taken.add(name)
  }
  const faults = told.faults === undefined ? undefined : faultsOf(told.faults, work, services, wrong)
  const polls = told.polls?.map(pollOf)
  const alerts = told.alerts?.map((one): AlertPlan => {
    const known = faults?.map(({ name }) => name) ?? []
    if (one.by !== undefined && !known.includes(one.by))
      throw wrong(
        `the alert "${one.name}" is set off by "${one.by}", which is no fault`,
        suggestion(one.by, known),
      )
    return {
      ...pollOf(one),
      expect: one.expect,
      ...(one.by === undefined ? {} : { by: one.by }),
      ...(one.within === undefined ? {} : { within: one.within }),
    }
  })
  return {
    ...(faults === undefined ? {} : { faults }),
    ...(polls === undefined ? {} : { polls }),
    ...(alerts === undefined ? {} : { alerts }),
  }
}

function pollOf({ name, every, timeout, ...told }: ToldPoll): PollPlan {
  return {
    name,
    ask: askOf(told),
    every: every ?? parseDuration(DEFAULTS.every),
    timeout: timeout ?? parseDuration(DEFAULTS.patience),
  }
}

function askOf({ url, status, contains, command }: Omit<ToldPoll, 'name' | 'every' | 'timeout'>): Ask {
  if (url === undefined) return { kind: 'command', line: command! }
  return {
    kind: 'url',
    url,
    ...(status === undefined ? {} : { status: typeof status === 'number' ? [status] : [...status] }),
    ...(contains === undefined ? {} : { contains }),
  }
}

function faultsOf(
  told: readonly ToldFault[],
  { load, services: wanted = [] }: Work,
  services: Services,
  wrong: Fault,
): readonly FaultPlan[] {
  if (load === undefined)
    throw wrong(
      'faults need a `load`: recovery is told from its answers',
      'write load: { url: … } instead of `run`',
    )
  const running = inStartOrder(wanted, services)
  const plans = told
    .map((one): FaultPlan => {
      const { name, after, verify } = one
      return {
        name,
        after,
        for: one.for,
        disturbance: disturbanceOf(one, running, wrong),
        ...(one['recover-within'] === undefined ? {} : { recoverWithin: one['recover-within'] }),
        ...(verify === undefined ? {} : { verify }),
        window: one.window ?? windowOf(load),
        tolerance: one.tolerance ?? parsePercentage(DEFAULTS.tolerance),
      }
    })
    .toSorted((a, b) => a.after - b.after)
  for (const [i, plan] of plans.entries()) checkTimes(plan, plans[i + 1], load, wrong)
  return plans
}

/** A steady state before each, and time to see what became of it. */
function checkTimes(plan: FaultPlan, next: FaultPlan | undefined, load: LoadPlan, wrong: Fault): void {
  const { name, after, window } = plan
  const seen = after + plan.for + 2 * window
  if (after < window)
    throw wrong(
      `the fault "${name}" leaves no time to see what is normal before it`,
      `write after: ${window}ms or more`,
    )
  if (next !== undefined && next.after < seen + window)
    throw wrong(
      `the fault "${next.name}" comes before it can be seen whether "${name}" is over`,
      `write after: ${seen + window}ms or more`,
    )
  if (seen > load.duration)
    throw wrong(
      `the load ends before it can be seen whether the fault "${name}" is over`,
      `write duration: ${seen}ms or more`,
    )
}

/** Milliseconds: ten or more slots of the timeline, which are a six-hundredth of a long load. */
function windowOf({ duration }: LoadPlan): number {
  if (duration < 10_000) return Math.max(300, Math.round(duration / 10))
  let slot = 100
  while (slot * 600 < duration) slot *= 2
  return 10 * slot
}

function disturbanceOf(told: ToldFault, running: readonly ServicePlan[], wrong: Fault): Disturbance {
  const { kill, pause, cpu, memory, network, inject, heal, limit } = told
  const known = (name: string): string => {
    const names = running.map((service) => service.name)
    if (!names.includes(name))
      throw wrong(
        `the fault "${told.name}" is for the service "${name}", which this benchmark does not use`,
        names.length === 0 ? `write service: ${name}` : suggestion(name, names),
      )
    return name
  }
  if (kill !== undefined) return { kind: 'kill', service: known(kill) }
  if (pause !== undefined) return { kind: 'pause', service: known(pause) }
  if (cpu !== undefined) return { kind: 'cpu', service: known(cpu), limit: limit!.value }
  if (memory !== undefined) return { kind: 'memory', service: known(memory), limit: limit!.value }
  if (network !== undefined) {
    if (running.find(({ name }) => name === known(network))?.keep === true)
      throw wrong(
        `the fault "${told.name}" needs a proxy before "${network}", which is kept over all rounds`,
        `write keep: false for ${network}`,
      )
    return { kind: 'network', service: network, weather: weatherOf(told) }
  }
  if (told['disk-full'] !== undefined)
    return { kind: 'disk-full', folder: told['disk-full'], leave: told.leave ?? 0 }
  return { kind: 'command', inject: inject!, heal: heal! }
}

function weatherOf({
  latency,
  jitter,
  bandwidth,
  reset,
  partition,
  'slow-close': slowClose,
}: ToldFault): Weather {
  return {
    ...(latency === undefined ? {} : { latency }),
    ...(jitter === undefined ? {} : { jitter }),
    ...(bandwidth === undefined ? {} : { bandwidth }),
    ...(reset === undefined ? {} : { reset }),
    ...(partition === undefined ? {} : { partition }),
    ...(slowClose === undefined ? {} : { slowClose }),
  }
}
