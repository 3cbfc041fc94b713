/** Rows of the tables that GitHub shows: at most six columns, for wider ones must be scrolled. */
import { markdownTable } from 'markdown-table'
import type { BudgetResult, Comparison, Report } from '../core/report.ts'
import type { Missing } from './digest.ts'
import { code, text } from './escape.ts'
import {
  actualOf,
  beyond,
  changeOf,
  detectableOf,
  intervalOf,
  limitOf,
  ofLimit,
  quantity,
  sidesOf,
  thresholdOf,
} from './quantities.ts'
import { ABSENT, confidence } from './scale.ts'

export type Row = readonly string[]

/** Sign, benchmark, statistic, sides, change, threshold. */
export function comparisonTable(rows: readonly Row[], comparisons: readonly Comparison[]): string {
  const levels = [
    ...new Set(comparisons.filter((c) => c.interval !== null).map((c) => confidence(c.confidence))),
  ]
  const change = levels.length === 1 ? `Change (${levels[0]} interval)` : 'Change (interval)'
  return table(['', 'Benchmark', 'Statistic', 'Base → head', change, 'Threshold'], 'cllrrr', rows)
}

/** Sign, benchmark, budget, head, how far that is from the limit, the limit. */
export function budgetTable(rows: readonly Row[]): string {
  return table(['', 'Benchmark', 'Budget', 'Head', '', 'Limit'], 'cllrrr', rows)
}

export function table(header: Row, align: string, rows: readonly Row[]): string {
  return markdownTable([header, ...rows], { align: [...align], alignDelimiters: false, padding: true })
}

/** ❌ only for what makes the job fail; ⚠️ where `fail-on` leaves it out. */
export function failSign(report: Report, category: string): '❌' | '⚠️' {
  if (report.verdict === 'pass' || report.verdict === 'inconclusive') return '⚠️'
  return report.failedBy.length === 0 || report.failedBy.includes(category) ? '❌' : '⚠️'
}

const SIGN: Readonly<Record<Comparison['verdict'], string>> = {
  regressed: '❌',
  improved: '✅',
  unchanged: '✅',
  inconclusive: '⚠️',
  missing: '❌',
  new: '🆕',
}

/** What does not gate is never ❌. */
function signOf(c: Comparison): string {
  return c.gating || SIGN[c.verdict] !== '❌' ? SIGN[c.verdict] : '⚠️'
}

export function comparisonRow(c: Comparison, sign: string = signOf(c)): Row {
  const range = intervalOf(c)
  const strong = c.verdict === 'regressed' || c.verdict === 'improved' ? '**' : ''
  const seen = c.change === null && c.difference === null ? ABSENT : `${strong}${text(changeOf(c))}${strong}`
  return [
    sign,
    code(c.benchmark),
    text(quantity(c)),
    text(sidesOf(c)),
    range === undefined ? seen : `${seen} (${text(range)})`,
    text(thresholdOf(c)),
  ]
}

/** What could not be told: what would have been seen stands where the change stands otherwise. */
export function inconclusiveRow(c: Comparison): Row {
  const reason = c.reason === undefined ? '' : text(c.reason)
  const seen = detectableOf(c)
  const [, benchmark, statistic, sides, change] = comparisonRow(c)
  return [benchmark!, statistic!, sides!, change!, seen === undefined ? 'nothing' : text(seen), reason]
}

export function missingRow({ benchmark, whole, comparisons }: Missing, sign: string): Row {
  const [first] = comparisons
  const told = [...new Set(comparisons.map(quantity))]
  const sides = comparisons.length === 1 && first !== undefined ? sidesOf(first) : 'gone'
  const names = told.length > 4 ? `${told.slice(0, 4).join(', ')}, …` : told.join(', ')
  return [
    sign,
    code(benchmark),
    text(names),
    text(sides),
    whole ? '**missing**' : '**result missing**',
    ABSENT,
  ]
}

export function budgetRow(b: BudgetResult, sign: string): Row {
  const off = b.verdict === 'breached' ? beyond(b) : ofLimit(b)
  const found =
    b.verdict === 'unknown' ? `could not be told${b.reason === undefined ? '' : `: ${text(b.reason)}`}` : ''
  const over = off === undefined ? b.verdict : off
  return [
    sign,
    code(b.benchmark),
    text(b.expression),
    text(actualOf(b)),
    found === '' ? (b.verdict === 'breached' ? `**${over}**` : over) : found,
    text(limitOf(b)),
  ]
}
