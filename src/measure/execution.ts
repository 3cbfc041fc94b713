/**
 * One execution of a benchmark on one side: start the services that it needs, run its script or drive its load (for each
 * value of its sweep), sample what the services use meanwhile, and stop them.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lineOf, UserError } from '../core/errors.ts'
import { expand } from '../core/expand.ts'
import { fileNameOf } from '../core/naming.ts'
import type { BenchmarkPlan } from '../core/plan.ts'
import { resourceResults } from '../core/resource-results.ts'
import type { ServicePlan } from '../core/service-plan.ts'
import { type Swept, sweepResults, sweptName } from '../core/sweep.ts'
import type { ResourceSample, Timeline } from '../core/timeline.ts'
import type { Execution, Ingest, Workplace } from '../gate.ts'
import { chanceOf } from './faults/chance.ts'
import type { Instrument } from './profiles/instrument.ts'
import { sampleResources } from './resources/sampler.ts'
import { type Group, startGroup } from './services/group.ts'
import type { Keeper } from './services/kept.ts'
import { type Done, perform, type Turn } from './work.ts'

export interface Attempt {
  readonly benchmark: BenchmarkPlan
  readonly workplace: Workplace
  /** 0-based; warm-ups are rehearsals of round 0. */
  readonly round: number
  readonly warmup: boolean
  readonly ingest: Ingest
  readonly signal: AbortSignal
  /** An existing folder; nothing is left in it. */
  readonly scratch: string
  /** Whether the workplace is a copy, in which ignored files are missing. */
  readonly copied: boolean
  /** Those of the plan. */
  readonly services?: Readonly<Record<string, ServicePlan>>
  /** Services with `keep: true`, which outlive the execution. */
  readonly keeper?: Keeper
  /** A folder that keeps what services print; it is made when there is something to keep. */
  readonly logs?: string
  /** Looks into the services under test; where there are none, into the script. */
  readonly instrument?: Instrument
  /** For people, while it goes on. */
  readonly note?: (text: string) => void
}

export type Outcome = Execution['outcome'] | { readonly kind: 'aborted' }

type MeasuredOutcome = Extract<Outcome, { kind: 'measured' }>

