/** What was measured where nothing is compared, for whatever shows comparisons. */
import type { Figure } from '../core/figures.ts'
import type { Comparison, Report } from '../core/report.ts'
import { shownAlone } from '../core/run-report.ts'
import { quantity, unitOf } from './quantities.ts'
import { figure } from './scale.ts'

/** All that is known of head, compared or not. */
export function allFigures({ comparisons, figures = [] }: Report): readonly Comparison[] {
  return figures.length === 0 ? comparisons : [...comparisons, ...figures.map(shownAlone)]
}

/** Figures alone: nothing was compared. */
export function isAlone({ comparisons, figures = [] }: Report): boolean {
  return comparisons.length === 0 && figures.length > 0
}

/** Metrics of faults, alerts and polls, which have tables of their own. */
export const WATCHED =
  /^(?:recovery|recovered|detect|fault_errors|data_loss|alert\.fired|alert\.delay|availability|response)$/

export interface FigureList {
  readonly benchmark: string
  /** Without what the tables of faults and alerts tell. `p50 160 µs`, `throughput 6.38k/s`. */
  readonly told: readonly string[]
}

export function figureLists({ figures = [] }: Report): FigureList[] {
  const lists = new Map<string, Figure[]>()
  const telling = figures.filter(({ metric }) => !WATCHED.test(metric))
  for (const one of telling) lists.set(one.benchmark, [...(lists.get(one.benchmark) ?? []), one])
  return [...lists].map(([benchmark, of]) => ({
    benchmark,
    told: of.map((one) => `${quantity(one)} ${figure(one.value, unitOf(one))}`),
  }))
}
