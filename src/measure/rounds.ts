/** Measures in rounds: base and head back to back in coin order, benchmark after benchmark, until all is decided. */
import { knownTime } from '../core/forecast.ts'
import type { BenchmarkPlan, Plan } from '../core/plan.ts'
import type { Side } from '../core/run.ts'
import type { Execution, Ingest, Measured, Progress, StoppedBy, Workplace } from '../gate.ts'
import { baseGoesFirst } from './coin.ts'
import { execute, type Outcome } from './execution.ts'
import { type Keeper, keepServices } from './services/kept.ts'

export interface RoundsJob {
  readonly plan: Plan
  readonly sides: { readonly base?: Workplace; readonly head: Workplace }
  /** Decides every coin. */
  readonly seed: string
  readonly ingest: Ingest
  /** Names of the declared benchmarks still to be measured; asked after each pass over all of them. */
  readonly decide: (executions: readonly Execution[]) => ReadonlySet<string>
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Milliseconds of a clock that does not jump. */
  readonly now?: () => number
  /** An existing folder for outputs; nothing is left in it. */
  readonly scratch: string
  /** A folder that keeps what services print. */
  readonly logs?: string
  /** Declared benchmarks that base's config does not have: one that fails on base goes on with head alone. */
  readonly fresh?: ReadonlySet<string>
}

/** Failed rounds that are taken again, over the whole job of one benchmark. */
const REDO = 2

/** With what outlives a single round. */
interface Job extends RoundsJob {
  readonly keeper: Keeper
}

/** One benchmark on its way through the rounds. */
interface Lane {
  readonly benchmark: BenchmarkPlan
  done: number
  warmups: number
  redone: number
  /** Milliseconds of its longest round so far. */
  longest: number
  /** Base has failed and the benchmark is new: only head is measured. */
  headOnly: boolean
  stopped: StoppedBy | 'error' | undefined
}

/** Never throws for what scripts do; whatever was measured whole comes back. */
export async function measureRounds(asked: RoundsJob): Promise<Measured> {
  const keeper = keepServices(asked.scratch)
  try {
    return await allRounds({ ...asked, keeper })
  } finally {
    await keeper.stop()
  }
}

async function allRounds(job: Job): Promise<Measured> {
  const now = job.now ?? (() => performance.now())
  const began = now()
  const { min, max, warmup } = job.plan.rounds
  const executions: Execution[] = []
  const lanes = job.plan.benchmarks.map((benchmark): Lane => {
    // A load says beforehand how long it takes: one of a day is not begun in ten minutes.
    const longest = knownTime(benchmark) * (job.sides.base === undefined ? 1 : 2)
    return { benchmark, done: 0, warmups: 0, redone: 0, longest, headOnly: false, stopped: undefined }
  })
  const open = (): Lane[] => lanes.filter((lane) => lane.stopped === undefined)

  while (open().length > 0 && !job.signal.aborted) {
    for (const lane of open()) {
      if (job.signal.aborted) break
      const round = now()
      if (round - began + lane.longest > job.plan.time) {
        lane.stopped = 'time'
        continue
      }
      const rehearsal = lane.warmups < warmup
      const taken = await takeRound(job, lane, rehearsal, executions)
      if (taken === 'aborted') break
      lane.longest = Math.max(lane.longest, now() - round)
      if (taken === 'failed') lane.stopped = 'error'
      else if (rehearsal) lane.warmups += 1
      else {
        lane.done += 1
        job.progress.round({ benchmark: lane.benchmark.name, round: lane.done, of: max })
        if (lane.done >= max) lane.stopped = 'rounds'
      }
    }
    // Open lanes are all equally far. A pass of warm-ups tells nothing that could be decided on.
    if (job.signal.aborted || !open().some((lane) => lane.done >= Math.max(min, 1))) continue
    const wanted = job.decide(executions)
    for (const lane of open()) if (!wanted.has(lane.benchmark.name)) lane.stopped = 'settled'
  }

  for (const lane of lanes)
    if (lane.stopped === 'time' && lane.done === 0) executions.push(outOfTime(job, lane))
  return { executions, stoppedBy: stoppedBy(job, lanes), seconds: (now() - began) / 1000 }
}

