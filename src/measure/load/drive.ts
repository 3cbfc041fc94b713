/** Drives a load: clients, pace, warm-up, the measured time, and the answers that come after it. */
import { performance } from 'node:perf_hooks'
import type { LoadPlan } from '../../core/load-plan.ts'
import type { LoadSlot } from '../../core/timeline.ts'
import { type LoadClient, openClient } from './client.ts'
import type { Answer } from './connection.ts'
import { orderOf } from './mix.ts'
import { paceOf } from './pace.ts'
import type { Resolved } from './resolve.ts'
import { type Told, tally } from './tally.ts'

export interface DriveJob {
  readonly load: LoadPlan
  readonly resolved: Resolved
  readonly signal: AbortSignal
  /** Asked now and then: why there is no use in going on. */
  readonly trouble?: () => string | undefined
  /** For people, about once a second. */
  readonly note?: (text: string) => void
}

export interface Driven {
  /** In the order of the plan's requests. */
  readonly requests: readonly Told[]
  readonly slots: readonly LoadSlot[]
  /** Share of the measured time that this process was busy: near 1 it measured itself as much as the service. */
  readonly busy: number
  /** Requests that were due at the asked rate and could not be sent in time. */
  readonly unsent: number
}

export type DriveEnd =
  | { readonly kind: 'driven'; readonly driven: Driven }
  | { readonly kind: 'trouble'; readonly reason: string }
  | { readonly kind: 'aborted' }

/** Milliseconds between two looks at the clock for stages, time-outs and the end. */
const TICK = 10
const NOTE = 1000
/** Milliseconds before the end after which nothing is due any more. */
const LAST = 1e-6

/** Never throws for what is answered. */
export function drive(job: DriveJob): Promise<DriveEnd> {
  return new Promise((resolve) => {
    const { load, resolved, signal } = job
    const pace = paceOf(load)
    const order = orderOf(load.requests)
    const counted = tally(load.requests.length, load.duration)
    const expected = load.requests.map(({ status }) =>
      status === undefined ? isGood : (of: number) => status.includes(of),
    )
    const free: LoadClient[] = []
    const parked: LoadClient[] = []
    const clients: LoadClient[] = []
    const start = performance.now() + load.warmup
    let turn = 0
    let flying = 0
    let begun = false
    let sending = true
    let unsent = 0
    let busyFrom = performance.eventLoopUtilization()
    let busy = 0
    let noted = 0
    let due: NodeJS.Timeout | undefined

    const nowAt = (): number => performance.now() - start

    const open = (): LoadClient => {
      const client: LoadClient = openClient(resolved, () => {
        if (!client.idle) return
        // A stage with fewer clients than the one before: who is free first goes.
        if (clients.length - parked.length > pace.clients(nowAt())) parked.push(client)
        else free.push(client)
        pump()
      })
      clients.push(client)
      return client
    }

    const send = (client: LoadClient, at: number, waited: number): void => {
      const request = order[turn++ % order.length]!
      const counts = at - waited >= 0
      flying += 1
      client.send(request, (answer) => {
        flying -= 1
        const ended = nowAt()
        const why = failureOf(answer, expected[request]!)
        if (answer.kind === 'answered' && why === undefined) {
          counted.came(request, ended)
          if (counts) counted.answered(request, ended, answer.took + waited * 1e6)
        } else if (counts) counted.failed(request, ended, why!)
      })
    }

    function pump(): void {
      if (!sending) return
      const at = Math.min(nowAt(), load.duration - LAST)
      while (clients.length - parked.length < pace.clients(at)) free.push(parked.pop() ?? open())
      while (free.length > 0) {
        const waited = pace.next(at, free.length)
        if (waited === undefined) break
        send(free.pop()!, at, waited)
      }
      const pause = pace.until(at)
      if (pause !== undefined && due === undefined && free.length > 0)
        due = setTimeout(() => {
          due = undefined
          pump()
        }, pause)
    }

    const finish = (end: DriveEnd): void => {
      sending = false
      clearInterval(ticking)
      clearTimeout(due)
      signal.removeEventListener('abort', abort)
      for (const client of clients) client.close()
      resolve(end)
    }
    const abort = (): void => finish({ kind: 'aborted' })

    const tick = (): void => {
      const at = nowAt()
      const trouble = job.trouble?.()
      if (trouble !== undefined) {
        finish({ kind: 'trouble', reason: trouble })
        return
      }
      for (const client of clients)
        client.expire(performance.now() - load.timeout, `no answer within ${load.timeout / 1000} s`)
      if (!begun && at >= 0) {
        begun = true
        busyFrom = performance.eventLoopUtilization()
      }
      if (sending && at >= load.duration) {
        // What was due before the end and is late only by this tick.
        if (load.rate !== undefined) pump()
        sending = false
        unsent = pace.behind(at)
        busy = performance.eventLoopUtilization(busyFrom).utilization
      }
      if (at - noted >= NOTE && begun) {
        job.note?.(noteOf(counted.summary(noted), at - noted))
        noted = at
      }
      if (sending) pump()
      else if (flying === 0) {
        const driven = { requests: counted.told(), slots: counted.slots(), busy, unsent }
        finish({ kind: 'driven', driven })
      }
    }

    const ticking = setInterval(tick, TICK)
    if (signal.aborted) abort()
    else {
      signal.addEventListener('abort', abort, { once: true })
      pump()
    }
  })
}

function isGood(status: number): boolean {
  return status >= 200 && status < 400
}

function failureOf(answer: Answer, expected: (status: number) => boolean): string | undefined {
  if (answer.kind === 'failed') return answer.why
  return expected(answer.status) ? undefined : `status ${answer.status}`
}

/** `1,234/s, p99 12.3 ms, 4 errors`. */
function noteOf(
  { answered, failed, p99 }: { answered: number; failed: number; p99: number | undefined },
  milliseconds: number,
): string {
  const rate = Math.round((answered / milliseconds) * 1000)
  const tail = p99 === undefined ? '' : `, p99 ${Number((p99 / 1e6).toPrecision(3))} ms`
  return `${rate}/s${tail}, ${failed} errors`
}
