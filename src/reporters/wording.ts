/** The verdict in a sentence. What it rests on and what it does not say is in the sentence too. */
import type { BudgetResult, Comparison, Failure, Report } from '../core/report.ts'
import type { Digest, Missing } from './digest.ts'
import { digest } from './digest.ts'
import { plain } from './escape.ts'
import { actualOf, changeOf, detectableOf, many, quantity, thresholdOf } from './quantities.ts'
import { firstLine } from './sentences.ts'

/** How names and prose from outside are written where the sentence is to stand. */
export interface Voice {
  name(raw: string): string
  text(raw: string): string
}

export const PLAIN: Voice = { name: (raw) => plain(raw), text: (raw) => plain(raw, 1000) }

/** Names told in a sentence; the table tells them all. */
const TOLD = 3

/** `❌ 2 of 24 comparisons regressed: json p99 +8.7 %, api p50 +6 %`. One line, the sign first. */
export function headline(report: Report, voice: Voice = PLAIN): string {
  return `${signOf(report)} ${sentence(report, voice)}`
}

/** ✅ only when there is nothing at all to look at. */
export function signOf(report: Report): '✅' | '❌' | '⚠️' | '💥' {
  if (report.verdict === 'error') return '💥'
  if (report.verdict === 'fail') return '❌'
  const all = digest(report)
  const clean = wrongs(all, PLAIN, false).length === 0 && all.inconclusive.length === 0 && !cannotFail(report)
  const judged = all.judged.length > 0 || (report.environment.compare === 'none' && all.met.length > 0)
  return report.verdict === 'pass' && clean && judged ? '✅' : '⚠️'
}

function sentence(report: Report, voice: Voice): string {
  const all = digest(report)
  const wrong = wrongs(all, voice, report.verdict === 'error')
  const open = undecided(all, voice)
  const nothing = comparedNothing(all) ? [nothingCompared(report, all, voice)] : []
  if (report.verdict === 'error') {
    const untold = noBaseline(report) === undefined ? [] : nothing
    return [unmeasured(report, all, voice), ...wrong, ...open, ...untold].join('; ')
  }
  if (report.verdict === 'fail' && wrong.length > 0)
    return [...wrong, ...open, ...nothing, ...better(all)].join('; ')
  if (wrong.length > 0) return `${wrong.join('; ')}; the job does not fail, because ${whyNot(report)}`
  if (nothing.length > 0) return nothing.join('; ')
  if (cannotFail(report))
    return `no regression could have been found in ${many(all.judged.length, 'comparison')}`
  if (open.length > 0) return ['no regression found', ...open, ...better(all), ...skipped(all)].join('; ')
  return [
    `no regression found in ${many(all.judged.length, 'comparison')}`,
    ...budgetsMet(all),
    ...better(all),
    ...skipped(all),
  ].join('; ')
}

/** Somebody's word, or the config's. */
function whyNot({ warnings }: Report): string {
  const accepted = warnings.some(({ code }) => code === 'accepted')
  const tolerated = warnings.some(({ code }) => code === 'tolerated')
  if (accepted) return tolerated ? 'this is accepted, or `fail-on` leaves it out' : 'this is accepted'
  return '`fail-on` leaves this out'
}

/** A baseline that is not there is told in the headline then, and need not be told again. */
export function comparedNothing(all: Digest): boolean {
  return all.judged.length === 0 && all.missing.length === 0
}

function noBaseline(report: Report): string | undefined {
  return report.warnings.find((warning) => warning.code === 'no-baseline')?.message
}

function cannotFail(report: Report): boolean {
  return report.warnings.some((warning) => warning.code === 'cannot-fail')
}

/** Everything that is wrong, each in a clause, worst first; what could not be measured is told apart when it decides. */
function wrongs(all: Digest, voice: Voice, broken: boolean): string[] {
  const clauses: string[] = []
  const { regressed, breached, unknown, failed } = all
  if (!broken && all.errors.length > 0)
    clauses.push(
      `${many(all.errors.length, 'benchmark')} could not be measured: ${list(all.errors, (f) => failure(f, voice))}`,
    )
  if (regressed.length > 0)
    clauses.push(
      `${regressed.length} of ${many(all.judged.length, 'comparison')} regressed: ${list(regressed, (c) => changed(c, voice))}`,
    )
  if (all.missing.length > 0) clauses.push(gone(all.missing, voice))
  if (breached.length > 0)
    clauses.push(`${many(breached.length, 'budget')} breached: ${list(breached, (b) => overrun(b, voice))}`)
  if (unknown.length > 0)
    clauses.push(
      `${many(unknown.length, 'budget')} could not be told: ${list(unknown, (b) => untold(b, voice))}`,
    )
  if (failed.length > 0)
    clauses.push(`${many(failed.length, 'benchmark')} failed: ${list(failed, (f) => failure(f, voice))}`)
  return clauses
}

function changed(c: Comparison, voice: Voice): string {
  return `${voice.name(c.benchmark)} ${voice.text(quantity(c))} ${voice.text(changeOf(c))}`
}

