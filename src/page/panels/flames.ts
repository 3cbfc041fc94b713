/** What grew, of a benchmark that was profiled: a flame graph of head coloured by the change, and the functions that grew. */
import type { PageProfile } from '../../reporters/html/page-profiles.ts'
import {
  grownFunctions,
  leadingLine,
  ofWhat,
  placeOf,
  profileLine,
  selfOf,
  shareOf,
  upper,
  waiting,
} from '../../reporters/profiles.ts'
import { element } from '../element.ts'
import { flameGraph } from '../flame-graph.ts'
import type { Panel } from './panel.ts'

const LISTED = 12

export const flames: Panel = ({ data, benchmark, metric }) => {
  const profiles = (benchmark.profiles ?? []).flatMap((at) => data.profiles?.[at] ?? [])
  if (profiles.length === 0) return undefined
  const wanted = metric.startsWith('memory.') ? 'memory' : 'processor'
  const host = element('div')
  const show = (profile: PageProfile) => host.replaceChildren(...pictureOf(profile))
  const first = profiles.find(({ kind }) => kind === wanted) ?? profiles[0]!
  show(first)
  const head = element('figcaption', {}, element('h3', {}, 'What grew'), choice(profiles, first, show))
  return element('figure', { class: 'wide' }, head, host)
}

/** Between time and memory, where there are both. */
function choice(
  profiles: readonly PageProfile[],
  first: PageProfile,
  show: (profile: PageProfile) => void,
): HTMLElement | undefined {
  if (profiles.length < 2) return undefined
  const options = profiles.map(({ kind }, i) => element('option', { value: String(i) }, kind))
  const select = element('select', { 'aria-label': 'Profile of' }, ...options)
  select.value = String(profiles.indexOf(first))
  select.addEventListener('change', () => show(profiles[Number(select.value)]!))
  return element('label', { class: 'choice' }, 'Of ', select)
}

function pictureOf(profile: PageProfile): HTMLElement[] {
  const line = profileLine(profile)
  const waits = waiting(profile)
  const leads = leadingLine(profile)
  const keys = element(
    'p',
    { class: 'keys' },
    ...(['grew', 'shrank'] as const).map((kind) =>
      element(
        'span',
        { class: `key ${kind}` },
        element('i', { 'aria-hidden': 'true' }),
        `${kind}, with all that it called`,
      ),
    ),
    element('span', { class: 'key' }, '▲ ▼ by itself; as wide as at head'),
  )
  const label = `Flame graph of head, ${line}. Arrows go from box to box, Enter makes one as wide as the picture, Escape shows all.`
  return [
    element('p', {}, `${upper(line)}.${leads === undefined ? '' : ` ${upper(leads)}.`}`),
    ...(waits === undefined ? [] : [element('p', { class: 'waits' }, `${upper(waits)}.`)]),
    keys,
    element('div', { class: 'flame-and-table' }, flameGraph(profile, label), tableOf(profile)),
  ]
}

function tableOf(profile: PageProfile): HTMLElement {
  const grown = grownFunctions(profile, LISTED)
  if (grown.length === 0)
    return element('p', {}, 'No function by itself grew by a part that is worth telling.')
  const heads = [ofWhat(profile), 'function', 'by itself']
  const rows = grown.map((one) =>
    element(
      'tr',
      {},
      element('td', { class: 'n' }, shareOf(one)),
      element('th', { scope: 'row' }, one.name, element('small', {}, placeOf(one))),
      element('td', { class: 'n' }, selfOf(one, profile.unit)),
    ),
  )
  const header = heads.map((text, at) =>
    element('th', { scope: 'col', ...(at === 1 ? {} : { class: 'n' }) }, text),
  )
  const table = element(
    'table',
    { class: 'plain', 'aria-label': 'Functions that grew' },
    element('thead', {}, element('tr', {}, ...header)),
    element('tbody', {}, ...rows),
  )
  return element(
    'div',
    { class: 'grown scroll', tabindex: '0', role: 'group', 'aria-label': 'Functions that grew' },
    table,
  )
}
