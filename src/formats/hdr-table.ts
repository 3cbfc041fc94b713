import { percentileName } from '../core/statistic.ts'
import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { NO_UNIT, withoutUnit } from './hdr-figures.ts'
import { told } from './measured.ts'

const CUT = 'was the output cut short?'
const HEADER =
  /^"?Value"?(?:\s+|,)"?Percentile"?(?:\s+|,)"?TotalCount"?(?:\s+|,)"?1\/\(1-Percentile\)"?\s*(?:\n|$)/

/** Whether a text begins with the header of a percentile distribution. */
export function isHdrTable(start: string): boolean {
  return HEADER.test(start)
}

/**
 * Rows of value, share below, count up to there; the last one, of the share 1, has no fourth column, or `Infinity`. A row
 * tells the value at its share, and few shares are ones that people ask for: p99 need not be among them, and then it is
 * not told. The text form ends in mean, standard deviation, maximum and count; the CSV form has none of them.
 */
export function readHdrTable(lines: readonly string[]): Content {
  const quantiles: Record<string, number> = {}
  let last: { value: number; share: number; count: number } | undefined
  let min: number | undefined
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#[') || isHdrTable(line.trimStart())) continue
    const row = readRow(line, i + 1)
    if (last !== undefined && (row.share < last.share || row.count < last.count || row.value < last.value))
      throw new FormatError(i + 1, 'the rows do not ascend')
    if (row.share === 0) min = row.value
    else if (row.share < 1 && isNamed(row.share)) quantiles[percentileName(row.share)] = row.value
    last = row
  }
  if (last === undefined || last.share !== 1)
    throw new FormatError(lines.length, 'the row of all values is missing', CUT)
  const footer = lines.filter((line) => line.startsWith('#[')).join('\n')
  const read = (label: string) => {
    const [, value] = new RegExp(`\\b${label} *= *([^,\\s\\]]+)`).exec(footer) ?? []
    return value === undefined ? undefined : figure(value, undefined, label)
  }
  if (last.count === 0)
    return { results: [{ benchmark: '', status: 'failed', reason: 'nothing was recorded' }] }
  const max = read('Max') ?? last.value
  const figures = { count: last.count, mean: read('Mean'), sd: read('StdDeviation'), min, max, quantiles }
  return { results: [withoutUnit('', told(figures, 1))], warnings: [NO_UNIT] }
}

function readRow(line: string, number: number): { value: number; share: number; count: number } {
  const cells = line.trim().split(line.includes(',') ? ',' : /\s+/)
  const [value = '', share = '', count = ''] = cells
  if (cells.length < 3 || cells.length > 4)
    throw new FormatError(number, `expected a row of 4 columns, got ${cells.length}`, CUT)
  const row = {
    value: figure(value, number, 'Value'),
    share: figure(share, number, 'Percentile'),
    count: figure(count, number, 'TotalCount'),
  }
  if (row.share < 0 || row.share > 1) throw new FormatError(number, `"Percentile" is no share: ${share}`)
  return row
}

/** Whether the name of its percentile, of at most four digits behind the point, is the share itself. */
function isNamed(share: number): boolean {
  return Math.abs(share * 1e6 - Math.round(share * 1e6)) < 1e-6
}
