/** The score with its checklist, and what became of each figure as a factor. */
import type { Readiness, ReadinessCheck } from '../core/readiness.ts'
import type { Comparison, Report } from '../core/report.ts'
import { table } from './comparison-table.ts'
import { code, text } from './escape.ts'
import { quantity } from './quantities.ts'
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

/** Every check of every category. */
export function checklist({ categories }: Readiness): string {
  return categories
    .flatMap(({ name, checks }) => [
      `### ${text(name)}`,
      checks.length === 0 ? 'Nothing was checked, which is not ready.' : checks.map(checkLine).join('\n'),
    ])
    .join('\n\n')
}

export function checkLine({ state, benchmark, what, reason }: ReadinessCheck): string {
  const why = state === 'ready' || reason === undefined ? '' : `: ${text(reason.split('\n')[0]!, 200)}`
  return `- ${SIGNS[state]} ${code(benchmark)} ${text(what)}${why}`
}

/** Metric, before, after, and by which factor it is better or worse; empty where nothing has both. */
export function beforeAfter(report: Report): string {
  const rows = report.comparisons
    .filter(({ gating, base, head }) => gating && base !== null && head !== null)
    .map((c) => [
      code(c.benchmark),
      text(quantity(c)),
      text(figure(c.base, c.unit)),
      text(figure(c.head, c.unit)),
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
  return `${factor.toFixed(factor < 10 ? 1 : 0)}× ${gain >= 1 ? 'better' : 'worse'}`
}
