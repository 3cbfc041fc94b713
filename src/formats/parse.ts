import type { Measurement } from '../core/distribution.ts'
import { isFailed, keyOf, type MetricResult, type Parsed } from '../core/result.ts'
import { isKnownUnit, tidy } from '../core/unit.ts'
import { type Content, type Format, FormatError } from './format.ts'

/** More than this in one output is a fault of the script, and more than any report can show. */
export const MOST_RESULTS = 200_000
const LONGEST_NAME = 2000

/** No tool leaves so much empty; to patterns that look for the next word it costs the square of its length. */
const EMPTY: readonly string[] = ['\n'.repeat(2000), ' '.repeat(2000), '\t'.repeat(2000)]

/** Without BOM, lines ending in LF: how formats are given their text. Throws FormatError on a flood of blanks. */
export function tidyText(text: string): string {
  const tidy = unixText(text)
  if (EMPTY.some((blanks) => tidy.includes(blanks)))
    throw new FormatError(undefined, 'thousands of blanks in a row stand in it')
  return tidy
}

/** Without BOM, lines ending in LF. */
export function unixText(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return bare.includes('\r\n') ? bare.replaceAll('\r\n', '\n') : bare
}

/** Parses a text of which everything is at hand. Throws UserError that names format, file and place. */
export function parseText(format: Format, text: string, file: string): Parsed {
  return located(format, file, () => {
    if (text.trim() === '') throw new FormatError(undefined, 'there is nothing in it')
    if ('parse' in format) return format.parse(tidyText(text))
    const reader = format.open()
    reader.push(text)
    return reader.end()
  })
}

/** Runs the reading of an output, checks what all outputs must hold to, and puts format and file to its complaints. */
export function located(format: Format, file: string, read: () => Content): Parsed {
  try {
    const content = read()
    check(content)
    return { format: format.name, results: content.results, warnings: content.warnings ?? [] }
  } catch (error) {
    throw relocate(error, format, file)
  }
}

/** Puts format and file to a complaint; anything else stays what it is. */
export function relocate(error: unknown, format: Format, file: string): unknown {
  return error instanceof FormatError ? error.located(format.name, file) : error
}

function check({ results }: Content): void {
  if (results.length === 0) throw new FormatError(undefined, 'there is no benchmark in it')
  if (results.length > MOST_RESULTS)
    throw new FormatError(undefined, `${results.length} results are more than ${MOST_RESULTS}`)
  const seen = new Set<string>()
  for (const result of results) {
    checkName(result.benchmark)
    if (!isFailed(result)) checkMetric(result)
    const key = isFailed(result) ? `${result.benchmark}\0\0` : keyOf(result)
    if (seen.has(key))
      throw new FormatError(
        undefined,
        `${JSON.stringify(result.benchmark)} stands here twice${isFailed(result) ? '' : ` with ${result.metric}`}`,
        'give each benchmark a name of its own',
      )
    seen.add(key)
  }
}

function checkName(name: string): void {
  if (name.includes('\0'))
    throw new FormatError(undefined, `the name ${JSON.stringify(name.slice(0, 60))} holds a NUL`)
  if (name.length > LONGEST_NAME)
    throw new FormatError(
      undefined,
      `the name ${JSON.stringify(name.slice(0, 60))}… is longer than ${LONGEST_NAME} characters`,
    )
}

function checkMetric(result: MetricResult): void {
  checkName(result.metric)
  const where = `${result.metric} of ${JSON.stringify(result.benchmark)}`
  if (isKnownUnit(result.unit) && tidy(1, result.unit).unit !== result.unit)
    throw new Error(`${where} came in ${result.unit}, which is no base unit`)
  const least = POSITIVE.includes(result.unit) ? 0 : Number.NEGATIVE_INFINITY
  for (const data of [result.data, ...(result.rounds ?? [])]) checkFigures(data, least, where)
}

/** What can be 0 and not less. */
const POSITIVE: readonly string[] = ['ns', 'B', '1/s', 'B/s']

/** Arithmetic on hostile figures may leave the range of numbers although each figure was in it. */
function checkFigures(data: Measurement, least: number, where: string): void {
  const figures =
    data.kind === 'scalar'
      ? [data.value]
      : data.kind === 'told'
        ? [data.mean, data.sd, data.min, data.max, ...Object.values(data.quantiles)]
        : [data.values[0], data.values[data.values.length - 1]]
  for (const figure of figures) {
    if (figure === undefined) continue
    if (!Number.isFinite(figure)) throw new FormatError(undefined, `a figure is too large: ${where}`)
    if (figure < least) throw new FormatError(undefined, `a figure is negative: ${where}`)
  }
}
