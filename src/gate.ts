/** The whole story on one page: measure → compare → judge → report → store. Publishing is the shells' business. */

import { loosened } from './config/loosened.ts'
import { assemble } from './core/assemble.ts'
import { collect } from './core/collect.ts'
import type { Execution } from './core/execution.ts'
import { historyOf } from './core/history.ts'
import { lookPlan } from './core/judge.ts'
import type { Plan } from './core/plan.ts'
import type { Environment, Report } from './core/report.ts'
import { reportTimelines } from './core/report-timelines.ts'
import { rulesOf } from './core/rules.ts'
import type { Run, Side } from './core/run.ts'
import { unusedThresholds } from './core/unused-thresholds.ts'
import { undecided } from './gate/adaptive.ts'
import { readBasePlan } from './gate/base-plan.ts'
import { baselineFor, keepBaseline, storedBefore } from './gate/baseline.ts'
import type { Ground } from './gate/ground.ts'
import { prepareGround } from './gate/ground.ts'
import type { BaselineStore, Measured, Progress, Workplace } from './gate/ports.ts'
import { withProfiles } from './gate/profiling.ts'
import { withWorkloads } from './gate/workload.ts'
import { ingest } from './ingest.ts'
import type { BaseEvent } from './measure/base-commit.ts'
import { newSeed } from './measure/coin.ts'
import { fingerprint } from './measure/machine.ts'
import { measureRounds } from './measure/rounds.ts'
import { VERSION } from './version.ts'

export type * from './gate/ports.ts'

export interface GateRequest {
  readonly plan: Plan
  /** The config's folder, absolute. */
  readonly folder: string
  /** `--base`: outweighs the event. */
  readonly base?: string
  readonly event?: BaseEvent
  /** Tells gates of one repository apart. */
  readonly id: string
  readonly store?: BaselineStore
  /** Where this run belongs if it becomes a baseline. */
  readonly branch?: string
  readonly provenance?: Readonly<Record<string, string>>
  /** A push to the default branch: what was measured becomes a baseline, whatever its verdict, never after an error. */
  readonly saveBaseline: boolean
  readonly seed?: string
  /** Reads base's config as head's was read (same suite and flags). */
  readonly planOf?: (text: string) => Plan
  readonly reproduce?: string
  /** A folder that keeps what services print. */
  readonly logs?: string
  /** A folder that keeps the profiles that were taken. */
  readonly profiles?: string
}

