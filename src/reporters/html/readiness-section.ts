/** The score with the checklist that it is computed from, and every figure before and after. */
import type { ReadinessCategory, ReadinessCheck } from '../../core/readiness.ts'
import type { Comparison, Report } from '../../core/report.ts'
import { plain } from '../escape.ts'
import { quantity, unitOf } from '../quantities.ts'
import type { Found } from '../readiness.ts'
import { beforeAndAfter, factorOf, foundIn, isReady, scoreLine } from '../readiness.ts'
import { figure, share } from '../scale.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'
import { plainTable, section } from './section.ts'

/** The class gives the colour of budgets of the same kind. */
const TOLD: Readonly<Record<ReadinessCheck['state'], readonly [tone: string, sign: string]>> = {
  ready: ['met', '✓'],
  'not ready': ['breached', '✗'],
  unknown: ['unknown', '?'],
}

const CHECKS = [{ title: 'State' }, { title: 'Benchmark' }, { title: 'Check' }, { title: 'Found' }]
const FACTORS = [
  { title: 'Benchmark' },
  { title: 'Metric' },
  { title: 'Before', numeric: true },
  { title: 'After', numeric: true },
  { title: 'Factor', numeric: true },
]

export function readinessSection(report: Report): Markup | undefined {
  const { readiness } = report
  if (readiness === undefined) return undefined
  const found = foundIn(report)
  const pairs = beforeAndAfter(report)
  return section(
    'readiness',
    'Readiness',
    markup`<p class="score ${isReady(readiness) ? 'good' : 'bad'}"><b>${readiness.score}</b> of 100${readiness.least === undefined ? undefined : `, ${readiness.least} asked for`}: the mean of what is ready in each category, by its weight.</p>${readiness.categories.map((category) => categoryOf(category, found))}${
      pairs.length === 0
        ? undefined
        : markup`<h3>Before and after</h3>${plainTable('Before and after', FACTORS, pairs.map(factorRow))}`
    }`,
  )
}

/** For the first screen. */
export function readinessLine({ readiness }: Report): Markup | undefined {
  if (readiness === undefined) return undefined
  const lacking = readiness.categories.filter((category) => category.share < 1)
  const what =
    lacking.length === 0 ? undefined : `, lacking in ${lacking.map(({ name }) => plain(name, 60)).join(', ')}`
  return markup`<p class="score ${isReady(readiness) ? 'good' : 'bad'}"><a href="#readiness">${plain(scoreLine(readiness)).replace(/^r/, 'R')}</a>${what}</p>\n`
}

function categoryOf({ name, weight, share: ready, checks }: ReadinessCategory, found: Found): Markup {
  const count = checks.filter(({ state }) => state === 'ready').length
  const told = checks.length === 0 ? 'no check, which is not ready' : `${count} of ${checks.length} ready`
  const rows = checks.map((check) => {
    const [tone, sign] = TOLD[check.state]
    return markup`<tr class="${tone}"><td class="v"><span aria-hidden="true">${sign}</span> ${check.state}</td><th scope="row">${plain(check.benchmark, 300)}</th><td><code>${plain(check.what)}</code></td><td>${plain(found(check) ?? '', 300)}</td></tr>\n`
  })
  const tone = ready === 1 ? 'met' : 'breached'
  const open = ready === 1 ? undefined : markup` open`
  const head = markup`<span class="v" aria-hidden="true">${ready === 1 ? '✓' : '✗'}</span> ${plain(name, 100)} <b>${share(ready)}</b> <span class="quiet">${told}, weight ${weight}</span>`
  // Nothing to open where nothing was checked.
  if (checks.length === 0) return markup`<p class="category ${tone}">${head}</p>`
  return markup`<details class="category ${tone}"${open}><summary>${head}</summary>${plainTable(`Checks of ${name}`, CHECKS, rows, true)}</details>\n`
}

function factorRow(c: Comparison): Markup {
  const unit = unitOf(c)
  const tone = c.verdict === 'improved' ? 'met' : c.verdict === 'regressed' ? 'breached' : 'quiet'
  return markup`<tr class="${tone}"><th scope="row">${plain(c.benchmark, 300)}</th><td>${plain(quantity(c))}</td><td class="n">${plain(figure(c.base, unit))}</td><td class="n">${plain(figure(c.head, unit))}</td><td class="n v">${factorOf(c)}</td></tr>\n`
}