function gone(missing: readonly Missing[], voice: Voice): string {
  const names = list(missing, (m) =>
    m.whole
      ? voice.name(m.benchmark)
      : `${voice.name(m.benchmark)} ${m.comparisons.map((c) => voice.text(quantity(c))).join(', ')}`,
  )
  const noun = missing.every((m) => m.whole) ? 'benchmark' : 'result'
  return `${many(missing.length, noun)} ${missing.length === 1 ? 'is' : 'are'} missing: ${names}`
}

function overrun(b: BudgetResult, voice: Voice): string {
  return `${voice.name(b.benchmark)} ${voice.text(b.expression)} is ${voice.text(actualOf(b))}`
}

function untold(b: BudgetResult, voice: Voice): string {
  return `${voice.name(b.benchmark)} ${voice.text(b.expression)}${b.reason === undefined ? '' : ` (${voice.text(b.reason)})`}`
}

function failure(f: Failure, voice: Voice): string {
  const why = voice.text(firstLine(f.reason))
  return f.benchmark === '' ? why : `${voice.name(f.benchmark)} (${why})`
}

function unmeasured(report: Report, all: Digest, voice: Voice): string {
  const names = [...new Set(all.errors.map((f) => f.benchmark))]
  const [only] = all.errors
  if (only === undefined) {
    const [why] = all.warnings
    return why === undefined ? 'could not judge' : `could not judge: ${voice.text(why.message)}`
  }
  const side = only.side === undefined ? '' : ` (${only.side})`
  // A baseline that cannot be read is nobody's benchmark.
  if (names.length === 1 && only.benchmark === '')
    return `could not judge: ${voice.text(firstLine(only.reason))}`
  if (names.length === 1)
    return `could not measure ${voice.name(only.benchmark)}${side}: ${voice.text(firstLine(only.reason))}`
  const known = new Set(
    [...report.comparisons, ...report.budgets, ...report.failures].map((each) => each.benchmark),
  )
  return `could not measure ${names.length} of ${many(known.size, 'benchmark')}: ${list(names, voice.name)}`
}

/** "2 of 24 could not be judged to 5 %: they would have seen 12 %". */
function undecided(all: Digest, voice: Voice): string[] {
  const open = all.inconclusive
  if (open.length === 0) return []
  const tolerated = [...new Set(open.map(thresholdOf))]
  const to = tolerated.length === 1 ? voice.text(tolerated[0]!) : 'their thresholds'
  const said = `${open.length} of ${all.judged.length} could not be judged to ${to}`
  const they = open.length === 1 ? 'it' : 'they'
  const seen = largestSeen(open)
  if (seen.length > 0) return [`${said}: ${they} would have seen ${voice.text(seen.join(' and '))}`]
  const reasons = [...new Set(open.map((c) => c.reason).filter((reason) => reason !== undefined))]
  return [reasons.length === 1 ? `${said}: ${voice.text(reasons[0]!)}` : said]
}

/** The largest of each scale: relative changes, points and amounts have no common order. */
function largestSeen(open: readonly Comparison[]): string[] {
  const largest = new Map<string, Comparison>()
  for (const c of open) {
    if (c.detectable === null) continue
    const scale = c.judgedBy === 'change' ? '' : c.unit
    const before = largest.get(scale)
    if (before === undefined || before.detectable! < c.detectable) largest.set(scale, c)
  }
  return [...largest.values()].map(detectableOf).filter((seen) => seen !== undefined)
}

function nothingCompared(report: Report, all: Digest, voice: Voice): string {
  const told = noBaseline(report)
  if (told !== undefined) {
    const already = /^nothing was compared/i.test(told)
    return [
      already ? voice.text(told) : `nothing was compared: ${voice.text(told)}`,
      ...budgetsMet(all),
    ].join('; ')
  }
  if (report.environment.compare === 'none' && all.met.length > 0)
    return `${budgetsMet(all)[0]}; nothing was compared (\`compare: none\`)`
  const why =
    report.environment.compare === 'none'
      ? '`compare: none`'
      : all.fresh.length > 0
        ? 'every benchmark is new'
        : all.shown.length > 0
          ? 'no comparison is gating'
          : 'there is no result'
  return [`nothing was compared: ${why}`, ...budgetsMet(all)].join('; ')
}

function budgetsMet(all: Digest): string[] {
  return all.met.length === 0 ? [] : [`${many(all.met.length, 'budget')} met`]
}

function better(all: Digest): string[] {
  const odd = all.improved.filter((c) => c.reason !== undefined).length
  if (all.improved.length === 0) return []
  return [`${all.improved.length} improved${odd === 0 ? '' : ` (${odd} to look at again)`}`]
}

/** Not wrong by itself, and not to be passed over: a skipped benchmark guards nothing. */
function skipped(all: Digest): string[] {
  return all.skipped.length === 0 ? [] : [`${many(all.skipped.length, 'benchmark')} skipped`]
}

function list<T>(items: readonly T[], word: (item: T) => string): string {
  const told = items.slice(0, TOLD).map(word).join(', ')
  return items.length > TOLD ? `${told} and ${items.length - TOLD} more` : told
}
