/** What goes on beside a benchmark: its faults, polls and alerts, with every default filled in. */
import { UserError } from '../core/errors.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import type { ServicePlan } from '../core/service-plan.ts'
import type { AlertPlan, Ask, PollPlan } from '../core/watch-plan.ts'
import { DEFAULTS } from './defaults.ts'
import { faultsOf } from './faults-of.ts'
import { parseDuration } from './figures.ts'
import { suggestion } from './nearest.ts'
import type { Measured } from './schema.ts'
import type { Work } from './work-of.ts'

type Services = Readonly<Record<string, ServicePlan>>
type Company = Pick<BenchmarkPlan, 'faults' | 'polls' | 'alerts'>
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
  const polls = told.polls?.map(pollOf)
  const timeout = told.timeout ?? parseDuration(DEFAULTS.timeout)
  const faults =
    told.faults === undefined
      ? undefined
      : faultsOf(told.faults, { ...work, timeout }, polls ?? [], services, wrong)
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
