/** What is folded below the table of the comment. */
import type { BudgetResult, Comparison, Failure, Report } from '../core/report.ts'
import type { Trend } from '../core/trend.ts'
import type { Warning } from '../core/warning.ts'
import type { Row } from './comparison-table.ts'
import {
  budgetRow,
  budgetTable,
  comparisonRow,
  comparisonTable,
  inconclusiveRow,
  table,
} from './comparison-table.ts'
import type { Digest } from './digest.ts'
import { isLeading } from './digest.ts'
import { code, fenced, text } from './escape.ts'
import { FAULT_COLUMNS, faultRows, WATCH_COLUMNS, watchRows } from './faults.ts'
import type { FigureList } from './figures.ts'
import { figureLists } from './figures.ts'
import { grownFunctions, ofWhat, profileMarkdown, shareOf, tellingProfiles } from './profiles.ts'
import { quantity } from './quantities.ts'
import { categoryTable, checkLine, foundIn, isReady, scoreLine } from './readiness.ts'
import { sparkline, sparklines } from './rounds.ts'
import { rowTable } from './row-table.ts'
import { change } from './scale.ts'
import type { Section } from './sections.ts'
import { fold, parts } from './sections.ts'
import { firstLine } from './sentences.ts'
import { surroundings } from './surroundings.ts'

/** So many warnings stand above the table; more of them are folded. */
export const UNFOLDED = 3

/** Rows of a folded table. */
const ROWS = 50

/** Lines of a failure's output: the last ones tell most. */
const LAST_LINES = 20

/** In the order in which they stand; the weight decides what has to go first. */
export function sections(report: Report, all: Digest, moreWorse: readonly Row[]): Section[] {
  return [
    ...all.errors.map((failure) => failed(failure, 'could not be measured', 98)),
    ...all.failed.map((failure) => failed(failure, 'failed', 96)),
    ...all.skipped.map((failure) => failed(failure, 'was skipped', 94)),
    ...folds({
      sign: '❌',
      kind: 'more that is worse',
      weight: 90,
      items: moreWorse,
      body: (items) => comparisonTable(items, report.comparisons),
    }),
    ...folds({ sign: '⚠️', kind: 'could not be told', weight: 80, items: all.inconclusive, body: undecided }),
    ...ready(report),
    ...stood(report),
    ...grew(report),
    ...folds({ sign: '', kind: 'round by round', weight: 60, items: drawn(all), body: rounds }),
    ...folds({ sign: '', kind: 'over the stored runs', weight: 55, items: crept(report), body: trends }),
    ...folds({ sign: '✅', kind: 'budgets met', weight: 30, items: all.met, body: budgetsMet }),
    ...folds({ sign: '', kind: 'measured', weight: 25, items: figureLists(report), body: measured }),
    ...folds({ sign: '✅', kind: 'improved', weight: 50, items: all.improved, body: listed }),
    ...folds({ sign: '🆕', kind: 'new', weight: 40, items: all.fresh, body: listed }),
    ...folds({ sign: '', kind: 'not gating', weight: 20, items: all.shown, body: listed }),
    ...folds({ sign: '✅', kind: 'unchanged', weight: 10, items: all.unchanged, body: listed }),
    ...folds({ sign: '⚠️', kind: 'warnings', weight: 75, items: folded(all), body: warnings }),
    {
      kind: 'how it was measured',
      count: 1,
      weight: 99,
      body: fold('how it was measured', environment(report)),
    },
  ]
}

function ready(report: Report): Section[] {
  const { readiness } = report
  if (readiness === undefined) return []
  const lacking = readiness.categories.flatMap(({ checks }) =>
    checks.filter(({ state }) => state !== 'ready'),
  )
  const found = foundIn(report)
  const shown = lacking.slice(0, ROWS).map((check) => checkLine(check, found))
  const more = lacking.length > ROWS ? [`- … and ${lacking.length - ROWS} more`] : []
  const sign = isReady(readiness) ? '✅' : '❌'
  const body = [categoryTable(readiness), [...shown, ...more].join('\n')].join('\n\n').trim()
  return [{ kind: 'readiness', count: 1, weight: 78, body: fold(`${sign} ${scoreLine(readiness)}`, body) }]
}

/** Faults with their recovery, alerts and health endpoints. */
function stood(report: Report): Section[] {
  const [faults, watched] = [faultRows(report), watchRows(report)]
  const rows = [...faults, ...watched]
  if (rows.length === 0) return []
  const sign = rows.every(({ state }) => state === 'good') ? '✅' : '❌'
  const tables = [
    rowTable(faults.slice(0, ROWS), 'Fault', FAULT_COLUMNS, 'clrrrr'),
    rowTable(watched.slice(0, ROWS), 'Alert or endpoint', WATCH_COLUMNS, 'clll'),
  ]
  const kind = faults.length === 0 ? 'alerts and health' : 'faults and recovery'
  const body = tables.filter((each) => each !== '').join('\n\n')
  return [{ kind, count: rows.length, weight: 77, body: fold(`${sign} ${kind} (${rows.length})`, body) }]
}

function measured(items: readonly FigureList[]): string {
  return items.map(({ benchmark, told }) => `- ${code(benchmark)} ${text(told.join(' · '), 1000)}`).join('\n')
}

