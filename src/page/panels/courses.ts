/** What the faults of the drawn round came to, side by side. */

import type { PageFault } from '../../reporters/html/page-timeline.ts'
import { ABSENT, NEVER_ILL } from '../../reporters/scale.ts'
import { element } from '../element.ts'
import { time } from '../faults.ts'
import type { Panel } from './panel.ts'
import { roundsOf } from './timeline.ts'

const HEADER = [
  'fault',
  'side',
  'injected at',
  'healed after',
  'noticed after',
  'well again after',
  'requests failed',
  'records lost',
]

export const courses: Panel = ({ benchmark }) => {
  const timelines = (benchmark.timelines ?? []).filter(({ faults = [] }) => faults.length > 0)
  if (timelines.length === 0) return undefined
  const names = [...new Set(timelines.flatMap(({ faults = [] }) => faults.map(({ name }) => name)))]
  const rows = names.flatMap((name) =>
    timelines.flatMap(({ side, faults = [] }) =>
      faults.filter((fault) => fault.name === name).map((fault) => rowOf(side, fault)),
    ),
  )
  const title = `Faults of ${roundsOf(timelines)}`
  const head = element('tr', {}, ...HEADER.map((text) => element('th', { scope: 'col' }, text)))
  const table = element(
    'table',
    { class: 'plain', 'aria-label': title },
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  )
  return element(
    'figure',
    { class: 'told-only' },
    element('figcaption', {}, element('h3', {}, title)),
    element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title }, table),
  )
}

function rowOf(side: string, fault: PageFault): HTMLElement {
  const { name, injected, healed, detect, recovery, recovered, errors, lost } = fault
  const wrong = [...(recovered === false ? [4] : []), ...((lost ?? 0) > 0 ? [6] : [])]
  const well =
    recovery === undefined
      ? ABSENT
      : !recovered
        ? `not in ${time(recovery)}`
        : recovery === 0
          ? NEVER_ILL
          : time(recovery)
  const noticed = detect === undefined ? ABSENT : detect === 0 ? 'never' : time(detect)
  const cells = [
    ...[side, time(injected), time(healed - injected), noticed, well],
    ...[errors, lost].map((count) => (count === undefined ? ABSENT : String(count))),
  ]
  return element(
    'tr',
    { class: 'breached' },
    element('th', { scope: 'row' }, name),
    ...cells.map((text, i) => element('td', { class: i === 0 ? '' : wrong.includes(i) ? 'n v' : 'n' }, text)),
  )
}
