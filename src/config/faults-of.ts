/** The faults of a benchmark with every default filled in, and whether their times leave room to tell anything. */
import type { UserError } from '../core/errors.ts'
import type { Disturbance, FaultPlan, Weather } from '../core/fault-plan.ts'
import { FEWEST_BEFORE } from '../core/recovery.ts'
import { inStartOrder, type ServicePlan } from '../core/service-plan.ts'
import type { PollPlan } from '../core/watch-plan.ts'
import { DEFAULTS } from './defaults.ts'
import { parsePercentage } from './figures.ts'
import { suggestion } from './nearest.ts'
import type { Measured } from './schema.ts'
import type { Work } from './work-of.ts'

type ToldFault = NonNullable<Measured['faults']>[number]
type Wrong = (what: string, remedy: string) => UserError

/** What goes on while a fault lasts, as far as its times have to fit. All in milliseconds. */
interface Watching {
  /** Until it is over for certain. */
  readonly length: number
  /** Between two answers at most; 0 where a load answers all the time. */
  readonly every: number
  /** What to write where a fault does not fit. */
  readonly longer: (milliseconds: number) => string
}

/** `work` with the polls beside it. `wrong` makes the error that is thrown at the benchmark's place. */
export function faultsOf(
  told: readonly ToldFault[],
  { load, timeout, services: wanted = [] }: Pick<Work, 'load' | 'services'> & { readonly timeout: number },
  polls: readonly PollPlan[],
  services: Readonly<Record<string, ServicePlan>>,
  wrong: Wrong,
): readonly FaultPlan[] {
  const running = inStartOrder(wanted, services)
  const watched = told.map((one): { plan: FaultPlan; watching: Watching } => {
    const { name, after, verify } = one
    const poll = load === undefined ? pollOf(one, polls, wrong) : undefined
    if (load !== undefined && one.poll !== undefined)
      throw wrong(
        `the fault "${name}" has a \`poll\`, but recovery from it is told from the answers to the load`,
        'remove `poll`',
      )
    const plan: FaultPlan = {
      name,
      after,
      for: one.for ?? 0,
      disturbance: disturbanceOf(one, running, wrong),
      ...(one['recover-within'] === undefined ? {} : { recoverWithin: one['recover-within'] }),
      ...(verify === undefined ? {} : { verify }),
      ...(poll === undefined ? {} : { poll: poll.name }),
      window: one.window ?? (load === undefined ? windowOfPoll(poll!) : windowOfLoad(load.duration)),
      tolerance: one.tolerance ?? parsePercentage(DEFAULTS.tolerance),
    }
    const watching: Watching =
      load === undefined
        ? { length: timeout, every: poll!.every, longer: (ms) => `write timeout: ${ms}ms or more` }
        : { length: load.duration, every: 0, longer: (ms) => `write duration: ${ms}ms or more` }
    return { plan, watching }
  })
  const inOrder = watched.toSorted((a, b) => a.plan.after - b.plan.after)
  for (const [i, { plan, watching }] of inOrder.entries())
    checkTimes(plan, inOrder[i + 1]?.plan, watching, wrong)
  return inOrder.map(({ plan }) => plan)
}

/** A script keeps its answers to itself: something that is asked meanwhile has to tell what became of the service. */
function pollOf({ name, poll }: ToldFault, polls: readonly PollPlan[], wrong: Wrong): PollPlan {
  const names = polls.map((one) => one.name)
  const found = poll === undefined ? polls[0] : polls.find((one) => one.name === poll)
  if (polls.length === 0)
    throw wrong(
      `nothing tells when "${name}" is over: of a script only its end is seen`,
      'add polls: [{ name: health, url: "http://127.0.0.1:${PORT}/health" }]',
    )
  if (found === undefined)
    throw wrong(`the fault "${name}" is told by the poll "${poll}", which is none`, suggestion(poll!, names))
  if (poll === undefined && polls.length > 1)
    throw wrong(
      `of several polls one tells when "${name}" is over`,
      `write poll: ${names.map((one) => JSON.stringify(one)).join(' or ')}`,
    )
  return found
}

/** A steady state before each, and time to see what became of it. */
function checkTimes(
  { name, after, window, for: lasting }: FaultPlan,
  next: FaultPlan | undefined,
  { length, every, longer }: Watching,
  wrong: Wrong,
): void {
  const seen = after + lasting + 2 * window
  if (window < LEAST_POLLS * every)
    throw wrong(
      `a window of ${window} ms is too short to tell "${name}" by answers that come every ${every} ms`,
      `write window: ${LEAST_POLLS * every}ms or more`,
    )
  const least = Math.max(window, MARGIN * FEWEST_BEFORE * every)
  if (after < least)
    throw wrong(
      `the fault "${name}" leaves no time to see what is normal before it`,
      `write after: ${least}ms or more${every > 0 ? ', or ask more often (`every`)' : ''}`,
    )
  if (next !== undefined && next.after < seen + window)
    throw wrong(
      `the fault "${next.name}" comes before it can be seen whether "${name}" is over`,
      `write after: ${seen + window}ms or more`,
    )
  if (seen > length)
    throw wrong(
      `the ${every > 0 ? 'script is ended' : 'load ends'} before it can be seen whether the fault "${name}" is over`,
      longer(seen),
    )
}

/** Answers of a poll that a window is made of, at least and unless told. */
const LEAST_POLLS = 3
const POLLS = 5
/** What is asked in time is answered a little later. */
const MARGIN = 1.25

function windowOfPoll({ every }: PollPlan): number {
  return Math.max(1000, POLLS * every)
}

/** Milliseconds: ten or more slots of the timeline, which are a six-hundredth of a long load. */
function windowOfLoad(duration: number): number {
  if (duration < 10_000) return Math.max(300, Math.round(duration / 10))
  let slot = 100
  while (slot * 600 < duration) slot *= 2
  return 10 * slot
}

function disturbanceOf(told: ToldFault, running: readonly ServicePlan[], wrong: Wrong): Disturbance {
  const { kill, process, pause, cpu, memory, network, inject, heal, limit } = told
  const known = (name: string): string => {
    const names = running.map((service) => service.name)
    if (!names.includes(name))
      throw wrong(
        `the fault "${told.name}" is for the service "${name}", which this benchmark does not use`,
        names.length === 0 ? `write service: ${name}` : suggestion(name, names),
      )
    return name
  }
  if (kill !== undefined)
    return { kind: 'kill', service: known(kill), ...(process === undefined ? {} : { process }) }
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
