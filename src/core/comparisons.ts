import { statisticsAsked } from './gating.ts'
import { judge } from './judge.ts'
import type { Pair } from './pairing.ts'
import { pairUp } from './pairing.ts'
import type { Answer, JudgeOptions, Question } from './question.ts'
import { questionsOf, seriesValues } from './questions.ts'
import type { Comparison } from './report.ts'
import type { Rules } from './rules.ts'
import type { Run, Series } from './run.ts'
import type { Statistic } from './statistic.ts'
import { median } from './statistics/centre.ts'
import type { Warning } from './warning.ts'

/** How base and head belong together. */
export interface Basis {
  /** Round i of both was taken back to back in an order drawn by a coin. */
  readonly paired: boolean
  /** Smallest spread between runs to assume (history of few runs). */
  readonly spreadFloor?: number
  /** False: runs of another machine class. */
  readonly mayRegress?: boolean
  /** The rounds that there can still be. */
  readonly mostRounds?: number
  /** By benchmark: why it may not be compared (measured with another workload). */
  readonly refused?: ReadonlyMap<string, string>
}

export interface Compared {
  readonly comparisons: readonly Comparison[]
  readonly warnings: readonly Warning[]
  /** Declared by name: what still needs rounds. */
  readonly unsettled: ReadonlySet<string>
  /** How many questions share the false-alarm rate. */
  readonly gatingQuestions: number
}

/** Everything that base and head have, compared and judged together. */
export function compareRuns(
  base: Run,
  head: Run,
  basis: Basis,
  rules: Rules,
  options: JudgeOptions,
): Compared {
  const pairs = pairUp(base, head)
  const asked = pairs.map((pair) => askedOf(pair, pairs, basis, rules))
  const questions = asked.flatMap((a) => a.questions)
  const { answers, warnings } = judge(questions, options)

  const comparisons: Comparison[] = []
  const unsettled = new Set<string>()
  let next = 0
  for (const { pair, only, questions: mine, waiting, unasked } of asked) {
    for (const question of mine) {
      const answer = answers[next++]!
      comparisons.push(judged(question, answer, pair as Extract<Pair, { kind: 'both' }>))
      if (question.gating && (!answer.settled || waiting.has(question.statistic)))
        unsettled.add(question.benchmark)
    }
    if (mine.length === 0) comparisons.push(unjudged(pair, { only, reason: unasked, rules, options }))
  }
  return { comparisons, warnings, unsettled, gatingQuestions: questions.filter((q) => q.gating).length }
}

function askedOf(pair: Pair, pairs: readonly Pair[], basis: Basis, rules: Rules) {
  const only = isOnly(pair, pairs)
  if (pair.kind !== 'both')
    return {
      pair,
      only,
      questions: [],
      waiting: NONE,
      unasked: pair.kind === 'missing' ? pair.reason : undefined,
    }
  const refused = basis.refused?.get(pair.head.benchmark)
  const asked = questionsOf(
    {
      base: pair.base,
      head: pair.head,
      paired: basis.paired,
      only,
      ...(basis.spreadFloor === undefined ? {} : { spreadFloor: basis.spreadFloor }),
      ...(basis.mayRegress === undefined ? {} : { mayRegress: basis.mayRegress }),
      ...(refused === undefined ? {} : { refused }),
      ...(basis.mostRounds === undefined ? {} : { mostRounds: basis.mostRounds }),
    },
    rules,
  )
  return { pair, only, ...asked }
}

const NONE: ReadonlySet<Statistic> = new Set()

/** Whether a benchmark has no other metric that is not told beside. */
function isOnly(pair: Pair, pairs: readonly Pair[]): boolean {
  const { benchmark, metric } = seriesIn(pair)
  return !pairs.some((other) => {
    const series = seriesIn(other)
    return series.benchmark === benchmark && series.metric !== metric && series.primary !== false
  })
}

function seriesIn(pair: Pair): Series {
  return pair.kind === 'missing' ? pair.base : pair.head
}

function judged(q: Question, a: Answer, pair: { base: Series; head: Series }): Comparison {
  return {
    benchmark: q.benchmark,
    metric: q.metric,
    statistic: q.statistic,
    unit: q.unit,
    better: q.better,
    base: a.base,
    head: a.head,
    change: a.change,
    difference: a.difference,
    interval: a.interval,
    confidence: a.confidence,
    threshold: q.threshold.value,
    judgedBy: q.threshold.kind === 'relative' && a.change !== null ? 'change' : 'difference',
    detectable: a.detectable,
    verdict: a.verdict,
    gating: q.gating,
    ...(a.reason === undefined ? {} : { reason: a.reason }),
    rounds: { base: q.base.length, head: q.head.length },
    series: { base: seriesValues(pair.base, q.statistic), head: seriesValues(pair.head, q.statistic) },
  }
}

/** What is on one side only, or has nothing that could be asked. */
function unjudged(
  pair: Pair,
  told: { only: boolean; reason: string | undefined; rules: Rules; options: JudgeOptions },
): Comparison {
  const { only, reason, rules, options } = told
  const series = seriesIn(pair)
  const { statistic, gating } = statisticsAsked(series, series, {
    configured: rules.statistics(series.benchmark),
    named: rules.names(series.benchmark, series.metric),
    only,
  })[0] ?? { statistic: 'value' as const, gating: true }
  const threshold = rules.threshold(series.benchmark, series.metric, statistic, series.unit)
  const base = pair.kind === 'new' ? [] : seriesValues(pair.kind === 'both' ? pair.base : series, statistic)
  const head = pair.kind === 'missing' ? [] : seriesValues(series, statistic)
  const [from, to] = [middle(base), middle(head)]
  // Where nothing tells which way is better there is still one thing to say: that nothing moved.
  const same = pair.kind === 'both' && from !== null && [...base, ...head].every((value) => value === from)
  return {
    benchmark: series.benchmark,
    metric: series.metric,
    statistic,
    unit: series.unit,
    better: series.better ?? 'unknown',
    base: from,
    head: to,
    change: from !== null && to !== null && from > 0 ? to / from - 1 : null,
    difference: from !== null && to !== null ? to - from : null,
    interval: null,
    confidence: 1 - options.falseAlarms,
    threshold: threshold.value,
    judgedBy: threshold.kind === 'relative' ? 'change' : 'difference',
    detectable: null,
    verdict: same ? 'unchanged' : pair.kind === 'both' ? 'inconclusive' : pair.kind,
    gating,
    ...(reason === undefined || same ? {} : { reason }),
    rounds: { base: base.length, head: head.length },
    series: { base, head },
  }
}

export function middle(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null)
  return there.length === 0 ? null : median(there)
}
