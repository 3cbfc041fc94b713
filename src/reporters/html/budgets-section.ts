/** Every budget: its target, what was found, how much of the limit that is. */
import type { BudgetResult, Report } from '../../core/report.ts'
import { plain } from '../escape.ts'
import { actualOf, beyond, ofLimit } from '../quantities.ts'
import { ABSENT } from '../scale.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'
import { plainTable, section } from './section.ts'

const SIGN = { met: '✓', breached: '✗', unknown: '?' } as const
/** What needs looking at stands first. */
const ORDER: readonly BudgetResult['verdict'][] = ['breached', 'unknown', 'met']

const COLUMNS = [
  { title: 'Verdict' },
  { title: 'Benchmark' },
  { title: 'Target' },
  { title: 'Head', numeric: true },
  { title: '' },
]

export function budgetsSection({ budgets }: Report): Markup | undefined {
  if (budgets.length === 0) return undefined
  const rows = budgets.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict)).map(row)
  const met = budgets.filter(({ verdict }) => verdict === 'met').length
  return section(
    'budgets',
    'Budgets',
    markup`<p class="quiet">${met} of ${budgets.length} met.</p>${plainTable('Budgets', COLUMNS, rows, true)}`,
  )
}

function row(b: BudgetResult): Markup {
  const aside =
    b.verdict === 'unknown'
      ? b.reason
      : [b.verdict === 'breached' ? beyond(b) : ofLimit(b), b.reason].filter(Boolean).join('; ')
  return markup`<tr class="${b.verdict}"><td class="v"><span aria-hidden="true">${SIGN[b.verdict]}</span> ${b.verdict}</td><th scope="row">${plain(b.benchmark, 300)}</th><td><code>${plain(b.expression)}</code></td><td class="n">${b.actual === null ? ABSENT : plain(actualOf(b))}</td><td class="quiet">${plain(aside ?? '', 300)}</td></tr>\n`
}
