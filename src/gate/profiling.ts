/** What was found to be slower, run once more on both sides under a profiler: which functions grew. */

import { lineOf } from '../core/errors.ts'
import { declaredOf, fileNameOf } from '../core/naming.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import { difference } from '../core/profile/difference.ts'
import type { Profile } from '../core/profile/profile.ts'
import type { Comparison, Report } from '../core/report.ts'
import type { Side } from '../core/run.ts'
import { sweptName } from '../core/sweep.ts'
import type { Warning } from '../core/warning.ts'
import type { GateRequest, Measured, World } from '../gate.ts'
import { ingest } from '../ingest.ts'
import { severity } from '../reporters/digest.ts'
import type { Ground } from './ground.ts'

/** Of many that became slower at once, the worst few tell why. */
const MOST = 8
/** Milliseconds of a load: longer ones tell no more about where the time goes. */
const LONGEST_LOAD = 30_000
/** A profiler slows down, and services have to start. */
const ROOM = 1.5

interface Slower {
  readonly benchmark: BenchmarkPlan
  readonly comparisons: readonly Comparison[]
}

/** The report with profiles and, where one was asked for and could not be taken, with a warning. Never decides. */
export async function withProfiles(
  report: Report,
  { plan, profiles: folder }: GateRequest,
  ground: Ground,
  measured: Measured,
  world: World,
): Promise<Report> {
  const slower = slowerOf(report, plan.benchmarks)
  if (slower.length === 0 || world.signal.aborted) return report
  const profiles: Profile[] = []
  const warnings: Warning[] = []
  const ends = performance.now() + plan.time - measured.seconds * 1000
  for (const [i, one] of slower.entries()) {
    const { name } = one.benchmark
    const why = i < MOST ? await profile(one) : `only the worst ${MOST} are`
    if (why !== undefined && !world.signal.aborted)
      warnings.push({ code: 'not-profiled', message: `it was not profiled: ${why}`, benchmark: name })
  }
  const told = profiles.length === 0 ? {} : { profiles }
  return { ...report, ...told, warnings: [...report.warnings, ...warnings] }

  /** Why it could not be. */
  async function profile({ benchmark, comparisons }: Slower): Promise<string | undefined> {
    const { base, head } = ground.sides
    if (base === undefined || !ground.paired) return 'its base was not measured here'
    const left = ends - performance.now()
    const timeIsUp = `the time for all measuring (\`time\`, ${plan.time / 1000} s) is used up`
    if (left < ROOM * longest(measured, benchmark.name)) return timeIsUp
    world.progress.say(`${benchmark.name}: slower; base and head once more under a profiler`)
    const scratch = ground.scratch
    try {
      const { takeProfiles } = await import('../measure/profiles/take.ts')
      const late = AbortSignal.timeout(Math.min(Math.ceil(left), 2 ** 31 - 1))
      const taken = await takeProfiles({
        benchmark: shortened(benchmark, comparisons),
        sides: { base, head },
        ingest,
        signal: AbortSignal.any([world.signal, late]),
        scratch,
        copied: true,
        ...(plan.services === undefined ? {} : { services: plan.services }),
      })
      if (taken.kind === 'none') return late.aborted ? timeIsUp : taken.reason
      const { tool, sides } = taken
      const roots = rootsOf(base.folder, head.folder)
      const worse = worseOf(comparisons)
      for (const kind of ['processor', 'memory'] as const) {
        const seen = (side: Side) => {
          const { operations, executions, [kind]: stacks } = sides[side]
          const told = operations === undefined ? {} : { operations }
          return { stacks, executions, root: roots[side], ...told }
        }
        const found = difference({
          benchmark: benchmark.name,
          kind,
          tool,
          base: seen('base'),
          head: seen('head'),
          ...(worse === undefined ? {} : { worse }),
        })
        if (found !== undefined) profiles.push(found)
      }
      if (folder === undefined) return undefined
      const { keepProfiles } = await import('../measure/profiles/keep.ts')
      const file = fileNameOf(benchmark.name)
      for (const side of ['base', 'head'] as const) keepProfiles(folder, `${file}-${side}`, sides[side].files)
      return undefined
    } catch (error) {
      return lineOf(error)
    }
  }
}

/** Benchmarks that are to be profiled and of which something that gates is regressed, the worst first. */
function slowerOf({ comparisons }: Report, benchmarks: readonly BenchmarkPlan[]): Slower[] {
  const names = benchmarks.map(({ name }) => name)
  const regressed = comparisons.filter((c) => c.gating && c.verdict === 'regressed')
  return benchmarks
    .filter((benchmark) => benchmark.profile === true)
    .map((benchmark) => ({
      benchmark,
      comparisons: regressed.filter((c) => declaredOf(c.benchmark, names) === benchmark.name),
    }))
    .filter((one) => one.comparisons.length > 0)
    .sort((a, b) => worst(b) - worst(a))
}

function worst({ comparisons }: Slower): number {
  return Math.max(...comparisons.map(severity))
}

/** Milliseconds of its longest execution on both sides together. */
function longest({ executions }: Measured, name: string): number {
  const of = (side: Side) =>
    executions
      .filter((one) => one.benchmark === name && one.side === side)
      .map(({ outcome }) => (outcome.kind === 'measured' ? outcome.seconds * 1000 : 0))
  return Math.max(0, ...of('base')) + Math.max(0, ...of('head'))
}

/** Of a sweep only the values at which it became slower; of a long load, where nothing happens at set times, a piece. */
function shortened(benchmark: BenchmarkPlan, comparisons: readonly Comparison[]): BenchmarkPlan {
  const { name, sweep, load, faults } = benchmark
  const slow = sweep?.values.filter((value) => {
    const swept = sweptName(name, sweep.key, value)
    return comparisons.some((c) => c.benchmark === swept || c.benchmark.startsWith(`${swept}/`))
  })
  return {
    ...benchmark,
    ...(sweep === undefined || slow === undefined || slow.length === 0
      ? {}
      : { sweep: { ...sweep, values: slow } }),
    ...(load === undefined || faults !== undefined
      ? {}
      : { load: { ...load, duration: Math.min(load.duration, LONGEST_LOAD) } }),
  }
}

/** How much longer an operation takes, relative; undefined where what regressed is no matter of time. */
function worseOf(comparisons: readonly Comparison[]): number | undefined {
  const changes = comparisons.flatMap(({ metric, change }) => {
    if (change === null) return []
    if (metric === 'latency') return change
    return metric === 'throughput' && change > -1 ? 1 / (1 + change) - 1 : []
  })
  return changes.length === 0 ? undefined : Math.max(...changes)
}

/** The folders of the two checkouts, without what the paths have in common at their ends. */
function rootsOf(base: string, head: string): Record<Side, string> {
  const [b, h] = [base, head].map((path) => path.replaceAll('\\', '/').split('/')) as [string[], string[]]
  if (base === head) return { base: b.join('/'), head: h.join('/') }
  while (b.length > 1 && h.length > 1 && b.at(-1) === h.at(-1)) {
    b.pop()
    h.pop()
  }
  return { base: b.join('/'), head: h.join('/') }
}
