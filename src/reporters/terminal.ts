/** The report on a terminal: the verdict, a table, what goes with it, and the verdict again where the eye ends. */
import type { Comparison, Report } from '../core/report.ts'
import { squeeze, wrap } from './cells.ts'
import type { Digest } from './digest.ts'
import { digest } from './digest.ts'
import { plain } from './escape.ts'
import { isReady, scoreLine } from './readiness.ts'
import { share } from './scale.ts'
import { surroundings } from './surroundings.ts'
import { profileLines } from './terminal-profiles.ts'
import { shapes } from './terminal-shapes.ts'
import { budgetLines, faultLines, figureLines } from './terminal-suite.ts'
import type { Line, Tone } from './terminal-table.ts'
import { terminalTable } from './terminal-table.ts'
import { headline } from './wording.ts'

export interface TerminalOptions {
  readonly color: boolean
  /** Cells of a line. */
  readonly width: number
}

/** SGR codes: colours by meaning; every meaning has a sign or a word too. */
const COLOUR: Readonly<Record<Tone | 'strong', string>> = {
  good: '32',
  bad: '31',
  doubt: '33',
  quiet: '2',
  strong: '1',
}

/** Rows of what needs no looking at. */
const FEW = 40

/** Lines of a failure's output. */
const LAST_LINES = 10

export function terminal(report: Report, options: TerminalOptions): string {
  const width = Math.max(40, options.width)
  const all = digest(report)
  const paint = (tone: Tone | 'strong', text: string) =>
    options.color && text !== '' ? `\u001b[${COLOUR[tone]}m${text}\u001b[0m` : text
  const verdict = wrap(headline(report), width, '   ').map((line) => paint('strong', line))
  const paragraphs = [
    verdict,
    ...body(report, all, width).map((lines) => lines.map(({ text, tone }) => paint(tone, text))),
    verdict,
  ]
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function body(report: Report, all: Digest, width: number): Line[][] {
  const gone = all.missing.flatMap((missing) => missing.comparisons)
  const telling = [...all.regressed, ...gone, ...all.inconclusive, ...all.improved]
  const calm = [...all.unchanged, ...all.fresh]
  const gating = [...telling, ...calm.slice(0, FEW)]
  return [
    warnings(all, width),
    table(gating, calm.length - FEW, 'not worse', width),
    shapes(report, all, width),
    profileLines(report, width),
    table(all.shown.slice(0, FEW), all.shown.length - FEW, 'not gating', width, 'not gating:'),
    figureLines(report, width),
    budgetLines(report.budgets, width),
    faultLines(report, width),
    readiness(report, width),
    failures(report, width),
    surroundings(report).flatMap(([word, told]) => prose(`${word}: ${plain(told, 500)}`, 'quiet', width)),
    report.environment.reproduce === undefined
      ? []
      : // In one piece, so that it can be copied.
        [{ text: `again: ${plain(report.environment.reproduce, 2000)}`, tone: 'quiet' }],
  ]
}

function table(
  rows: readonly Comparison[],
  more: number,
  kind: string,
  width: number,
  title?: string,
): Line[] {
  if (rows.length === 0) return []
  return [
    ...(title === undefined ? [] : [{ text: title, tone: 'quiet' as const }]),
    ...terminalTable(rows, width),
    ...(more > 0 ? [{ text: `  … and ${more} more that are ${kind}`, tone: 'quiet' as const }] : []),
  ]
}

function readiness({ readiness: told }: Report, width: number): Line[] {
  if (told === undefined) return []
  const parts = told.categories.map(({ name, share: ready }) => `${plain(name)} ${share(ready)}`)
  const [sign, tone]: [string, Tone] = isReady(told) ? ['✓', 'quiet'] : ['✗', 'bad']
  return prose(`${sign} ${scoreLine(told)}: ${parts.join(', ')}`, tone, width)
}

function failures(report: Report, width: number): Line[] {
  return report.failures.flatMap((failure) => {
    const side = failure.side === undefined ? '' : ` (${failure.side})`
    const what = failure.status === 'error' ? 'could not be measured' : failure.status
    const [first = '', ...rest] = failure.reason.split(/\r?\n/)
    return [
      ...prose(`✗ ${plain(failure.benchmark)}${side} ${what}: ${plain(first, 300)}`, 'bad', width),
      ...rest
        .slice(-LAST_LINES)
        .map(
          (line): Line => ({ text: `  │ ${squeeze(plain(line, 400), width - 4)}`.trimEnd(), tone: 'quiet' }),
        ),
    ]
  })
}

function warnings(all: Digest, width: number): Line[] {
  return all.warnings.flatMap(({ code, message, benchmark }) =>
    prose(
      `! ${benchmark === undefined ? '' : `${plain(benchmark)}: `}${plain(message, 500)} (${plain(code)})`,
      'doubt',
      width,
    ),
  )
}

function prose(text: string, tone: Tone, width: number): Line[] {
  return wrap(text, width, '    ').map((line) => ({ text: line, tone }))
}