/** Why it is slower, for each benchmark that was profiled. */
function grew(report: Report): Section[] {
  return tellingProfiles(report).map((profile) => {
    const [most] = grownFunctions(profile, 1)
    const first = most === undefined ? '' : `: ${code(most.name)} ${text(shareOf(most))} ${ofWhat(profile)}`
    const summary = `🔥 what grew in ${code(profile.benchmark)}${first}`
    return { kind: 'what grew', count: 1, weight: 70, body: fold(summary, profileMarkdown(profile, 8)) }
  })
}

/** A fold for every fifty of a kind. */
function folds<T>(told: {
  readonly sign: string
  readonly kind: string
  readonly weight: number
  readonly items: readonly T[]
  readonly body: (items: readonly T[]) => string
}): Section[] {
  const { sign, kind, weight, body } = told
  return parts(told.items, ROWS).map(({ items, of }) => ({
    kind,
    count: items.length,
    weight,
    body: fold(`${sign} ${kind} (${of})`.trim(), body(items)),
  }))
}

function failed(failure: Failure, what: string, weight: number): Section {
  const side = failure.side === undefined ? '' : ` (${failure.side})`
  const lines = failure.reason.split(/\r?\n/)
  const shown =
    lines.length > LAST_LINES ? [firstLine(failure.reason), '…', ...lines.slice(-LAST_LINES)] : lines
  const summary = `💥 ${code(failure.benchmark)}${side} ${what}: ${text(firstLine(failure.reason), 200)}`
  return {
    kind: 'output of what failed',
    count: 1,
    weight,
    body: fold(summary, fenced(shown.join('\n'), 'text')),
  }
}

function listed(items: readonly Comparison[]): string {
  const rows = items.map((c) => comparisonRow(c))
  const reasons = items
    .filter((c) => c.reason !== undefined)
    .map((c) => `- ${code(c.benchmark)} ${text(quantity(c))}: ${text(c.reason ?? '')}`)
  return [comparisonTable(rows, items), reasons.join('\n')].join('\n\n').trim()
}

function undecided(items: readonly Comparison[]): string {
  const header = ['Benchmark', 'Statistic', 'Base → head', 'Change (interval)', 'Would have seen', 'Why']
  const advice = 'More rounds (`rounds.max`, `time`) or a quieter runner would tell smaller changes.'
  return `${table(header, 'llrrrl', items.map(inconclusiveRow))}\n\n${advice}`
}

/** The worst, as long as there is something to draw. */
function drawn(all: Digest): Comparison[] {
  return all.regressed.slice(0, 12).filter((c) => c.series.base.length > 1 && c.series.head.length > 1)
}

function rounds(items: readonly Comparison[]): string {
  const rows = items.map((c) => {
    const { base, head } = sparklines(c)
    return [code(c.benchmark), text(quantity(c)), base, head]
  })
  const drawing = table(['Benchmark', 'Statistic', 'Base', 'Head'], 'llll', rows)
  return `${drawing}\n\nA block a round in the order measured, both sides on one scale.`
}

/** What is worse now, and what changed its level, longest drift first. */
function crept(report: Report): Trend[] {
  const worse = new Set(
    report.comparisons.filter((c) => c.verdict === 'regressed').map((c) => `${c.benchmark}\0${c.metric}`),
  )
  return (report.trends ?? [])
    .filter((trend) => trend.changes.length > 0 || worse.has(`${trend.benchmark}\0${trend.metric}`))
    .toSorted((a, b) => Math.abs(b.drift) - Math.abs(a.drift))
}

function trends(items: readonly Trend[]): string {
  const rows = items.map((trend) => {
    const since = trend.changes.at(-1)?.commit
    return [
      code(trend.benchmark),
      text(quantity(trend)),
      sparkline(trend.values),
      trend.changes.length === 0 ? '' : change(trend.drift),
      since === undefined ? '' : code(since.slice(0, 12)),
    ]
  })
  const header = ['Benchmark', 'Statistic', 'Stored runs, then head', 'Drift', 'Last step at']
  return `${table(header, 'lllrl', rows)}\n\nAdvisory: steps of a rank test over stored runs of this kind of machine; they fail nothing.`
}

function budgetsMet(items: readonly BudgetResult[]): string {
  return budgetTable(items.map((b) => budgetRow(b, '✅')))
}

function folded(all: Digest): Warning[] {
  const rest = all.warnings.filter((warning) => !isLeading(warning))
  return rest.length > UNFOLDED ? rest : []
}

function warnings(items: readonly Warning[]): string {
  return items
    .map(
      ({ code: name, message, benchmark }) =>
        `- ${benchmark === undefined ? '' : `${code(benchmark)}: `}${text(message)} (${code(name)})`,
    )
    .join('\n')
}

function environment(report: Report): string {
  const lines = surroundings(report).map(([word, told]) => `- ${word}: ${text(told)}`)
  const command = report.environment.reproduce
  const again = command === undefined ? '' : `The same on your machine:\n\n${fenced(command, 'sh')}`
  return [lines.join('\n'), again].join('\n\n').trim()
}

export function leftOut(told: readonly string[], link: string | undefined): string {
  const where =
    link === undefined ? 'The whole report is among the files of the job.' : `[The whole report](${link})`
  return `✂️ Left out because a comment has a limit: ${told.join(', ')}. ${where}`
}
