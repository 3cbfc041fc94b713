/** RESULTS.md: the document of a validation run, with nothing left out. */
import type { Figure } from '../core/figures.ts'
import type { BudgetResult, Comparison, DistributionPlot, Report } from '../core/report.ts'
import {
  budgetRow,
  budgetTable,
  comparisonRow,
  comparisonTable,
  failSign,
  table,
} from './comparison-table.ts'
import type { Digest } from './digest.ts'
import { digest } from './digest.ts'
import { code, fenced, text } from './escape.ts'
import { FAULT_COLUMNS, faultRows, WATCH_COLUMNS, watchRows } from './faults.ts'
import { allFigures } from './figures.ts'
import { profileMarkdown } from './profiles.ts'
import { actualOf, many, quantity, unitOf } from './quantities.ts'
import { beforeAfter, categoryTable, checklist, foundIn, isReady, scoreLine } from './readiness.ts'
import { recommendations } from './recommendations.ts'
import { rowTable } from './row-table.ts'
import { column, figure } from './scale.ts'
import { surroundings } from './surroundings.ts'
import type { Voice } from './wording.ts'
import { headline } from './wording.ts'

const VOICE: Voice = { name: code, text: (raw) => text(raw, 500) }

/** Quantiles that people ask for by name, where the distribution has them. */
const NAMED: readonly (readonly [share: number, name: string])[] = [
  [0.5, 'p50'],
  [0.9, 'p90'],
  [0.95, 'p95'],
  [0.99, 'p99'],
  [0.999, 'p99.9'],
  [1, 'max'],
]

