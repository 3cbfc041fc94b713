/** What is folded below the table of the comment. */
import type { Comparison, Failure, Report } from '../core/report.ts'
import type { Row } from './comparison-table.ts'
import { budgetRow, comparisonRow, comparisonTable, inconclusiveRow, table } from './comparison-table.ts'
import type { Digest } from './digest.ts'
import { isLeading } from './digest.ts'
import { code, fenced, text } from './escape.ts'
import { many, quantity } from './quantities.ts'
import { sparklines } from './rounds.ts'
import type { Section } from './sections.ts'
import { fold, parts } from './sections.ts'
import { surroundings } from './surroundings.ts'
import { firstLine } from './wording.ts'

/** So many warnings stand above the table; more of them are folded. */
export const UNFOLDED = 3

/** Rows of a folded table. */
const ROWS = 50

/** Lines of a failure's output: the last ones tell most. */
const LAST_LINES = 20

/** In the order in which they stand; the weight decides what has to go first. */
export function sections(report: Report, all: Digest, moreWorse: readonly Row[]): Section[] {
  return [
    ...all.errors.map((failure) => failed(failure, 'could not be measured', 100)),
    ...[...all.failed, ...all.skipped].map((failure) =>
      failed(failure, failure.status === 'failed' ? 'failed' : 'was skipped', 95),
    ),
    ...parts(moreWorse, ROWS).map(({ items, of }) =>
      section(`❌ more that is worse (${of})`, 90, comparisonTable(items, report.comparisons)),
    ),
    ...parts(all.inconclusive, ROWS).map(({ items, of }) =>
      section(`⚠️ could not be told (${of})`, 80, undecided(items)),
    ),
    ...rounds(all.regressed.slice(0, 12)),
    ...budgetsMet(all),
    ...listed('✅ improved', all.improved, 50),
    ...listed('🆕 new', all.fresh, 40),
    ...listed('not gating', all.shown, 20),
    ...listed('✅ unchanged', all.unchanged, 10),
    ...warnings(all),
    section('how it was measured', 85, environment(report)),
  ]
}

function section(title: string, weight: number, body: string): Section {
  return { title: title.replace(/^[^\p{L}]+/u, ''), weight, body: fold(title, body) }
}

function failed(failure: Failure, what: string, weight: number): Section {
  const side = failure.side === undefined ? '' : ` (${failure.side})`
  const lines = failure.reason.split(/\r?\n/)
  const shown =
    lines.length > LAST_LINES ? [firstLine(failure.reason), '…', ...lines.slice(-LAST_LINES)] : lines
  const summary = `💥 ${code(failure.benchmark)}${side} ${what}: ${text(firstLine(failure.reason), 200)}`
  return {
    title: `the output of ${code(failure.benchmark)}${side}`,
    weight,
    body: fold(summary, fenced(shown.join('\n'), 'text')),
  }
}

function listed(title: string, comparisons: readonly Comparison[], weight: number): Section[] {
  return parts(comparisons, ROWS).map(({ items, of }) => {
    const reasons = items
      .filter((c) => c.reason !== undefined)
      .map((c) => `- ${code(c.benchmark)} ${text(quantity(c))}: ${text(c.reason ?? '')}`)
    const rows = items.map((c) => comparisonRow(c))
    return section(
      `${title} (${of})`,
      weight,
      [comparisonTable(rows, items), reasons.join('\n')].join('\n\n').trim(),
    )
  })
}

function undecided(items: readonly Comparison[]): string {
  const header = ['Benchmark', 'Statistic', 'Base → head', 'Change (interval)', 'Would have seen', 'Why']
  const advice = 'More rounds (`rounds.max`, `time`) or a quieter runner would tell smaller changes.'
  return `${table(header, 'llrrrl', items.map(inconclusiveRow))}\n\n${advice}`
}

function rounds(regressed: readonly Comparison[]): Section[] {
  const rows = regressed
    .filter((c) => c.series.base.length > 1 && c.series.head.length > 1)
    .map((c) => {
      const { base, head } = sparklines(c)
      return [code(c.benchmark), text(quantity(c)), base, head]
    })
  if (rows.length === 0) return []
  const body = table(['Benchmark', 'Statistic', 'Base', 'Head'], 'llll', rows)
  return [
    section(
      `round by round (${rows.length})`,
      60,
      `${body}\n\nA block a round in the order measured, both sides on one scale.`,
    ),
  ]
}

function budgetsMet(all: Digest): Section[] {
  return parts(all.met, ROWS).map(({ items, of }) => {
    const header = ['', 'Benchmark', 'Budget', 'Head', '', 'Limit']
    const rows = items.map((b) => budgetRow(b, '✅'))
    return section(`✅ budgets met (${of})`, 30, table(header, 'cllrrr', rows))
  })
}

function warnings(all: Digest): Section[] {
  const rest = all.warnings.filter((warning) => !isLeading(warning))
  if (rest.length <= UNFOLDED) return []
  return parts(rest, ROWS).map(({ items, of }) => {
    const lines = items.map(
      ({ code: name, message, benchmark }) =>
        `- ${benchmark === undefined ? '' : `${code(benchmark)}: `}${text(message)} (${code(name)})`,
    )
    return section(`⚠️ warnings (${of})`, 75, lines.join('\n'))
  })
}

function environment(report: Report): string {
  const lines = surroundings(report).map(([word, told]) => `- ${word}: ${text(told)}`)
  const command = report.environment.reproduce
  const again = command === undefined ? '' : `The same on your machine:\n\n${fenced(command, 'sh')}`
  return [lines.join('\n'), again].join('\n\n').trim()
}

export function leftOut(titles: readonly string[], link: string | undefined): string {
  const told =
    titles.length > 12 ? [...titles.slice(0, 12), many(titles.length - 12, 'more section')] : titles
  const where =
    link === undefined ? 'The whole report is among the files of the job.' : `[The whole report](${link})`
  return `✂️ Left out because a comment has a limit: ${told.join(', ')}. ${where}`
}
