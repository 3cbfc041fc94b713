/** Samples the resources of services while something uses them. */
import type { ResourceSample } from '../../core/timeline.ts'
import type { Family } from '../family.ts'
import { fingerprint } from '../machine.ts'
import type { Look } from './look.ts'
import { procLook } from './proc.ts'
import { psLook } from './ps.ts'

export interface Sampler {
  /** A last look, and all samples; `at` is in milliseconds since `origin`, a time of `performance.now()`. */
  stop(origin: number): Promise<ResourceSample[]>
}

/** Milliseconds between two samples; longer, up to a second, where a look costs more than half a percent of that. */
const INTERVAL = { proc: 100, ps: 1000 } as const
const COST = 0.005
const LONGEST = 1000
const DRIFT = 1.2
/** More samples are thinned out to every other one, and taken half as often. */
const MOST = 3000

interface Taken extends Look {
  readonly now: number
}

/** Undefined where nothing can be told of processes. */
export function sampleResources(families: readonly Family[]): Sampler | undefined {
  if (families.length === 0 || process.platform === 'win32') return undefined
  const proc = process.platform === 'linux'
  const look: (now: number) => Look | undefined | Promise<Look | undefined> = proc
    ? procLook(families)
    : psLook(families)
  let taken: Taken[] = []
  let spacing: number = proc ? INTERVAL.proc : INTERVAL.ps
  let least = 0.1
  let timer: NodeJS.Timeout | undefined
  let over = false

  const take = async (): Promise<void> => {
    const now = performance.now()
    const seen = await look(now)
    if (seen !== undefined) taken.push({ now, ...seen })
    if (taken.length > MOST) {
      taken = taken.filter((_, i) => i % 2 === 0)
      spacing *= 2
    }
    const cost = proc ? performance.now() - now : 0
    // Searches and a busy machine make single looks long: the least is what looking costs, followed as members come.
    least = Math.min(cost, least * DRIFT)
    const pause = Math.max(spacing, Math.min(LONGEST, least / COST))
    if (!over) timer = setTimeout(() => void take(), pause)
  }
  const first = take()

  return {
    stop: async (origin) => {
      await first
      over = true
      clearTimeout(timer)
      await take()
      return samplesOf(taken, origin, fingerprint().cores)
    },
  }
}

/** Processor time becomes a share of all cores between two looks. */
export function samplesOf(taken: readonly Taken[], origin: number, cores: number): ResourceSample[] {
  return taken.map(({ now, busy, ...rest }, i) => {
    const before = taken[i - 1]
    const passed = before === undefined ? 0 : (now - before.now) / 1000
    // A process that ended unseen takes its time with it.
    const used = before === undefined ? 0 : Math.max(0, busy - before.busy)
    // One that is found late brings all its time at once, and there is no more than all cores.
    return { ...rest, at: now - origin, cpu: passed > 0 ? Math.min(1, used / passed / cores) : 0 }
  })
}
