/** A plot with its title, its key and the same figures as a table, for whoever does not see it. */
import { element } from './element.ts'

export interface Key {
  readonly kind:
    | 'base'
    | 'head'
    | 'fit'
    | 'bad'
    | 'round'
    | 'band'
    | 'threshold'
    | 'interval'
    | 'change'
    | 'fault'
    | 'after'
    | 'noticed'
    | 'well'
  readonly text: string
}

export interface Told {
  readonly title: string
  /** What the picture shows, in a sentence. */
  readonly label: string
  readonly keys: readonly Key[]
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The figure, and the element that the plot goes into. */
export function figureOf({ title, label, keys, header, rows }: Told): {
  figure: HTMLElement
  plot: HTMLElement
} {
  const plot = element('div', { class: 'plot', role: 'img', 'aria-label': label })
  const key = keys.map(({ kind, text }) =>
    element('span', { class: `key ${kind}` }, element('i', { 'aria-hidden': 'true' }), text),
  )
  const caption = element('figcaption', {}, element('h3', {}, title), element('p', { class: 'keys' }, ...key))
  return { figure: element('figure', {}, caption, plot, tableOf(title, header, rows)), plot }
}

function tableOf(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const head = element('tr', {}, ...header.map((text) => element('th', { scope: 'col' }, text)))
  const table = element(
    'table',
    { class: 'plain', 'aria-label': `${title}, figures` },
    element('thead', {}, head),
  )
  const details = element('details', {}, element('summary', {}, 'figures'))
  // Hundreds of rows nobody has asked for would slow the opening down.
  details.addEventListener('toggle', () => {
    if (!details.open || table.tBodies.length > 0) return
    const lines = rows.map(([first = '', ...rest]) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, first),
        ...rest.map((text) => element('td', { class: 'n' }, text)),
      ),
    )
    table.append(element('tbody', {}, ...lines))
    details.append(
      element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title }, table),
    )
  })
  return details
}