/** The weightiest reason of all lanes. */
function stoppedBy(job: RoundsJob, lanes: readonly Lane[]): StoppedBy {
  if (job.signal.aborted) return 'signal'
  const reasons = new Set(lanes.map((lane) => lane.stopped))
  return reasons.has('time') ? 'time' : reasons.has('rounds') ? 'rounds' : 'settled'
}

/**
 * One round of one benchmark. Records a whole pair (unless it is a warm-up) or the failure that ends the benchmark. A
 * round is taken again as a whole if one side fails, with the same coin (a new one would let failures choose the
 * order), and never for its values.
 */
async function takeRound(
  job: Job,
  lane: Lane,
  warmup: boolean,
  record: Execution[],
): Promise<'whole' | 'failed' | 'aborted'> {
  const { name } = lane.benchmark
  const round = lane.done
  for (;;) {
    const pair = await takePair(job, lane, warmup)
    if (pair === 'aborted') return pair
    const failed = pair.find((one) => one.outcome.kind === 'error')
    if (failed === undefined) {
      if (!warmup) record.push(...pair)
      return 'whole'
    }
    const reason = failed.outcome.kind === 'error' ? failed.outcome.reason : ''
    if (failed.side === 'base' && round === 0 && job.fresh?.has(name) === true) {
      job.progress.say(`${name}: new, and does not run on base: only head is measured (${reason})`)
      lane.headOnly = true
      record.push(failed)
    } else if (lane.redone >= REDO) {
      record.push(failed)
      return 'failed'
    } else {
      lane.redone += 1
      const when = warmup ? 'its warm-up' : `round ${round + 1}`
      job.progress.warn(`${name}: ${failed.side} failed in ${when}, which is taken again: ${reason}`)
    }
  }
}

/** Both sides back to back; stops at the first that fails, which is then the last of the list. */
async function takePair(job: Job, lane: Lane, warmup: boolean): Promise<Execution[] | 'aborted'> {
  const pair: Execution[] = []
  for (const [index, workplace] of inOrder(job, lane, lane.done).entries()) {
    const outcome = await attempt(job, lane, workplace, warmup)
    if (outcome.kind === 'aborted') return 'aborted'
    const order = index === 0 ? 0 : 1
    pair.push({ benchmark: lane.benchmark.name, side: workplace.side, round: lane.done, order, outcome })
    if (outcome.kind === 'error') break
  }
  return pair
}

function attempt(job: Job, lane: Lane, workplace: Workplace, warmup: boolean): Promise<Outcome> {
  const { benchmark } = lane
  const { ingest, signal, scratch, keeper, progress } = job
  const copied = job.sides.base !== undefined
  const { services, rounds } = job.plan
  return execute({
    benchmark,
    workplace,
    round: lane.done,
    warmup,
    ingest,
    signal,
    scratch,
    copied,
    keeper,
    ...(services === undefined ? {} : { services }),
    ...(job.logs === undefined ? {} : { logs: job.logs }),
    note: (text) => {
      const note = `${workplace.side} ${text}`
      progress.round({ benchmark: benchmark.name, round: lane.done + 1, of: rounds.max, note, passing: true })
    },
  })
}

function inOrder(job: RoundsJob, lane: Lane, round: number): readonly Workplace[] {
  const { base, head } = job.sides
  if (base === undefined || lane.headOnly) return [head]
  return baseGoesFirst(job.seed, lane.benchmark.name, round) ? [base, head] : [head, base]
}

/** A benchmark without a single round has not been judged: that is an error, not a pass. */
function outOfTime(job: RoundsJob, lane: Lane): Execution {
  const side: Side = 'head'
  const reason = `the time of ${job.plan.time / 1000} s for all measuring ran out before its first round (raise \`time\`, or measure less)`
  return { benchmark: lane.benchmark.name, side, round: 0, order: 0, outcome: { kind: 'error', reason } }
}