export interface World {
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface GateOutcome {
  readonly report: Report
  readonly head: Run
  /** Only if it was measured here, beside head. */
  readonly base?: Run
  readonly stoppedBy: Measured['stoppedBy']
}

/** Throws UserError where nothing could be measured at all; whatever was measured is in the outcome. */
export async function runGate(request: GateRequest, world: World): Promise<GateOutcome> {
  const ground = await prepareGround(request, world)
  try {
    const outcome = await runOn(ground, request, world)
    // What is not committed cannot be what others are compared with.
    return ground.sides.head.dirty === true ? outcome : await keepBaseline(request, outcome, world)
  } finally {
    ground.remove()
  }
}

/** Measures, judges and reports on ground that stands. */
export async function runOn(ground: Ground, request: GateRequest, world: World): Promise<GateOutcome> {
  const seed = request.seed ?? newSeed()
  world.progress.say(`seed ${seed}`)
  const looks = lookPlan(ground.rounds)
  const measured = await measureOn(ground, request.plan, {
    ...world,
    seed,
    ...(request.logs === undefined ? {} : { logs: request.logs }),
    decide: (executions) =>
      ground.paired
        ? undecided(request.plan, looks, executions, (told) => world.progress.told?.(told))
        : new Set(),
  })
  const outcome = await judgeAndReport(request, ground, measured, seed)
  return { ...outcome, report: await withProfiles(outcome.report, request, ground, measured, world) }
}

/** The rounds alone. */
export function measureOn(
  ground: Ground,
  plan: Plan,
  how: World & {
    readonly seed: string
    readonly decide: (executions: readonly Execution[]) => ReadonlySet<string>
    readonly logs?: string
  },
): Promise<Measured> {
  const { sides, scratch, fresh } = ground
  return measureRounds({
    plan: { ...plan, rounds: { ...plan.rounds, ...ground.rounds } },
    sides,
    ingest,
    scratch,
    fresh,
    ...how,
  }).finally(() => how.progress.rest?.())
}

async function judgeAndReport(
  request: GateRequest,
  ground: Ground,
  measured: Measured,
  seed: string,
): Promise<GateOutcome> {
  const { plan } = request
  const here = collectSide('head')
  const head = withWorkloads(here.run, plan.benchmarks)
  const beside = ground.paired ? collectSide('base') : undefined
  const stored = ground.mode === 'history' ? await baselineFor(request, ground, head) : undefined
  const before = stored?.runs ?? (await storedBefore(request, ground, head))
  const history = stored?.runs === undefined ? undefined : historyOf(stored.runs, head)
  const base = beside === undefined ? history?.run : withWorkloads(beside.run, plan.benchmarks)
  const { plan: basePlan, warnings: baseWarnings } = readBasePlan(request, ground)
  const looks = lookPlan(ground.rounds)
  const cutShort = measured.stoppedBy === 'time' || measured.stoppedBy === 'signal'
  const report = assemble({
    ...(base === undefined ? {} : { base }),
    head,
    basis:
      history === undefined
        ? { paired: true }
        : {
            paired: false,
            mayRegress: history.mayRegress,
            refused: history.refused,
            ...(history.spreadFloor === undefined ? {} : { spreadFloor: history.spreadFloor }),
          },
    rules: rulesOf(plan, base === undefined ? [head] : [base, head]),
    options: { falseAlarms: plan.falseAlarms, ...(ground.paired ? { plan: looks, final: cutShort } : {}) },
    failOn: plan.failOn,
    readiness: plan.readiness,
    declared: plan.benchmarks.map((benchmark) => benchmark.name),
    ...(basePlan === undefined
      ? {}
      : { declaredInBase: basePlan.benchmarks.map((benchmark) => benchmark.name) }),
    failures: [...here.failures, ...(beside?.failures ?? []), ...(stored?.failures ?? [])],
    warnings: [
      ...ground.warnings,
      ...baseWarnings,
      ...(basePlan === undefined ? [] : loosened(basePlan, plan)),
      ...(stored?.warnings ?? []),
      ...(history === undefined ? [] : historyWarnings(history.sameClass, history.mayRegress)),
      ...unusedThresholds(plan, base === undefined ? [head] : [base, head]),
      ...here.warnings,
    ],
    noBaseline: base === undefined && plan.compare !== 'none',
    mostRounds: ground.rounds.max,
    environment: environment(),
    timelines: reportTimelines(measured.executions),
    stored: before,
  })
  const outcome = { report, head, stoppedBy: measured.stoppedBy }
  return beside === undefined || base === undefined ? outcome : { ...outcome, base }

  function collectSide(side: Side) {
    const workplace = ground.sides[side]
    // What base cannot do because it is new at head is no failure of base.
    const executions = measured.executions.filter(
      ({ benchmark, outcome, round, side: of }) =>
        !(of === 'base' && round === 0 && outcome.kind === 'error' && ground.fresh.has(benchmark)),
    )
    return collect(executions, side, {
      tool: VERSION,
      ...(workplace?.commit === undefined ? {} : { commit: workplace.commit }),
      ...(workplace?.ref === undefined ? {} : { ref: workplace.ref }),
      time: new Date().toISOString(),
      machine: fingerprint(),
      ...(request.provenance === undefined ? {} : { provenance: request.provenance }),
      ...(ground.paired ? { pairing: seed } : {}),
    })
  }

  function environment(): Environment {
    const { sides } = ground
    return {
      tool: VERSION,
      compare: ground.mode,
      ...(base === undefined ? {} : { base: described(base, ground.baseSource ?? stored?.source ?? 'base') }),
      head: described(head, ground.headSource ?? stateOf(sides.head)),
      seed,
      falseAlarms: plan.falseAlarms,
      rounds: Math.max(0, ...head.series.map((series) => series.rounds.length)),
      seconds: measured.seconds,
      ...(request.reproduce === undefined ? {} : { reproduce: request.reproduce }),
      ...(plan.suite === undefined ? {} : { suite: plan.suite }),
      id: request.id,
    }
  }
}

function stateOf({ commit, dirty }: Workplace): string {
  if (commit === undefined) return 'the working tree'
  return dirty === true ? 'with uncommitted changes' : 'as committed'
}

function described({ commit, ref, machine: on }: Run, source: string) {
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(ref === undefined ? {} : { ref }),
    ...(on === undefined ? {} : { machine: on }),
    source,
  }
}

function historyWarnings(sameClass: number, mayRegress: boolean) {
  const runs =
    sameClass === 0
      ? 'runs of other machines'
      : `${sameClass} stored run${sameClass === 1 ? '' : 's'} of this kind of machine`
  const message = `compared with ${runs}: between jobs the promised false-alarm rate does not hold`
  const said = [{ code: 'history', message }]
  if (!mayRegress)
    said.push({
      code: 'different-machine',
      message: 'every stored run is of another kind of machine: nothing can be called regressed',
    })
  return said
}
