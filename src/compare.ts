/** Judges recorded results: what `tailgate compare` does. */
import { assemble } from './core/assemble.ts'
import { UserError } from './core/errors.ts'
import type { Report } from './core/report.ts'
import { rulesOf } from './core/rules.ts'
import type { Run } from './core/run.ts'
import type { Statistic } from './core/statistic.ts'
import type { Threshold } from './core/threshold.ts'
import { DEFAULT_THRESHOLD } from './core/threshold.ts'
import type { Warning } from './core/warning.ts'
import { loadRounds } from './runs.ts'
import { VERSION } from './version.ts'

export const DEFAULT_STATISTICS: readonly Statistic[] = ['p50', 'p95', 'p99']
export const DEFAULT_FALSE_ALARMS = 0.01

export interface CompareRequest {
  readonly base: string
  readonly head: string
  readonly format: string
  /** Round i of both was taken together. */
  readonly paired: boolean
  readonly threshold?: Threshold
  readonly statistics?: readonly Statistic[]
}

export async function compareRecorded(request: CompareRequest): Promise<Report> {
  const base = await loadRounds(request.base, request.format)
  const head = await loadRounds(request.head, request.format)
  const paired = request.paired || isSamePairing(base.run, head.run)
  if (paired) checkPairs(request, base.run, head.run)
  const judging = {
    benchmarks: [],
    statistics: request.statistics ?? DEFAULT_STATISTICS,
    thresholds: { '*': request.threshold ?? DEFAULT_THRESHOLD },
    overrides: [],
  }
  return assemble({
    base: base.run,
    head: head.run,
    basis: { paired },
    rules: rulesOf(judging, [base.run, head.run]),
    options: { falseAlarms: DEFAULT_FALSE_ALARMS },
    failOn: ['regression', 'budget', 'missing', 'error'],
    declared: [],
    failures: [],
    warnings: [...base.warnings, ...head.warnings, ...otherMachine(base.run, head.run)],
    noBaseline: false,
    mostRounds: Math.max(0, ...head.run.series.map((series) => series.rounds.length)),
    environment: {
      tool: VERSION,
      compare: 'files',
      ...(paired ? { paired } : {}),
      base: { ...about(base.run), source: request.base },
      head: { ...about(head.run), source: request.head },
      falseAlarms: DEFAULT_FALSE_ALARMS,
      rounds: Math.max(0, ...head.run.series.map((series) => series.rounds.length)),
    },
  })
}

function about({ commit, ref, machine }: Run) {
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(ref === undefined ? {} : { ref }),
    ...(machine === undefined ? {} : { machine }),
  }
}

function isSamePairing(base: Run, head: Run): boolean {
  return base.pairing !== undefined && base.pairing === head.pairing
}

function checkPairs(request: CompareRequest, base: Run, head: Run): void {
  const headRounds = new Map(head.series.map((s) => [`${s.benchmark}\0${s.metric}`, s.rounds.length]))
  for (const { benchmark, metric, rounds } of base.series) {
    const there = headRounds.get(`${benchmark}\0${metric}`)
    if (there !== undefined && there !== rounds.length)
      throw new UserError(
        `"${benchmark}" has ${rounds.length} rounds of ${metric} in base and ${there} in head`,
        {
          place: request.head,
          remedy: 'leave --paired out, or give as many rounds of both',
        },
      )
  }
}

/** Recorded on different machines: said, since no statistics can take it out. */
function otherMachine(base: Run, head: Run): Warning[] {
  if (base.machine === undefined || head.machine === undefined || base.machine.cpu === head.machine.cpu)
    return []
  const message = `base was measured on ${base.machine.cpu}, head on ${head.machine.cpu}`
  return [{ code: 'different-machine', message }]
}
