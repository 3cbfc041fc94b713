/** The rows of the terminal's table, fitted to its width: first the drawing goes, then the interval. */
import type { Comparison } from '../core/report.ts'
import { cells, padEnd, padStart, squeeze, wrap } from './cells.ts'
import { plain } from './escape.ts'
import { changeOf, detectableOf, intervalOf, quantity, sidesOf } from './quantities.ts'
import { ABSENT } from './scale.ts'
import { WHISKER_HEAD, whisker } from './whisker.ts'

export type Tone = 'good' | 'bad' | 'doubt' | 'quiet'

interface Column {
  readonly title: string
  readonly end: boolean
  readonly of: (c: Comparison) => string
}

/** What a verdict looks like; the sign says it where there is no colour. */
const LOOK: Readonly<Record<Comparison['verdict'], readonly [sign: string, tone: Tone]>> = {
  regressed: ['✗', 'bad'],
  missing: ['✗', 'bad'],
  inconclusive: ['?', 'doubt'],
  improved: ['✓', 'good'],
  unchanged: ['✓', 'quiet'],
  new: ['+', 'quiet'],
}

const COLUMNS: readonly Column[] = [
  { title: '', end: false, of: (c) => plain(quantity(c), 24) },
  { title: 'base → head', end: true, of: (c) => plain(sidesOf(c), 40) },
  { title: 'change', end: true, of: (c) => (isGone(c) ? c.verdict : plain(changeOf(c), 20)) },
  { title: 'interval', end: true, of: (c) => plain(intervalOf(c) ?? '', 40) },
  { title: WHISKER_HEAD, end: false, of: (c) => whisker(c) ?? '' },
]

/** Cells between two columns. */
const GAP = 2

/** Narrower than this a name tells nothing, and a column is given up instead. */
const NARROWEST_NAME = 18

export interface Line {
  readonly text: string
  readonly tone: Tone
}

/** A heading and a line for each comparison; below one that could not be told, why. */
export function terminalTable(comparisons: readonly Comparison[], width: number): Line[] {
  const names = comparisons.map((c) => plain(c.benchmark))
  const longest = Math.max(9, ...names.map(cells))
  let columns = COLUMNS.map((column) => ({
    column,
    width: Math.max(cells(column.title), ...comparisons.map((c) => cells(column.of(c)))),
  }))
  const room = () => width - 2 - columns.reduce((sum, each) => sum + each.width + GAP, 0)
  // The drawing is an extra: it never costs a name a letter.
  if (room() < longest) columns = columns.slice(0, 4)
  while (room() < Math.min(longest, NARROWEST_NAME) && columns.length > 2) columns = columns.slice(0, -1)
  const nameWidth = Math.max(4, Math.min(longest, room()))
  const row = (sign: string, name: string, texts: readonly string[]) =>
    [
      `${sign} ${padEnd(squeeze(name, nameWidth), nameWidth)}`,
      ...texts.map((text, at) => (columns[at]!.column.end ? padStart : padEnd)(text, columns[at]!.width)),
    ]
      .join(' '.repeat(GAP))
      .trimEnd()
  const title = row(
    ' ',
    'benchmark',
    columns.map((each) => each.column.title),
  )
  return [
    { text: title, tone: 'quiet' },
    ...comparisons.flatMap((c, at) => {
      const [sign, tone] = lookOf(c)
      const line = row(
        sign,
        names[at]!,
        columns.map((each) => each.column.of(c)),
      )
      return [{ text: line, tone }, ...note(c, width)]
    }),
  ]
}

function lookOf(c: Comparison): readonly [sign: string, tone: Tone] {
  const bad = c.verdict === 'regressed' || c.verdict === 'missing'
  return bad && !c.gating ? ['!', 'doubt'] : LOOK[c.verdict]
}

function isGone(c: Comparison): boolean {
  return c.verdict === 'missing' || c.verdict === 'new' || (c.change === null && c.difference === null)
}

function note(c: Comparison, width: number): Line[] {
  const seen = detectableOf(c)
  const parts = [
    c.verdict !== 'inconclusive'
      ? ''
      : `would have seen ${seen === undefined ? 'no change of any size' : plain(seen)}`,
    c.reason === undefined ? '' : plain(c.reason, 300),
  ].filter((part) => part !== '' && part !== ABSENT)
  if (parts.length === 0) return []
  return wrap(parts.join('; '), width - 4).map((text) => ({ text: `    ${text}`, tone: 'quiet' }))
}
