/** The report as one page that needs nothing else: opened from disk, without a network, with or without its script. */
import { script, scriptHash, style, styleHash } from 'tailgate:page'
import type { Report } from '../core/report.ts'
import { digest } from './digest.ts'
import { shorten } from './escape.ts'
import { allFigures, isAlone } from './figures.ts'
import { anchors } from './html/anchors.ts'
import { background } from './html/background.ts'
import { budgetsSection } from './html/budgets-section.ts'
import { benchmarksOf, confidenceOf, group } from './html/comparison-rows.ts'
import { contents } from './html/contents.ts'
import { faultsSection } from './html/faults-section.ts'
import { about, firstScreen, verdict } from './html/first-screen.ts'
import { reachOf } from './html/forest.ts'
import type { Markup } from './html/markup.ts'
import { embedded, markup, trusted } from './html/markup.ts'
import { grouped, pageData } from './html/page-data.ts'
import { readinessLine, readinessSection } from './html/readiness-section.ts'
import { toolbar } from './html/toolbar.ts'
import { headline } from './wording.ts'

export interface HtmlOptions {
  /** Stands in place of a verdict where nothing was judged: a saved run alone. */
  readonly title?: string
}

const ICON: Readonly<Record<Report['verdict'], string>> = {
  pass: '1a7f37',
  fail: 'c4321c',
  inconclusive: '9a6700',
  error: 'c4321c',
}

/** Nothing may be loaded, run or sent but what is in the page. */
const POLICY = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function html(report: Report, options: HtmlOptions = {}): string {
  const all = digest(report)
  // Where nothing is compared, the table and its pictures are of what was measured.
  const shown = { ...report, comparisons: allFigures(report) }
  const names = benchmarksOf(shown)
  const ids = anchors(names)
  const alone = options.title !== undefined || isAlone(report)
  const benchmarks = table(shown, names, ids, alone)
  const [budgets, faults] = [budgetsSection(report), faultsSection(report, ids)]
  const judged = isAlone(report) ? [budgets, faults, benchmarks] : [benchmarks, budgets, faults]
  const chapters = [...judged, readinessSection(report), ...background(report, all)]
  const title = options.title ?? headline(report)
  const told = options.title === undefined ? verdict(report) : markup`<h1>${options.title}</h1>`
  const icon = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='%23${ICON[report.verdict]}'/%3E%3C/svg%3E`
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${shorten(title, 120)} · Tailgate</title>
<link rel="icon" href="${icon}">
<style>${trusted(style)}</style>
</head>
<body>
<header>
${about(report)}
${told}
</header>
<main${alone ? markup` class="alone"` : undefined}>
${readinessLine(report)}${firstScreen(all, ids)}${contents(chapters)}${chapters}</main>
<script type="application/json" id="data">${embedded(pageData(shown, names))}</script>
<script>${trusted(script)}</script>
</body>
</html>`.markup
  }\n`
}

function table(
  report: Report,
  names: readonly string[],
  ids: ReadonlyMap<string, string>,
  alone: boolean,
): Markup | undefined {
  if (names.length === 0) return undefined
  const of = grouped(report.comparisons)
  const reach = reachOf(report.comparisons)
  const groups = names.map((name, index) =>
    group({ name, id: ids.get(name)!, index, alone, reach }, of.get(name) ?? []),
  )
  return markup`<section id="benchmarks"><h2>${alone ? 'What was measured' : 'Benchmarks'}</h2>
${toolbar(report, alone)}
<table id="comparisons" class="reach-${reach}"><caption>${alone ? 'Typical round of each statistic.' : 'Every comparison. The bar is the interval, the dot what was measured; the solid line is no change, the dashed one the threshold, worse to the right.'}</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Benchmark</th><th scope="col">Statistic</th><th scope="col" class="n">${alone ? 'Value' : 'Base → head'}</th><th scope="col" class="n">Change <small>${confidenceOf(report.comparisons)}</small></th><th scope="col" class="f"><span>better</span> <span>worse</span></th><th scope="col" class="n">Tolerated</th></tr></thead>
${groups}</table></section>
`
}
