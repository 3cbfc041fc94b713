/** Search, sort and filters of the table. They are of no use without the script, which shows them. */
import type { Comparison, Report } from '../../core/report.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

const FILTERS: readonly (readonly [value: Comparison['verdict'] | 'shown', word: string])[] = [
  ['regressed', 'Regressed'],
  ['missing', 'Missing'],
  ['inconclusive', 'Could not tell'],
  ['improved', 'Improved'],
  ['unchanged', 'Unchanged'],
  ['new', 'New'],
  ['shown', 'Not gating'],
]

const SORTS: readonly (readonly [value: string, word: string])[] = [
  ['worst', 'worst first'],
  ['best', 'best first'],
  ['name', 'by name'],
]

export function toolbar(report: Report, alone: boolean): Markup {
  const count = (value: string) =>
    report.comparisons.filter((c) => (c.gating ? c.verdict : 'shown') === value).length
  const filters = FILTERS.map(([value, word]) => ({ value, word, count: count(value) })).filter(
    (each) => each.count > 0,
  )
  const chips =
    alone || filters.length < 2
      ? undefined
      : markup`<div class="chips" role="group" aria-label="Filter by verdict"><button type="button" data-filter="" aria-pressed="true">All <b>${report.comparisons.length}</b></button>${filters.map(({ value, word, count }) => markup`<button type="button" data-filter="${value}" aria-pressed="false" class="${value}">${word} <b>${count}</b></button>`)}</div>`
  const sorts = alone ? SORTS.filter(([value]) => value !== 'best') : SORTS
  return markup`<form id="tools" role="search" hidden><label>Search <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="name or statistic"></label><label>Sort <select id="sort">${sorts.map(([value, word]) => markup`<option value="${value}">${alone && value === 'worst' ? 'as measured' : word}</option>`)}</select></label><button type="button" id="open-all">Open all</button>${chips}<p id="count" role="status"></p></form>`
}
