import { judge, lookPlan } from '../../src/core/judge.ts'
import type { Answer, LookPlan, Question } from '../../src/core/question.ts'
import type { Statistic } from '../../src/core/statistic.ts'
import { companionsOf } from '../../src/core/statistics/companions.ts'
import { type Rule, type Trial, valuesOf } from './trial.ts'

const FALSE_ALARMS = 0.01

/** The questions that `tailgate` would ask of a trial. */
export function questionsOf(trial: Trial, statistics: readonly Statistic[], benchmark = 'b'): Question[] {
  return statistics.map((statistic) => ({
    benchmark,
    metric: 'latency',
    statistic,
    unit: 'ns',
    better: 'lower',
    threshold: { kind: 'relative', value: 0.05 },
    gating: true,
    paired: true,
    exact: false,
    base: valuesOf(trial, 'base', statistic),
    head: valuesOf(trial, 'head', statistic),
    support: companionsOf(statistic).map((c) => ({
      base: valuesOf(trial, 'base', c.statistic),
      head: valuesOf(trial, 'head', c.statistic),
      alike: c.alike,
    })),
    first: trial.pairs.map(({ base, head }) => (base.order < head.order ? 'base' : 'head')),
  }))
}

function cut(question: Question, rounds: number): Question {
  return {
    ...question,
    base: question.base.slice(0, rounds),
    head: question.head.slice(0, rounds),
    support: question.support!.map((s) => ({
      ...s,
      base: s.base.slice(0, rounds),
      head: s.head.slice(0, rounds),
    })),
    first: question.first!.slice(0, rounds),
  }
}

/** Questions of comparisons that changed nothing, to make a job of its full size. */
function bystanders(count: number): Question[] {
  const base = Array.from({ length: 30 }, (_, i) => 100 + (i % 5))
  const head = base.map((b, i) => b * (i % 2 === 0 ? 1.001 : 0.999))
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({
    benchmark: `bystander ${i}`,
    metric: 'latency',
    statistic: 'p50',
    unit: 'ns',
    better: 'lower',
    threshold: { kind: 'relative', value: 0.05 },
    gating: true,
    paired: true,
    exact: false,
    base,
    head,
  }))
}

/** A fixed number of rounds and one look at them, as `compare --paired` does. */
export function fixed(rounds: number): Rule {
  return {
    name: `tailgate, ${rounds} rounds`,
    rounds,
    decide: (trial, statistics, claims) => {
      const asked = questionsOf(trial, statistics)
      const { answers } = judge([...asked, ...bystanders(claims - asked.length)], {
        falseAlarms: FALSE_ALARMS,
      })
      return { red: asked.map((_, i) => answers[i]!.verdict === 'regressed'), rounds }
    },
  }
}

/** As `run` does: look after look, until a benchmark is settled. */
export function adaptive(max: number, plan: LookPlan = lookPlan({ min: 6, max })): Rule {
  return {
    name: `tailgate, up to ${max} rounds`,
    rounds: max,
    decide: (trial, statistics, claims) => {
      const job = measured([questionsOf(trial, statistics)], claims, plan)
      return { red: job.answers[0]!.map((a) => a.verdict === 'regressed'), rounds: job.rounds[0]! }
    },
  }
}

/** A whole job, benchmark by benchmark: each is measured until all its questions are settled. */
export function measured(
  benchmarks: readonly (readonly Question[])[],
  claims: number,
  plan: LookPlan,
): { readonly answers: readonly (readonly Answer[])[]; readonly rounds: readonly number[] } {
  const asked = benchmarks.flat().length
  const idle = bystanders(claims - asked)
  const rounds = benchmarks.map(() => plan.looks[0]!)
  const settled = benchmarks.map(() => false)
  for (;;) {
    const questions = benchmarks.flatMap((own, i) => own.map((q) => cut(q, rounds[i]!)))
    const { answers } = judge(
      [
        ...questions,
        ...idle.map((q) => ({
          ...q,
          base: q.base.slice(0, plan.looks[0]),
          head: q.head.slice(0, plan.looks[0]),
        })),
      ],
      { falseAlarms: FALSE_ALARMS, plan },
    )
    const grouped: Answer[][] = []
    let at = 0
    for (const own of benchmarks) {
      grouped.push(answers.slice(at, at + own.length))
      at += own.length
    }
    let more = false
    benchmarks.forEach((_, i) => {
      settled[i] ||= grouped[i]!.every((a) => a.settled)
      const next = plan.looks.find((look) => look > rounds[i]!)
      if (settled[i] || next === undefined) return
      rounds[i] = next
      more = true
    })
    if (!more) return { answers: grouped, rounds }
  }
}
