/** A script or a load with its polls and alerts. */

import { faultName } from '../../core/fault-plan.ts'
import type { BenchmarkPlan } from '../../core/plan.ts'
import { pollSlots } from '../../core/poll-slots.ts'
import type { MetricResult } from '../../core/result.ts'
import type { Poll } from '../../core/watch-results.ts'
import { alertResults, pollResults } from '../../core/watch-results.ts'
import { scriptEnvironment } from '../environment.ts'
import type { Attempt } from '../execution.ts'
import type { Done, Seen } from '../work.ts'
import { questionOf } from './ask.ts'
import { type Answer, watch } from './watch.ts'

export interface Watched {
  /** What its results are called. */
  readonly name: string
  readonly variables: Readonly<Record<string, string>>
  /** An existing folder. */
  readonly folder: string
}

/** Throws UserError for a variable that nothing sets. */
export async function underWatch(
  attempt: Attempt,
  { name, variables, folder }: Watched,
  run: (seen: Seen) => Promise<Done>,
): Promise<Done> {
  const { benchmark, workplace, signal } = attempt
  const { polls = [], alerts = [] } = benchmark
  const env = scriptEnvironment(process.env, variables, benchmark.env, workplace.env, {
    TAILGATE_SIDE: workplace.side,
  })
  const about = { folder: workplace.folder, env, scratch: folder, signal }
  const questions = [...polls, ...alerts].map((one) => ({
    ...one,
    question: questionOf({ ...one, ...about }),
  }))
  const watches = questions.map(({ question, every }) => watch(question, every))
  let answers: (readonly Answer[])[] = []
  let done: Done
  try {
    done = await run((poll, origin) => {
      const answered = watches[polls.findIndex((one) => one.name === poll)]?.answers ?? []
      return answered.map((answer) => pollOf(answer, origin))
    })
  } finally {
    answers = await Promise.all(watches.map((one) => one.stop()))
  }
  const { outcome, origin, to } = done
  if (outcome.kind !== 'measured') return done
  const since = answers.map((all) => all.map((answer) => pollOf(answer, origin)))
  const results = told(benchmark, name, since, { to, faults: outcome.timelines?.[0]?.faults ?? [] })
  if (typeof results === 'string') return { ...done, outcome: { kind: 'error', reason: results } }
  const { parsed } = outcome
  const [own = { benchmark: name }, ...others] = outcome.timelines ?? []
  const seen = polls.map((poll, i) => ({
    benchmark: faultName(name, poll.name),
    load: pollSlots(since[i]!, slotWidth(to)),
  }))
  return {
    ...done,
    outcome: {
      ...outcome,
      parsed: { ...parsed, results: [...parsed.results, ...results] },
      timelines: [own, ...others, ...seen],
    },
  }
}

/** Milliseconds: pictures of a long benchmark are no finer than of a short one. */
function slotWidth(duration: number): number {
  let width = 100
  while (width * 600 < duration) width *= 2
  return width
}

/** On the clock of the benchmark, which began at `origin`. */
function pollOf({ asked, answered, yes }: Answer, origin: number): Poll {
  return { at: asked - origin, took: answered - asked, yes }
}

/** Or why there are none. */
function told(
  { polls = [], alerts = [] }: BenchmarkPlan,
  name: string,
  answers: readonly (readonly Poll[])[],
  { to, faults }: { to: number; faults: readonly { readonly name: string; readonly injected: number }[] },
): readonly MetricResult[] | string {
  const results: MetricResult[] = []
  for (const [i, one] of [...polls, ...alerts].entries()) {
    // One that was under way when the load began is of it too: it may be the only one if nothing answers.
    const within = answers[i]!.filter(({ at, took }) => at + took >= 0 && at <= to)
    if (within.length === 0) return `"${one.name}" was never asked: the benchmark was over before`
    if (i < polls.length) results.push(...pollResults(name, one, within))
    else {
      const alert = alerts[i - polls.length]!
      const cause = faults.find((fault) => fault.name === alert.by)?.injected ?? 0
      results.push(...alertResults(name, alert, within, { cause, end: to }))
    }
  }
  return results
}
