import type { Answer, Question } from '../question.ts'

/** Metrics of a benchmark's work: what is gained on one at the cost of another is no gain. */
const WORK: Readonly<Record<string, string>> = {
  error_rate: 'more errors',
  throughput: 'less work done',
  errors: 'more errors',
}

/** Whether it looks worse by more than is tolerated: certain, or at least not ruled out by its rounds. */
function looksWorse(question: Question, answer: Answer): boolean {
  if (answer.verdict === 'regressed') return true
  if (answer.verdict !== 'inconclusive') return false
  const shown = question.threshold.kind === 'relative' ? answer.change : answer.difference
  if (shown === null) return false
  return (question.better === 'lower' ? shown : -shown) >= question.threshold.value
}

/**
 * Latency, errors and throughput of one benchmark together: faster with more errors or less work done is not an
 * improvement, and what became ten times better is more likely to do nothing.
 */
export function jointly(questions: readonly Question[], answers: readonly Answer[]): Answer[] {
  const costs = new Map<string, string>()
  questions.forEach((question, i) => {
    const cost = Object.hasOwn(WORK, question.metric) ? WORK[question.metric] : undefined
    if (cost !== undefined && looksWorse(question, answers[i]!)) costs.set(question.benchmark, cost)
  })
  return answers.map((answer, i) => {
    const question = questions[i]!
    const cost = costs.get(question.benchmark)
    if (cost !== undefined && answer.verdict === 'improved')
      return { ...answer, verdict: 'inconclusive', reason: `better, but with ${cost}: not an improvement` }
    return suspicious(question, answer) ? { ...answer, reason: because(answer) } : answer
  })
}

/** Nobody makes a program ten times as fast by accident. */
function suspicious(question: Question, answer: Answer): boolean {
  if (answer.verdict !== 'improved' || answer.change === null) return false
  return question.better === 'lower' ? answer.change <= -0.9 : answer.change >= 9
}

function because(answer: Answer): string {
  const note = 'suspicious: check the workload'
  return answer.reason === undefined ? note : `${answer.reason}; ${note}`
}

/**
 * A benchmark that is regressed has failed the job: what else is to be told of it is not worth further rounds.
 */
export function settledTogether(questions: readonly Question[], answers: readonly Answer[]): Answer[] {
  const failed = new Map<string, string>()
  questions.forEach(({ benchmark, metric, statistic, gating }, i) => {
    if (gating && answers[i]!.verdict === 'regressed') failed.set(benchmark, `${metric} ${statistic}`)
  })
  return answers.map((answer, i) => {
    const by = failed.get(questions[i]!.benchmark)
    if (by === undefined || answer.settled) return answer
    return { ...answer, settled: true, reason: answer.reason ?? `not measured further: ${by} is regressed` }
  })
}
