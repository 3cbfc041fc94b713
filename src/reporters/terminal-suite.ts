/** What a validation suite adds on a terminal: budgets, faults, alerts, and figures where nothing is compared. */
import type { BudgetResult, Report } from '../core/report.ts'
import { cells, padEnd, squeeze, wrap } from './cells.ts'
import { plain } from './escape.ts'
import type { State } from './faults.ts'
import { FAULT_COLUMNS, faultRows, watchRows } from './faults.ts'
import { figureLists } from './figures.ts'
import { actualOf, beyond } from './quantities.ts'
import { ABSENT, NEVER_ILL } from './scale.ts'
import type { Line, Tone } from './terminal-table.ts'

/** Rows of what needs no looking at. */
const FEW = 40

const SIGNS: Readonly<Record<BudgetResult['verdict'], readonly [sign: string, tone: Tone]>> = {
  breached: ['✗', 'bad'],
  unknown: ['?', 'bad'],
  met: ['✓', 'quiet'],
}

/** Name, target and figure below each other, what is not met first. */
export function budgetLines(budgets: readonly BudgetResult[], width: number): Line[] {
  const order = Object.keys(SIGNS)
  const sorted = budgets.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  const met = sorted.filter(({ verdict }) => verdict === 'met').length
  const shown = sorted.slice(0, sorted.length - Math.max(0, met - FEW))
  const names = columnOf(
    shown.map((b) => plain(b.benchmark)),
    Math.floor(width * 0.4),
  )
  const targets = columnOf(
    shown.map((b) => plain(b.expression)),
    Math.floor(width * 0.34),
  )
  const lines = shown.flatMap((b, i) => {
    const [sign, tone] = SIGNS[b.verdict]
    return prose(`${sign} ${names[i]}  ${targets[i]}  ${found(b)}`, tone, width)
  })
  const more = sorted.length - shown.length
  return more > 0 ? [...lines, { text: `  … and ${more} more that are met`, tone: 'quiet' }] : lines
}

function found(b: BudgetResult): string {
  if (b.verdict === 'unknown')
    return `could not be told${b.reason === undefined ? '' : `: ${plain(b.reason, 300)}`}`
  const off = b.verdict === 'breached' ? beyond(b) : undefined
  return `${b.verdict}: ${plain(actualOf(b))}${off === undefined ? '' : `, ${off}`}`
}

/** All of one width; what is longer than `most` loses its middle. */
function columnOf(texts: readonly string[], most: number): string[] {
  const squeezed = texts.map((text) => squeeze(text, most))
  const widest = Math.max(0, ...squeezed.map(cells))
  return squeezed.map((text) => padEnd(text, widest))
}

const STATE: Readonly<Record<State, readonly [sign: string, tone: Tone]>> = {
  good: ['✓', 'quiet'],
  bad: ['✗', 'bad'],
  doubt: ['?', 'doubt'],
}

export function faultLines(report: Report, width: number): Line[] {
  const faults = faultRows(report).map(({ cells: told, ...row }) => ({
    ...row,
    told: told.flatMap((cell, i) => {
      if (cell === ABSENT || cell === 'never') return []
      if (cell === NEVER_ILL) return cell
      if (i === 0 && cell.startsWith('not ')) return `not well again ${cell.slice(4)}`
      return `${FAULT_COLUMNS[i]!.toLowerCase()} ${cell}`
    }),
  }))
  const watched = watchRows(report).map(({ cells: told, ...row }) => ({
    ...row,
    told: [told.filter((cell) => cell !== ABSENT).join(told[1]?.startsWith('after') ? ' ' : ', ')],
  }))
  return [...faults, ...watched].flatMap(({ state, name, told }) => {
    const [sign, tone] = STATE[state]
    return prose(`${sign} ${plain(name)}: ${plain(told.join(', '), 500)}`, tone, width)
  })
}

/** A line a benchmark. */
export function figureLines(report: Report, width: number): Line[] {
  const lists = figureLists(report)
  const lines = lists.slice(0, FEW).flatMap(({ benchmark, told }): Line[] => {
    const [first = '', ...rest] = wrap(`${plain(benchmark)}  ${plain(told.join(' · '), 2000)}`, width, '    ')
    return [first, ...rest].map((text) => ({ text, tone: 'quiet' }))
  })
  const more = lists.length - FEW
  return more > 0 ? [...lines, { text: `  … and ${more} more`, tone: 'quiet' }] : lines
}

function prose(text: string, tone: Tone, width: number): Line[] {
  return wrap(text, width, '    ').map((line) => ({ text: line, tone }))
}
