import type { Markup } from './markup.ts'
import { markup } from './markup.ts'

/** A chapter of the page; `id` is its address. */
export function section(id: string, title: string, body: Markup): Markup {
  return markup`<section id="${id}"><h2>${title}</h2>${body}</section>\n`
}

export interface Column {
  readonly title: string
  readonly numeric?: boolean
}

/** A table that is scrolled where it does not fit, or whose rows then become `cards`. */
export function plainTable(
  label: string,
  columns: readonly Column[],
  rows: readonly Markup[],
  cards = false,
): Markup {
  const head = columns.map(({ title, numeric }) =>
    title === ''
      ? markup`<td></td>`
      : markup`<th scope="col"${numeric === true ? markup` class="n"` : undefined}>${title}</th>`,
  )
  return markup`<div class="wide" role="group" aria-label="${label}" tabindex="0"><table class="plain${cards ? ' cards' : ''}"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}
