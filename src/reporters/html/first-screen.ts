/** What a reader must know before anything else: the verdict, what is worse and by how much, what could not be told. */
import type { BudgetResult, Comparison, Report } from '../../core/report.ts'
import type { Digest } from '../digest.ts'
import { isLeading } from '../digest.ts'
import { plain } from '../escape.ts'
import {
  actualOf,
  beyond,
  changeOf,
  detectableOf,
  intervalOf,
  quantity,
  sidesOf,
  thresholdOf,
} from '../quantities.ts'
import { firstLine } from '../sentences.ts'
import { short } from '../surroundings.ts'
import { headline, signOf } from '../wording.ts'
import { hrefOf } from './anchors.ts'
import type { Markup } from './markup.ts'
import { joined, markup } from './markup.ts'
import { grouped } from './page-data.ts'
import { spoken, VOICE } from './voice.ts'

/** Told on the first screen; the table has them all. */
const TOLD = 8

/** Not every system has a face with the signs of the other reporters. */
const WORD: Readonly<Record<ReturnType<typeof signOf>, readonly [word: string, tone: string]>> = {
  '✅': ['Passed', 'good'],
  '❌': ['Failed', 'bad'],
  '⚠️': ['Look at this', 'doubt'],
  '💥': ['Error', 'bad'],
}

/** The verdict in a sentence. */
export function verdict(report: Report): Markup {
  const sign = signOf(report)
  const [word, tone] = WORD[sign]
  const sentence = headline(report, VOICE).slice(sign.length + 1)
  return markup`<h1><span class="sign ${tone}">${word}</span> ${spoken(sentence)}</h1>`
}

/** What the page is about, above everything: `1a2b3c4 → 9f8e7d6, suite full`. */
export function about({ environment: { base, head, suite, id } }: Report): Markup {
  const sides = [base, head].flatMap((side) =>
    side?.commit === undefined ? [] : plain(short(side.commit), 40),
  )
  const told = [id, suite === undefined ? undefined : `suite ${suite}`].flatMap((each) =>
    each === undefined ? [] : plain(each),
  )
  return markup`<p class="brand"><strong>Tailgate</strong> ${sides.join(' → ')} ${told.join(' · ')}</p>`
}

export function firstScreen(all: Digest, ids: ReadonlyMap<string, string>): Markup {
  const link = (name: string): Markup => {
    const id = ids.get(name)
    const shown = plain(name, 200) || '(no name)'
    return id === undefined
      ? markup`<code>${shown}</code>`
      : markup`<a href="${hrefOf(id)}"><code>${shown}</code></a>`
  }
  const moved = (comparisons: readonly Comparison[]): Markup[] =>
    [...grouped(comparisons)].map(([name, of]) => markup`${link(name)} ${joined(of.map(moves), '; ')}`)
  return markup`${list(
    '',
    'doubt',
    all.warnings
      .filter(isLeading)
      .map(
        (w) =>
          markup`<strong>${w.benchmark === undefined ? undefined : markup`${link(w.benchmark)}: `}${plain(w.message, 1000)}</strong>`,
      ),
  )}${list(
    'Could not be measured',
    'bad',
    [...all.errors, ...all.failed].map(
      (f) =>
        markup`${link(f.benchmark)}${f.side === undefined ? undefined : ` (${f.side})`}: ${plain(firstLine(f.reason), 400)}`,
    ),
  )}${list(worse(all.regressed), 'bad', moved(all.regressed))}${list(
    'Missing',
    'bad',
    all.missing.map(
      (m) =>
        markup`${link(m.benchmark)} ${m.whole ? 'is gone' : plain(m.comparisons.map(quantity).join(', '), 200)}`,
    ),
  )}${list(
    'Budgets not met',
    'bad',
    [...all.breached, ...all.unknown].map((b) => markup`${link(b.benchmark)} ${budget(b)}`),
  )}${list('Could not tell', 'doubt', untold(all.inconclusive, link))}${list('Better', 'good', moved(all.improved))}`
}

function worse(regressed: readonly Comparison[]): string {
  const tolerated = [...new Set(regressed.map(thresholdOf))]
  return tolerated.length === 1 ? `Worse by more than the ${plain(tolerated[0]!)} tolerated` : 'Worse'
}

/** `p99 +8.7 % 1.83 → 1.99 ms (+6.1 … +11.4 %)`. */
function moves(c: Comparison): Markup {
  const range = intervalOf(c)
  const sure = range === undefined ? undefined : ` (${plain(range)})`
  const odd = c.reason === undefined ? undefined : ` · ${plain(c.reason, 300)}`
  return markup`${plain(quantity(c))} <b>${plain(changeOf(c))}</b> <span class="quiet">${plain(sidesOf(c))}${sure}</span>${odd}`
}

function budget(b: BudgetResult): Markup {
  const off = beyond(b)
  const told =
    b.verdict === 'unknown'
      ? markup`could not be told${b.reason === undefined ? undefined : `: ${plain(b.reason, 300)}`}`
      : markup`is <b>${plain(actualOf(b))}</b>${off === undefined ? undefined : `, ${off}`}`
  return markup`<code>${plain(b.expression)}</code> ${told}`
}

/** Many could often not be told for one reason: a line a reason, and what each would have seen. */
function untold(inconclusive: readonly Comparison[], link: (name: string) => Markup): Markup[] {
  const reasons = new Map<string, Comparison[]>()
  for (const c of inconclusive) {
    const reason = plain(c.reason ?? 'more rounds or a quieter runner are needed', 400)
    reasons.set(reason, [...(reasons.get(reason) ?? []), c])
  }
  return [...reasons].map(([reason, of]) => {
    const benchmarks = [...grouped(of)]
    const rest = benchmarks.length - TOLD
    const told = benchmarks
      .slice(0, TOLD)
      .map(([name, comparisons]) => markup`${link(name)} ${comparisons.map(wouldSee).join(', ')}`)
    return markup`${reason}: ${joined(told, ', ')}${rest > 0 ? `, and ${rest} more` : undefined}`
  })
}

/** What these rounds could have told. */
function wouldSee(c: Comparison): string {
  const seen = detectableOf(c)
  const told = seen === undefined ? 'would have seen no change of any size' : `would have seen ${plain(seen)}`
  return `${plain(quantity(c))} (${told})`
}

function list(title: string, tone: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return markup``
  const rest = items.length - TOLD
  const lines = items.slice(0, rest > 1 ? TOLD : items.length)
  const heading = title === '' ? undefined : markup`<h2>${title}</h2>`
  const more = rest > 1 ? markup`<li class="quiet">and ${rest} more, in the table</li>` : undefined
  return markup`<section class="told ${tone}">${heading}<ul>${lines.map((each) => markup`<li>${each}</li>`)}${more}</ul></section>\n`
}
