/** What to do next, computed from the figures: each sentence names the figure that it comes from. */
import { parseBudget } from '../core/budget-expression.ts'
import type { BudgetResult, Comparison, Report } from '../core/report.ts'
import type { Digest } from './digest.ts'
import { severity } from './digest.ts'
import { actualOf, beyond, changeOf, detectableOf, quantity, thresholdOf } from './quantities.ts'
import { spread } from './rounds.ts'
import { share } from './scale.ts'
import type { Voice } from './wording.ts'

/** A budget that is used up to this share is near its limit. */
const NEAR = 0.9

export function recommendations(report: Report, all: Digest, voice: Voice): string[] {
  const named = (c: Comparison) => `${voice.name(c.benchmark)} ${voice.text(quantity(c))}`
  const [worst] = all.regressed
  return [
    ...all.errors.map(
      (f) => `Repair ${voice.name(f.benchmark)}: it could not be measured, so nothing guards it.`,
    ),
    ...(worst === undefined
      ? []
      : [
          `Look at ${named(worst)} first: ${voice.text(changeOf(worst))} where ${voice.text(thresholdOf(worst))} is tolerated.`,
        ]),
    ...tails(all).map(
      (c) =>
        `${named(c)} got worse while its median did not: look for what happens rarely (pauses, retries, locks, a cold cache).`,
    ),
    // What the score lacks is told by the others.
    ...[...all.breached, ...all.unknown]
      .filter(({ benchmark }) => benchmark !== 'readiness')
      .map((b) => overrun(b, voice)),
    ...all.missing.map(
      (m) =>
        `Bring back ${voice.name(m.benchmark)}, or take it out of the config on the base branch if it is meant to go.`,
    ),
    ...all.inconclusive.map((c) => `${named(c)} could not be told: ${more(c, voice)}`),
    ...all.met
      .filter(isNear)
      .map(
        (b) =>
          `${voice.name(b.benchmark)} ${voice.text(b.expression)} is met with little to spare: it is ${voice.text(actualOf(b))}.`,
      ),
    ...all.shown
      .filter((c) => (c.verdict === 'regressed' || severity(c) >= 2) && !isBudgeted(c, report.budgets))
      .map(
        (c) =>
          `${named(c)} ${c.verdict === 'regressed' ? 'got' : 'looks'} worse by ${voice.text(changeOf(c))} and guards nothing: give it a threshold if it matters.`,
      ),
    ...noisy(report).map(
      (c) =>
        `Rounds of ${named(c)} differ by ${share(spread(c) ?? 0)}, more than the ${voice.text(thresholdOf(c))} that is tolerated: more operations a round or a quieter machine would tell sooner.`,
    ),
  ]
}

/** What a budget that is not met asks for. */
function overrun(b: BudgetResult, voice: Voice): string {
  const what = `${voice.name(b.benchmark)} ${voice.text(b.expression)}`
  if (b.verdict === 'unknown')
    return `${what} could not be told (${voice.text(b.reason ?? 'nothing measured it')}), which counts as not met: see that it is measured.`
  const found = voice.text(actualOf(b))
  const metric = metricOf(b)
  if (metric === 'data_loss')
    return `${voice.name(b.benchmark)} lost records (${found}) that it had confirmed: write before confirming.`
  if (metric === 'recovered')
    return `${voice.name(b.benchmark)} did not come back while it was watched: look at what the service printed (\`--report DIR\` keeps it in \`DIR/logs\`), at its retries and its timeouts.`
  const off = beyond(b)
  return `${what} is ${found}${off === undefined ? '' : `, ${voice.text(off)}`}: find what takes it, or argue for another limit in the config.`
}

function metricOf({ expression }: BudgetResult): string {
  try {
    return parseBudget(expression).metric
  } catch {
    return ''
  }
}

function isBudgeted({ benchmark, metric }: Comparison, budgets: readonly BudgetResult[]): boolean {
  return budgets.some((b) => b.benchmark === benchmark && metricOf(b) === metric)
}

/** Tails that regressed alone. */
function tails(all: Digest): Comparison[] {
  const median = new Set(all.regressed.filter((c) => c.statistic === 'p50').map((c) => c.benchmark))
  const seen = new Set<string>()
  return all.regressed.filter((c) => {
    const alone = /^p9/.test(c.statistic) && !median.has(c.benchmark) && !seen.has(c.benchmark)
    if (alone) seen.add(c.benchmark)
    return alone && all.judged.some((other) => other.benchmark === c.benchmark && other.statistic === 'p50')
  })
}

/** What can be seen shrinks with the square root of the rounds. */
function more(c: Comparison, voice: Voice): string {
  const seen = detectableOf(c)
  const rounds = Math.min(c.rounds.base, c.rounds.head)
  if (seen === undefined || c.detectable === null || rounds === 0)
    return c.reason === undefined ? 'more rounds are needed.' : `${voice.text(c.reason)}.`
  const needed = Math.ceil(rounds * (c.detectable / c.threshold) ** 2)
  return `its ${rounds} rounds would have seen ${voice.text(seen)}; about ${needed} would see ${voice.text(thresholdOf(c))}.`
}

function isNear({ actual, limit, unit, benchmark }: BudgetResult): boolean {
  if (actual === null || limit <= 0 || actual <= 0 || actual === limit) return false
  // Of what can be at most all, it is what is lacking that is used up.
  const all = benchmark === 'readiness' ? 100 : unit === 'ratio' ? 1 : Number.POSITIVE_INFINITY
  if (actual > limit && actual <= all && Number.isFinite(all)) return (all - actual) / (all - limit) >= NEAR
  return Math.min(actual / limit, limit / actual) >= NEAR
}

function noisy(report: Report): Comparison[] {
  return report.comparisons.filter(
    (c) => c.gating && c.judgedBy === 'change' && (spread(c) ?? 0) > c.threshold,
  )
}