/** Never throws for what scripts and services do. */
export async function execute(attempt: Attempt): Promise<Outcome> {
  const folder = mkdtempSync(join(attempt.scratch, 'run-'))
  const { benchmark, workplace, signal } = attempt
  const wanted = benchmark.services ?? []
  let group: Group | undefined
  try {
    if (wanted.length > 0) {
      const started = await startGroup({
        wanted,
        services: attempt.services ?? {},
        workplace,
        scratch: folder,
        signal,
        ...(attempt.keeper === undefined ? {} : { kept: attempt.keeper.of(workplace.side) }),
        ...(attempt.instrument === undefined ? {} : { instrument: attempt.instrument }),
        ...(attempt.logs === undefined ? {} : { log: logOf(attempt, attempt.logs) }),
        proxied: proxiedOf(benchmark),
        // Base and head of a round meet the same weather.
        random: chanceOf(attempt.round),
      })
      if (started.kind !== 'running') return started
      group = started.group
    }
    return await sweep(attempt, group, folder)
  } catch (error) {
    if (error instanceof UserError) return { kind: 'error', reason: lineOf(error) }
    throw error
  } finally {
    await group?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Services before whose ports a fault needs a proxy; it stands there in all rounds and all the time. */
function proxiedOf({ faults = [] }: BenchmarkPlan): ReadonlySet<string> {
  return new Set(
    faults.flatMap(({ disturbance }) => (disturbance.kind === 'network' ? disturbance.service : [])),
  )
}

/** `LOGS/checkout-head-3`, rounds counted from 1 as people do. */
function logOf({ benchmark, workplace, round, warmup }: Attempt, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const name = fileNameOf(benchmark.name)
  return join(folder, `${name}-${workplace.side}-${warmup ? 'warmup' : round + 1}`)
}

/** All values of the sweep one after the other, on the same services; or just once. */
async function sweep(attempt: Attempt, group: Group | undefined, folder: string): Promise<Outcome> {
  const { benchmark } = attempt
  if (benchmark.sweep === undefined)
    return once(attempt, group, { name: benchmark.name, folder, variables: {} })
  const { key, values } = benchmark.sweep
  const parts: Swept[] = []
  const outcomes: MeasuredOutcome[] = []
  for (const value of values) {
    const name = sweptName(benchmark.name, key, value)
    const own = join(folder, `value-${parts.length}`)
    mkdirSync(own)
    const swept = { ...attempt, benchmark: atValue(benchmark, key, value) }
    const outcome = await once(swept, group, { name, folder: own, variables: { [key]: String(value) } })
    if (outcome.kind === 'aborted') return outcome
    if (outcome.kind === 'error') return { kind: 'error', reason: `at ${key} ${value}: ${outcome.reason}` }
    outcomes.push(outcome)
    parts.push({ value, results: outcome.parsed.results })
  }
  const all = outcomes.map((outcome) => outcome.parsed)
  return {
    kind: 'measured',
    parsed: {
      format: all[0]!.format,
      results: [...all.flatMap((parsed) => parsed.results), ...sweepResults(benchmark.name, key, parts)],
      warnings: all.flatMap((parsed) => parsed.warnings),
    },
    seconds: outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0),
    timelines: outcomes.flatMap((outcome) => outcome.timelines ?? []),
  }
}

/** `connections` and `rate` are the load's own. */
function atValue(benchmark: BenchmarkPlan, key: string, value: string | number): BenchmarkPlan {
  const { load } = benchmark
  return load !== undefined && (key === 'connections' || key === 'rate')
    ? { ...benchmark, load: { ...load, [key]: Number(value) } }
    : benchmark
}

/** The script or the load, with the services looked at meanwhile. */
async function once(attempt: Attempt, group: Group | undefined, turn: Turn): Promise<Outcome> {
  // Before anything is looked at: it takes its time where it is the first load.
  if (attempt.benchmark.load !== undefined) await import('./load/execute.ts')
  const sampler = sampleResources(group?.families ?? [])
  let done: Done | undefined
  let samples: readonly ResourceSample[] = []
  try {
    done = await act(attempt, group, turn)
  } finally {
    samples = (await sampler?.stop(done?.origin ?? 0)) ?? []
  }
  const { outcome } = done
  if (outcome.kind === 'aborted') return outcome
  const trouble = group?.trouble()
  if (trouble !== undefined) {
    const already = outcome.kind === 'error' && outcome.reason.includes(trouble)
    const reason = outcome.kind === 'error' && !already ? `${outcome.reason}; ${trouble}` : trouble
    return { kind: 'error', reason }
  }
  return outcome.kind === 'error' ? outcome : withResources(turn.name, outcome, samples, done)
}

async function act(attempt: Attempt, group: Group | undefined, turn: Turn): Promise<Done> {
  const variables = { ...group?.variables, ...turn.variables }
  const benchmark = { ...attempt.benchmark, env: expanded(attempt.benchmark.env, variables) }
  const settled = { ...attempt, benchmark }
  const scene = { ...turn, variables }
  const { polls = [], alerts = [] } = benchmark
  if (polls.length + alerts.length === 0) return perform(settled, group, scene)
  const { underWatch } = await import('./monitors/under-watch.ts')
  return underWatch(settled, scene, (seen) => perform(settled, group, scene, seen))
}

function withResources(
  name: string,
  outcome: MeasuredOutcome,
  samples: readonly ResourceSample[],
  within: { readonly from: number; readonly to: number },
): Outcome {
  const { parsed, timelines = [] } = outcome
  const { results, warnings } = resourceResults(name, samples, within)
  const resources = samples.length > 0 ? { resources: samples } : {}
  const timeline: Timeline = { benchmark: name, ...timelines[0], ...resources }
  return {
    ...outcome,
    parsed: {
      ...parsed,
      results: [...parsed.results, ...results],
      warnings: [...parsed.warnings, ...warnings],
    },
    ...(timelines.length === 0 && samples.length === 0
      ? {}
      : { timelines: [timeline, ...timelines.slice(1)] }),
  }
}

/** `${PORT}` and the like in the benchmark's environment; what only the shell knows stays as it is. */
function expanded(
  env: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (Object.keys(variables).length === 0) return env
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, expand(value, variables, process.env)]),
  )
}
