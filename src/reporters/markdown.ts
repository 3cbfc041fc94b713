/** The pull-request comment: a glance gives the verdict and what is worse, a fold gives the rest. */
import type { Report } from '../core/report.ts'
import type { Row } from './comparison-table.ts'
import {
  budgetRow,
  budgetTable,
  comparisonRow,
  comparisonTable,
  failSign,
  missingRow,
} from './comparison-table.ts'
import type { Digest } from './digest.ts'
import { digest, isLeading } from './digest.ts'
import { code, linkTarget, text } from './escape.ts'
import { leftOut, sections, UNFOLDED } from './markdown-sections.ts'
import { changeOf, many, quantity } from './quantities.ts'
import { duration, share } from './scale.ts'
import { fitting } from './sections.ts'
import { short, toolOf } from './surroundings.ts'
import type { Voice } from './wording.ts'
import { comparedNothing, headline } from './wording.ts'

export interface MarkdownOptions {
  /** A whole HTML comment by which the comment is found again; it stands on the first line, alone. */
  readonly marker?: string
  /** Address of the full report, for when something is left out. */
  readonly link?: string
  /** Characters: 60 000 unless told otherwise (GitHub takes 65 536). */
  readonly limit?: number
}

const LIMIT = 60_000

/** Rows that are not folded; fewer when nothing else makes the page fit. */
const ROWS = [25, 10, 3, 0]

const VOICE: Voice = { name: code, text: (raw) => text(raw, 300) }

export function markdown(report: Report, options: MarkdownOptions = {}): string {
  const limit = options.limit ?? LIMIT
  const link = options.link === undefined ? undefined : linkTarget(options.link)
  const all = digest(report)
  const rows = worse(report, all)
  let page = ''
  for (const shown of ROWS) {
    const table = rows.length === 0 || shown === 0 ? '' : tableOf(rows.slice(0, shown), report, all)
    page = fitting({
      head: [first(report, options.marker), ...leading(all), table]
        .filter((part) => part !== '')
        .join('\n\n'),
      sections: sections(report, all, rows.slice(shown)),
      foot: footer(report, link),
      limit: limit - 1,
      left: (told) => leftOut(told, link),
    })
    if (page.length < limit) break
  }
  return `${page}\n`
}

function first(report: Report, marker: string | undefined): string {
  const [sign, ...sentence] = headline(report, VOICE).split(' ')
  const line = `${sign} **${sentence.join(' ')}**`
  return marker === undefined ? line : `${marker.replace(/[\r\n]+/g, ' ')}\n${line}`
}

/** Said before any figure: what makes the verdict worth less than it looks, and what is too good to be believed. */
function leading(all: Digest): string[] {
  const rest = all.warnings.filter((warning) => !isLeading(warning))
  const warned = all.warnings
    .filter((warning) => isLeading(warning) && !(warning.code === 'no-baseline' && comparedNothing(all)))
    .slice(0, 10)
    .concat(rest.length <= UNFOLDED ? rest : [])
  const odd = all.improved.filter((c) => c.reason !== undefined).slice(0, 5)
  return [
    ...warned.map(
      ({ code: name, message, benchmark }) =>
        `⚠️ ${benchmark === undefined ? '' : `${code(benchmark)}: `}${text(message, 500)} (${code(name)})`,
    ),
    ...odd.map(
      (c) =>
        `⚠️ look again at ${code(c.benchmark)} ${text(quantity(c))} ${text(changeOf(c))}: ${text(c.reason ?? '', 500)}`,
    ),
  ]
}

/** Budgets alone have a header of their own. */
function tableOf(rows: readonly Row[], report: Report, { regressed, missing }: Digest): string {
  return regressed.length + missing.length === 0
    ? budgetTable(rows)
    : comparisonTable(rows, report.comparisons)
}

/** Worse, gone, over budget: most of the first kind first. */
function worse(report: Report, all: Digest): Row[] {
  const [regression, missing, budget] = ['regression', 'missing', 'budget'].map((category) =>
    failSign(report, category),
  )
  return [
    ...all.regressed.map((c) => comparisonRow(c, regression)),
    ...all.missing.map((gone) => missingRow(gone, missing!)),
    ...[...all.breached, ...all.unknown].map((b) => budgetRow(b, budget!)),
  ]
}

/** One line that is always there: what was compared with what, and how far the verdict can be trusted. */
function footer({ environment }: Report, link: string | undefined): string {
  const { base, head, rounds, seconds, seed, falseAlarms, compare } = environment
  const commits = [base?.commit, head?.commit]
    .filter((commit) => commit !== undefined)
    .map((c) => code(short(c)))
  const told = [
    commits.join(' → '),
    rounds === undefined
      ? ''
      : `${many(rounds, 'round')}${seconds === undefined ? '' : ` in ${duration(seconds)}`}`,
    seed === undefined ? '' : `seed ${text(seed)}`,
    compare === 'none'
      ? ''
      : compare === 'history'
        ? 'against history: the false-alarm rate is not promised'
        : `false alarms: at most ${share(falseAlarms)} of jobs`,
    text(toolOf(environment.tool)),
    link === undefined ? '' : `[full report](${link})`,
  ]
  return `<sub>${told.filter((part) => part !== '').join(' · ')}</sub>`
}
