/** The score with its checklist, and what became of each figure as a factor. */
import type { Readiness, ReadinessCheck } from '../core/readiness.ts'
import { notWorse } from '../core/readiness.ts'
import type { Comparison, Report } from '../core/report.ts'
import { table } from './comparison-table.ts'
import { code, text } from './escape.ts'
import { actualOf, beyond, changeOf, quantity, unitOf } from './quantities.ts'
import { figure, share } from './scale.ts'

const SIGNS: Readonly<Record<ReadinessCheck['state'], string>> = {
  ready: '✅',
  'not ready': '❌',
  unknown: '❓',
}

/** `readiness 87 of 100 (90 is asked for)`. */
export function scoreLine({ score, least }: Readiness): string {
  return `readiness ${score} of 100${least === undefined ? '' : ` (${least} is asked for)`}`
}

export function isReady({ score, least }: Readiness): boolean {
  return score >= (least ?? 100)
}

/** A row a category. */
export function categoryTable({ categories }: Readiness): string {
  const rows = categories.map(({ name, weight, share: ready, checks }) => [
    ready === 1 ? '✅' : '❌',
    text(name),
    String(weight),
    checks.length === 0
      ? 'no check'
      : `${checks.filter(({ state }) => state === 'ready').length} of ${checks.length}`,
    share(ready),
  ])
  return table(['', 'Category', 'Weight', 'Ready', 'Share'], 'clrrr', rows)
}

/** Every check of every category, with its figure. */
export function checklist({ categories }: Readiness, found: Found): string {
  return categories
    .flatMap(({ name, checks }) => [
      `### ${text(name)}`,
      checks.length === 0
        ? 'Nothing was checked, which is not ready.'
        : checks.map((check) => checkLine(check, found)).join('\n'),
    ])
    .join('\n\n')
}

export function checkLine(check: ReadinessCheck, found: Found): string {
  const { state, benchmark, what } = check
  const detail = found(check)
  return `- ${SIGNS[state]} ${code(benchmark)} ${text(what)}${detail === undefined ? '' : `: ${text(detail, 200)}`}`
}

/** What was found of a check, in plain text. */
export type Found = (check: ReadinessCheck) => string | undefined

/** `312 µs`; `6 s, 20 % over`; of a comparison its change; else why it is not known. */
export function foundIn({ budgets, comparisons }: Report): Found {
  const key = (benchmark: string, what: string) => `${benchmark}\0${what}`
  const told = new Map([
    ...comparisons.map((c) => [key(c.benchmark, notWorse(c)), changeOf(c)] as const),
    ...budgets
      .filter(({ actual }) => actual !== null)
      .map((b) => {
        const off = b.verdict === 'breached' ? beyond(b) : undefined
        return [
          key(b.benchmark, b.expression),
          `${actualOf(b)}${off === undefined ? '' : `, ${off}`}`,
        ] as const
      }),
  ])
  return ({ benchmark, what, state, reason }) => {
    const figures = told.get(key(benchmark, what))
    const why = state === 'ready' ? undefined : reason?.split('\n')[0]
    return why === undefined ? figures : figures === undefined ? why : `${figures} (${why})`
  }
}

/** What both sides have. */
export function beforeAndAfter({ comparisons }: Report): Comparison[] {
  return comparisons.filter(({ gating, base, head }) => gating && base !== null && head !== null)
}

/** Metric, before, after, and by which factor it is better or worse; empty where nothing has both. */
export function beforeAfter(report: Report): string {
  const rows = beforeAndAfter(report).map((c) => [
    code(c.benchmark),
    text(quantity(c)),
    text(figure(c.base, unitOf(c))),
    text(figure(c.head, unitOf(c))),
    factorOf(c),
  ])
  return rows.length === 0 ? '' : table(['Benchmark', 'Metric', 'Before', 'After', 'Factor'], 'llrrr', rows)
}

/** `5.0× better`, `1.2× worse`; what was not told apart has none. */
export function factorOf({ base, head, better, verdict }: Comparison): string {
  if (base === null || head === null || better === 'unknown' || !(base > 0) || !(head > 0)) return ''
  if (verdict === 'unchanged' || verdict === 'inconclusive') return 'no difference told'
  const gain = better === 'lower' ? base / head : head / base
  const factor = gain >= 1 ? gain : 1 / gain
  return `${factor.toFixed(factor < 1.1 ? 2 : factor < 10 ? 1 : 0)}× ${gain >= 1 ? 'better' : 'worse'}`
}