export function results(report: Report): string {
  const all = digest(report)
  const parts = [
    '# Results',
    headline(report, VOICE),
    '## Executive summary',
    summary(report, all),
    keyFigures(report),
    ...chapter('## Recommendations', bullets(recommendations(report, all, VOICE))),
    ...chapter('## Readiness', readiness(report)),
    ...chapter('## Before and after', beforeAfter(report)),
    ...chapter('## Recovery', recovery(report)),
    ...chapter('## Alerts and health', watched(report)),
    ...chapter('## What grew', grew(report)),
    ...benchmarks(report).flatMap((name) => section(report, name)),
    ...chapter('## What could not be measured', failures(report)),
    ...chapter('## Warnings', bullets(all.warnings.map((w) => `${text(w.message)} (${code(w.code)})`))),
    '## How it was measured',
    bullets(surroundings(report).map(([word, told]) => `${word}: ${text(told)}`)),
    report.environment.reproduce === undefined ? '' : fenced(report.environment.reproduce, 'sh'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function summary(report: Report, all: Digest): string {
  const rows: (readonly [string, string, number])[] = [
    ['✅', 'unchanged', all.unchanged.length],
    ['✅', 'improved', all.improved.length],
    [failSign(report, 'regression'), 'regressed', all.regressed.length],
    ['⚠️', 'could not be told', all.inconclusive.length],
    [failSign(report, 'missing'), 'missing', all.missing.length],
    ['🆕', 'new', all.fresh.length],
    ['✅', 'budgets met', all.met.length],
    [failSign(report, 'budget'), 'budgets breached', all.breached.length],
    [failSign(report, 'budget'), 'budgets that could not be told', all.unknown.length],
    ['💥', 'could not be measured', all.errors.length],
  ]
  const told = rows
    .filter(([, , count]) => count > 0)
    .map(([sign, what, count]) => [sign, what, String(count)])
  return told.length === 0 ? 'There is no result.' : table(['', 'What', 'How many'], 'clr', told)
}

/** Target, whether it was reached, and what was. */
function keyFigures(report: Report): string {
  if (report.budgets.length === 0) return ''
  const rows = report.budgets.map((b) => [
    code(b.benchmark),
    text(b.expression),
    b.verdict === 'met' ? '✅' : failSign(report, 'budget'),
    text(b.actual === null ? 'unknown' : actualOf(b)),
  ])
  return table(['Benchmark', 'Target', '', 'Actual'], 'llcr', rows)
}

function benchmarks(report: Report): string[] {
  const all = [...allFigures(report), ...report.budgets]
  return [...new Set(all.map((each) => each.benchmark))]
}

function section(report: Report, name: string): string[] {
  const of = <T extends { readonly benchmark: string }>(all: readonly T[]) =>
    all.filter((each) => each.benchmark === name)
  const comparisons = of(report.comparisons)
  const budgets = of(report.budgets)
  return [
    `## ${signFor(report, comparisons, budgets)} ${code(name)}`,
    comparisons.length === 0
      ? ''
      : comparisonTable(
          comparisons.map((c) => comparisonRow(c)),
          comparisons,
        ),
    bullets(
      comparisons.filter((c) => c.reason !== undefined).map((c) => `${c.statistic}: ${text(c.reason ?? '')}`),
    ),
    figures(of(report.figures ?? [])),
    budgets.length === 0
      ? ''
      : budgetTable(
          budgets.map((b) => budgetRow(b, b.verdict === 'met' ? '✅' : failSign(report, 'budget'))),
        ),
    ...of(report.distributions).map(quantiles),
  ]
}

function signFor(
  report: Report,
  comparisons: readonly Comparison[],
  budgets: readonly BudgetResult[],
): string {
  const gating = comparisons.filter((c) => c.gating)
  if (gating.some((c) => c.verdict === 'regressed')) return failSign(report, 'regression')
  if (gating.some((c) => c.verdict === 'missing')) return failSign(report, 'missing')
  if (budgets.some((b) => b.verdict !== 'met')) return failSign(report, 'budget')
  if (gating.some((c) => c.verdict === 'inconclusive')) return '⚠️'
  if (gating.length === 0 && budgets.length === 0) return 'ℹ️'
  return gating.length > 0 && gating.every((c) => c.verdict === 'new') ? '🆕' : '✅'
}

function quantiles(plot: DistributionPlot): string {
  const at = (side: DistributionPlot['base'], share: number) =>
    side?.find(([where]) => Math.abs(where - share) < 1e-9)?.[1] ?? null
  const known = NAMED.filter(([share]) => at(plot.base, share) !== null || at(plot.head, share) !== null)
  if (known.length === 0) return ''
  const values = (['base', 'head'] as const).flatMap((side) => known.map(([share]) => at(plot[side], share)))
  const { texts, unit } = column(values, plot.unit)
  const row = (side: 'base' | 'head', from: number) => [
    `${side}${plot.count[side] === undefined ? '' : ` (${many(plot.count[side], 'operation')})`}`,
    ...texts.slice(from, from + known.length),
  ]
  const rows = [
    ...(plot.base === undefined ? [] : [row('base', 0)]),
    ...(plot.head === undefined ? [] : [row('head', known.length)]),
  ]
  const header = [text(`${plot.metric}${unit === '' ? '' : ` in ${unit}`}`), ...known.map(([, name]) => name)]
  return table(header, `l${'r'.repeat(known.length)}`, rows)
}

function readiness(report: Report): string {
  const { readiness: told } = report
  if (told === undefined) return ''
  const line = `${isReady(told) ? '✅' : '❌'} **${text(scoreLine(told))}**`
  return [line, categoryTable(told), checklist(told, foundIn(report))].join('\n\n')
}

/** Of head, where nothing is compared. */
function figures(of: readonly Figure[]): string {
  const rows = of.map((one) => [text(quantity(one)), text(figure(one.value, unitOf(one)))])
  return rows.length === 0 ? '' : table(['Measured', 'Head'], 'lr', rows)
}

/** How long it took to be well again after each fault, base → head. */
function recovery(report: Report): string {
  return rowTable(faultRows(report), 'Fault', FAULT_COLUMNS, 'clrrrr')
}

function watched(report: Report): string {
  return rowTable(watchRows(report), 'Alert or endpoint', WATCH_COLUMNS, 'clll')
}

/** Functions of what became slower. */
function grew(report: Report): string {
  return (report.profiles ?? [])
    .map((profile) => `### ${code(profile.benchmark)}, ${profile.kind}\n\n${profileMarkdown(profile, 20)}`)
    .join('\n\n')
}

function failures(report: Report): string {
  return report.failures
    .map(({ benchmark, side, status, reason }) => {
      const where = side === undefined ? '' : ` (${side})`
      return `${code(benchmark)}${where}, ${status}:\n\n${fenced(reason, 'text')}`
    })
    .join('\n\n')
}

function chapter(title: string, body: string): string[] {
  return body === '' ? [] : [title, body]
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}
