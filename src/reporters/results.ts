/** RESULTS.md: the document of a validation run, with nothing left out. */
import type { BudgetResult, Comparison, DistributionPlot, Report } from '../core/report.ts'
import { budgetRow, comparisonRow, comparisonTable, failSign, table } from './comparison-table.ts'
import type { Digest } from './digest.ts'
import { digest } from './digest.ts'
import { code, fenced, text } from './escape.ts'
import { many } from './quantities.ts'
import { beforeAfter, categoryTable, checklist, isReady, scoreLine } from './readiness.ts'
import { recommendations } from './recommendations.ts'
import { column } from './scale.ts'
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

/** Metrics of faults. */
const RECOVERY = /^(?:recovery|recovered|detect|fault_errors|data_loss)$/

export function results(report: Report): string {
  const all = digest(report)
  const parts = [
    '# Results',
    headline(report, VOICE),
    '## Summary',
    summary(report, all),
    ...chapter('## Recommendations', bullets(recommendations(report, all, VOICE))),
    ...chapter('## Readiness', readiness(report)),
    ...chapter('## Before and after', beforeAfter(report)),
    ...chapter('## Recovery', recovery(report)),
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

function benchmarks(report: Report): string[] {
  return [...new Set([...report.comparisons, ...report.budgets].map((each) => each.benchmark))]
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
    budgets.length === 0 ? '' : budgetTable(report, budgets),
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

function budgetTable(report: Report, budgets: readonly BudgetResult[]): string {
  const rows = budgets.map((b) => budgetRow(b, b.verdict === 'met' ? '✅' : failSign(report, 'budget')))
  return table(['', 'Benchmark', 'Budget', 'Head', '', 'Limit'], 'cllrrr', rows)
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

function readiness({ readiness: told }: Report): string {
  if (told === undefined) return ''
  const line = `${isReady(told) ? '✅' : '❌'} **${text(scoreLine(told))}**`
  return [line, categoryTable(told), checklist(told)].join('\n\n')
}

/** How long it took to be well again after a fault. */
function recovery(report: Report): string {
  const told = report.comparisons.filter((c) => RECOVERY.test(c.metric))
  return told.length === 0
    ? ''
    : comparisonTable(
        told.map((c) => comparisonRow(c)),
        told,
      )
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
