/** The table of all comparisons: a group of rows for each benchmark, worst first. */
import type { Comparison, Report } from '../../core/report.ts'
import { severity } from '../digest.ts'
import { plain } from '../escape.ts'
import { changeOf, detectableOf, intervalOf, quantity, sidesOf, thresholdOf } from '../quantities.ts'
import { ABSENT, confidence } from '../scale.ts'
import { hrefOf } from './anchors.ts'
import type { Reach } from './forest.ts'
import { forestRow } from './forest.ts'
import type { Markup } from './markup.ts'
import { joined, markup } from './markup.ts'

/** Sign and word of each verdict: colour is never the only thing that tells them apart. */
const VERDICT: Readonly<Record<Comparison['verdict'], readonly [sign: string, word: string]>> = {
  regressed: ['✗', 'regressed'],
  missing: ['✗', 'missing'],
  inconclusive: ['?', 'could not tell'],
  improved: ['✓', 'improved'],
  unchanged: ['✓', 'unchanged'],
  new: ['+', 'new'],
}

/** How far up a verdict stands; within one, the worst first. */
const ORDER: readonly Comparison['verdict'][] = [
  'regressed',
  'missing',
  'inconclusive',
  'improved',
  'unchanged',
  'new',
]

/** Every benchmark of which there is a figure or a curve, worst first, in the report's order where equal. */
export function benchmarksOf(report: Report): string[] {
  const ranks = new Map<string, { order: number; worst: number; at: number }>()
  for (const c of report.comparisons) {
    const known = ranks.get(c.benchmark) ?? { order: ORDER.length, worst: 0, at: ranks.size }
    const order = c.gating ? ORDER.indexOf(c.verdict) : ORDER.length
    const worst = c.gating ? Math.max(known.worst, severity(c)) : known.worst
    ranks.set(c.benchmark, { ...known, order: Math.min(known.order, order), worst })
  }
  for (const { benchmark } of report.distributions)
    if (!ranks.has(benchmark)) ranks.set(benchmark, { order: ORDER.length, worst: 0, at: ranks.size })
  return [...ranks]
    .sort(([, a], [, b]) => a.order - b.order || b.worst - a.worst || a.at - b.at)
    .map(([name]) => name)
}

/** What the rows of one benchmark have in common. */
interface Group {
  readonly name: string
  /** Its address in the page. */
  readonly id: string
  /** Its place in the page's data. */
  readonly index: number
  /** Nothing was compared. */
  readonly alone: boolean
  readonly reach: Reach
}

export function group(of: Group, comparisons: readonly Comparison[]): Markup {
  const rows = comparisons.map((c) => row(c, of))
  const bare = markup`<tr data-v="shown"><td class="v">${ABSENT}</td>${head(of)}</tr>`
  return markup`<tbody id="${of.id}" data-i="${of.index}">${rows.length === 0 ? bare : rows}</tbody>\n`
}

function head({ name, id }: Group, reason?: string): Markup {
  const aside = reason === undefined ? undefined : markup`<small>${plain(reason, 400)}</small>`
  return markup`<th scope="row"><a href="${hrefOf(id)}">${plain(name, 300) || '(no name)'}</a>${aside}</th>`
}

function row(c: Comparison, of: Group): Markup {
  const [sign, word] = of.alone ? ['·', 'measured'] : VERDICT[c.verdict]
  const seen = c.change === null && c.difference === null ? ABSENT : changeOf(c)
  const range = intervalOf(c)
  const tolerated = c.verdict === 'new' || c.verdict === 'missing' ? ABSENT : plain(thresholdOf(c))
  return joined([
    markup`<tr data-v="${c.gating ? c.verdict : 'shown'}" class="${c.gating ? c.verdict : 'aside'}">`,
    markup`<td class="v"><span aria-hidden="true">${sign}</span> ${word}${c.gating || of.alone ? undefined : markup`<small>not gating</small>`}</td>`,
    head(of, c.reason),
    markup`<td>${plain(quantity(c))}</td><td class="n">${plain(sidesOf(c))}</td>`,
    markup`<td class="n"><b>${plain(seen)}</b>${range === undefined ? undefined : markup`<small>${range}</small>`}${wouldHaveSeen(c)}</td>`,
    markup`<td class="f">${forestRow(c, of.reach)}</td><td class="n">${tolerated}</td></tr>`,
  ])
}

function wouldHaveSeen(c: Comparison): Markup | undefined {
  if (c.verdict !== 'inconclusive') return undefined
  const seen = detectableOf(c)
  const told = seen === undefined ? 'would have seen no change of any size' : `would have seen ${plain(seen)}`
  return markup`<small>${told}</small>`
}

export function confidenceOf(comparisons: readonly Comparison[]): string {
  const levels = new Set(comparisons.filter((c) => c.interval !== null).map((c) => confidence(c.confidence)))
  return levels.size === 1 ? `${[...levels][0]} interval` : 'interval'
}
