/** Opens the plots of a benchmark below its rows: by its links, by an address, or all at once. */
import type { PageData } from '../reporters/html/page-data.ts'
import { drawDetail } from './detail.ts'
import { element } from './element.ts'

export function openable(table: HTMLTableElement, data: PageData, showAll: () => void): void {
  /** Plots are drawn when they come near the screen: all of five hundred benchmarks can be open. */
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue
        near.unobserve(target)
        const body = target.closest('tbody')!
        drawDetail(target as HTMLElement, data, data.benchmarks[Number(body.dataset.i)]!)
      }
    },
    { rootMargin: '400px' },
  )
  const bodies = [...table.tBodies]
  // Columns that are not shown may not be spanned: the others would shrink for them.
  const columns = [...table.tHead!.rows[0]!.cells].filter(
    (cell) => getComputedStyle(cell).display !== 'none',
  ).length
  const set = (body: HTMLTableSectionElement, open: boolean) => {
    const known = body.querySelector<HTMLTableRowElement>(':scope > .detail')
    if (open && known === null) {
      const cell = element('td', { class: 'panels' })
      cell.colSpan = columns
      const row = element('tr', { class: 'detail' }, cell)
      body.append(row)
      near.observe(cell)
    } else if (known !== null) known.hidden = !open
    body.classList.toggle('open', open)
    for (const link of linksOf(body)) link.setAttribute('aria-expanded', String(open))
  }
  const isOpen = (body: HTMLTableSectionElement) => body.classList.contains('open')
  for (const body of bodies) set(body, false)

  table.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a')
    const body = link?.closest('tbody')
    if (body === null || body === undefined) return
    // The address changes, so that it can be copied; where it stands already, the link closes what it opened.
    if (isOpen(body)) {
      event.preventDefault()
      set(body, false)
      history.replaceState(null, '', location.href.replace(/#.*/, ''))
    } else if (location.hash === new URL(link!.href).hash) set(body, true)
  })

  const follow = () => {
    const id = decoded(location.hash.slice(1))
    const body = bodies.find((each) => id !== '' && each.id === id)
    if (body === undefined) return
    if (body.hidden || [...body.rows].some((row) => row.hidden)) showAll()
    set(body, true)
    body.scrollIntoView({ block: 'start' })
  }
  addEventListener('hashchange', follow)
  follow()
  if (bodies.length === 1) set(bodies[0]!, true)

  const all = document.querySelector<HTMLButtonElement>('#open-all')!
  all.addEventListener('click', () => {
    const open = all.textContent === 'Open all'
    for (const body of bodies) if (!open || !body.hidden) set(body, open)
    all.textContent = open ? 'Close all' : 'Open all'
  })
}

function linksOf(body: HTMLTableSectionElement): HTMLAnchorElement[] {
  return [...body.querySelectorAll<HTMLAnchorElement>('tr:not(.detail) > th > a')]
}

/** An address that somebody typed may hold a lone `%`. */
function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return ''
  }
}
