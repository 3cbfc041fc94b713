/** What faults, alerts and health endpoints came to, a row each: cells are plain text. */
import type { Comparison, Report } from '../core/report.ts'
import { allFigures, WATCHED } from './figures.ts'
import { unitOf } from './quantities.ts'
import { ABSENT, figure, NEVER_ILL, pair, share } from './scale.ts'

export type State = 'good' | 'bad' | 'doubt'

export interface FaultRow {
  readonly state: State
  /** `checkout/database restart`. */
  readonly name: string
  readonly cells: readonly string[]
}

export const FAULT_COLUMNS = ['Well again after', 'Noticed after', 'Requests failed', 'Records lost'] as const
export const WATCH_COLUMNS = ['What it said', 'How soon'] as const

/** In the order of the report. */
export function faultRows(report: Report): FaultRow[] {
  return [...told(report)].flatMap(([name, of]) => {
    if (!of.has('recovery')) return []
    const recovered = worst(of.get('recovered'), Math.min)
    const lost = worst(of.get('data_loss'), Math.max)
    const well = (lost ?? 0) > 0 ? false : recovered === undefined ? undefined : recovered > 0
    const state = stateOf(report, name, well)
    // One that did not come counts as long as was watched.
    const watched = figure(worst(of.get('recovery'), Math.max), 'ns')
    const cells = [
      recovered === 0 ? `not within ${watched}` : both(of.get('recovery'), NEVER_ILL),
      both(of.get('detect'), 'never'),
      both(of.get('fault_errors')),
      figure(lost, 'count'),
    ]
    return [{ state, name, cells }]
  })
}

/** Alerts and polls. */
export function watchRows(report: Report): FaultRow[] {
  return [...told(report)].flatMap(([name, of]) => {
    const [fired, availability] = [of.get('alert.fired'), of.get('availability')]
    if (fired !== undefined) {
      const meant = fired.better !== 'lower'
      const [least, most] = [worst(fired, Math.min), worst(fired, Math.max)]
      if (least === undefined)
        return [{ state: stateOf(report, name, undefined), name, cells: ['not told', ABSENT] }]
      const good = meant ? least === 1 : most === 0
      const said = meant ? (good ? 'fired' : 'did not fire') : good ? 'kept silent' : 'fired, and should not'
      const delay = good && meant ? `after ${both(of.get('alert.delay'))}` : ABSENT
      return [{ state: stateOf(report, name, good), name, cells: [said, delay] }]
    }
    if (availability === undefined) return []
    const said = `yes to ${both(availability)} of all questions`
    const response = of.get('response')
    const soon = response === undefined ? ABSENT : `${response.statistic} ${both(response)}`
    const state = stateOf(report, name, availability.head === null ? undefined : true)
    return [{ state, name, cells: [said, soon] }]
  })
}

function told(report: Report): Map<string, Map<string, Comparison>> {
  const all = new Map<string, Map<string, Comparison>>()
  for (const one of allFigures(report)) {
    if (!WATCHED.test(one.metric)) continue
    const of = all.get(one.benchmark) ?? new Map<string, Comparison>()
    all.set(one.benchmark, of)
    // Of a distribution the first is told: its median, where that is measured.
    if (!of.has(one.metric)) of.set(one.metric, one)
  }
  return all
}

/** Base and head, where both are there. */
function both(c: Comparison | undefined, zero?: string): string {
  if (c === undefined) return ABSENT
  const unit = unitOf(c)
  if (zero !== undefined && c.head === 0 && (c.base ?? 0) === 0) return zero
  if (c.base === null) return unit === 'ratio' && c.head !== null ? share(c.head) : figure(c.head, unit)
  const alone = figure(c.head, unit)
  return alone === figure(c.base, unit) ? alone : pair(c.base, c.head, unit)
}

/** One bad round is one too many. */
function worst(c: Comparison | undefined, pick: (...values: number[]) => number): number | undefined {
  const values = c?.series.head.filter((value) => value !== null) ?? []
  return values.length === 0 ? (c?.head ?? undefined) : pick(...values)
}

/** Its own budgets have the last word. `well` is undefined where head has not told, as of what is gone from it. */
function stateOf(report: Report, name: string, well: boolean | undefined): State {
  const mine = report.budgets.filter(({ benchmark }) => benchmark === name)
  if (well === false || mine.some(({ verdict }) => verdict === 'breached')) return 'bad'
  return well === undefined || mine.some(({ verdict }) => verdict === 'unknown') ? 'doubt' : 'good'
}
