/** The pictures of one benchmark, and which of its statistics they show. */

import { severity } from '../reporters/digest.ts'
import type { PageBenchmark, PageComparison, PageData } from '../reporters/html/page-data.ts'
import { quantity } from '../reporters/quantities.ts'
import { element } from './element.ts'
import { panels } from './panels/index.ts'

export function drawDetail(host: HTMLElement, data: PageData, benchmark: PageBenchmark): void {
  const { comparisons, plots } = benchmark
  const first = worstOf(comparisons)
  const pictures = element('div', { class: 'pictures' })
  const draw = (at: number) => {
    const comparison = comparisons[at]
    const metric = comparison?.metric ?? plots[0]?.metric ?? ''
    const view = { data, benchmark, comparison, metric }
    const drawn = panels.flatMap((panel) => panel(view) ?? [])
    pictures.replaceChildren(
      ...(drawn.length === 0
        ? [element('p', {}, 'There is nothing to draw: no round has a figure.')]
        : drawn),
    )
  }
  host.replaceChildren(...(comparisons.length > 1 ? [choice()] : []), pictures)
  draw(first)

  function choice(): HTMLElement {
    const options = comparisons.map((c, i) => element('option', { value: String(i) }, quantity(c)))
    const select = element('select', {}, ...options)
    select.value = String(first)
    select.addEventListener('change', () => draw(Number(select.value)))
    return element('label', { class: 'choice' }, 'Statistic ', select)
  }
}

/** What a reader wants to see first: the worst of what gates. */
function worstOf(comparisons: readonly PageComparison[]): number {
  const gating = comparisons.filter((c) => c.gating)
  const worst = gating.reduce<PageComparison | undefined>(
    (most, c) => (most === undefined || severity(c) > severity(most) ? c : most),
    undefined,
  )
  return worst === undefined ? 0 : comparisons.indexOf(worst)
}
