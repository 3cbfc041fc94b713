import type { PageData } from '../reporters/html/page-data.ts'

/** One benchmark's rows, what they are found by, and where they stand. */
interface Group {
  readonly body: HTMLTableSectionElement
  readonly rows: readonly Row[]
  readonly name: string
  readonly severity: number
  /** In the page as it was written: worst first. */
  readonly at: number
}

interface Row {
  readonly element: HTMLTableRowElement
  readonly text: string
  readonly verdict: string
}

const ORDER: Readonly<Record<string, (a: Group, b: Group) => number>> = {
  worst: (a, b) => a.at - b.at,
  best: (a, b) => a.severity - b.severity || b.at - a.at,
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
}

/** Search, filter and sort. Answers what shows every row again, for links to rows that are hidden. */
export function searchable(table: HTMLTableElement, data: PageData): () => void {
  const tools = document.querySelector<HTMLFormElement>('#tools')!
  const search = document.querySelector<HTMLInputElement>('#search')!
  const sort = document.querySelector<HTMLSelectElement>('#sort')!
  const count = document.querySelector<HTMLElement>('#count')!
  const chips = [...document.querySelectorAll<HTMLButtonElement>('[data-filter]')]
  const groups = [...table.tBodies].map((body, at) => groupOf(body, data, at))
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0)
  // Of a run alone nothing is compared.
  const noun = table.closest('.alone') === null ? 'comparisons' : 'results'
  let filter = ''

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const { body, rows } of groups) {
      let any = false
      for (const { element, text, verdict } of rows) {
        const isShown = (filter === '' || verdict === filter) && words.every((word) => text.includes(word))
        element.hidden = !isShown
        any ||= isShown
        if (isShown) shown++
      }
      body.hidden = !any
    }
    count.textContent =
      shown === total ? `${total} ${noun}` : shown === 0 ? 'nothing found' : `${shown} of ${total} shown`
  }
  const choose = (value: string) => {
    filter = value
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.filter === value))
    show()
  }

  for (const chip of chips) chip.addEventListener('click', () => choose(chip.dataset.filter!))
  search.addEventListener('input', show)
  sort.addEventListener('change', () =>
    table.append(...groups.toSorted(ORDER[sort.value]).map((g) => g.body)),
  )
  tools.addEventListener('submit', (event) => event.preventDefault())
  tools.hidden = false
  show()
  return () => {
    search.value = ''
    choose('')
  }
}

function groupOf(body: HTMLTableSectionElement, data: PageData, at: number): Group {
  const { name, severity } = data.benchmarks[Number(body.dataset.i)]!
  const rows = [...body.rows].map((element) => {
    const [, head, statistic] = element.cells
    const text = `${head?.textContent ?? ''} ${statistic?.textContent ?? ''}`.toLowerCase()
    return { element, text, verdict: element.dataset.v ?? '' }
  })
  return { body, rows, name, severity, at }
}
