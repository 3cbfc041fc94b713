/** Faults with their recovery, alerts and health endpoints, as far as they were asked for. */
import type { Report } from '../../core/report.ts'
import { plain } from '../escape.ts'
import type { FaultRow } from '../faults.ts'
import { FAULT_COLUMNS, faultRows, WATCH_COLUMNS, watchRows } from '../faults.ts'
import { hrefOf } from './anchors.ts'
import type { Markup } from './markup.ts'
import { markup } from './markup.ts'
import { plainTable, section } from './section.ts'

/** The class gives the colour of budgets of the same kind. */
const TOLD = {
  good: ['met', '✓', 'well'],
  bad: ['breached', '✗', 'not well'],
  doubt: ['unknown', '?', 'unknown'],
} as const

export function faultsSection(report: Report, ids: ReadonlyMap<string, string>): Markup | undefined {
  const [faults, watched] = [faultRows(report), watchRows(report)]
  if (faults.length + watched.length === 0) return undefined
  return section(
    'faults',
    faults.length === 0 ? 'Alerts and health' : 'Faults and recovery',
    markup`${faults.length === 0 ? undefined : tableOf('Fault', FAULT_COLUMNS, faults, ids, true)}${watched.length === 0 ? undefined : tableOf('Alert or endpoint', WATCH_COLUMNS, watched, ids, false)}`,
  )
}

function tableOf(
  what: string,
  columns: readonly string[],
  rows: readonly FaultRow[],
  ids: ReadonlyMap<string, string>,
  numeric: boolean,
): Markup {
  const lines = rows.map(({ state, name, cells }) => {
    const [tone, sign, word] = TOLD[state]
    const told = cells.map(
      (cell) => markup`<td${numeric ? markup` class="n"` : undefined}>${plain(cell, 200)}</td>`,
    )
    return markup`<tr class="${tone}"><td class="v"><span aria-hidden="true">${sign}</span> ${word}</td><th scope="row">${linked(name, ids)}</th>${told}</tr>\n`
  })
  const titles = columns.map((title) => ({ title, numeric }))
  // What a cell of figures says can only be told by its header.
  return plainTable(`${what}s`, [{ title: 'State' }, { title: what }, ...titles], lines, !numeric)
}

/** To the benchmark whose load it was, where its time-line is drawn. */
function linked(name: string, ids: ReadonlyMap<string, string>): Markup {
  const shown = plain(name, 300)
  const whose = [...ids.keys()]
    .filter((each) => each !== name && name.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length)[0]
  const id = whose === undefined ? undefined : ids.get(whose)
  return id === undefined ? markup`${shown}` : markup`<a href="${hrefOf(id)}">${shown}</a>`
}
