import type { Measurement } from '../core/distribution.ts'
import { keyOf, type MetricResult, type Result } from '../core/result.ts'
import { type Better, betterOf, isKnownUnit, tidy } from '../core/unit.ts'
import { FormatError, type StreamFormat } from './format.ts'
import { type Json, parseJsonLine } from './json.ts'
import { readLines } from './lines.ts'
import { outlineOf } from './outline.ts'
import { MOST_RESULTS } from './parse.ts'
import { Tally } from './tally.ts'

/** What the lines of one benchmark and metric have told so far. */
interface Gathered {
  readonly benchmark: string
  readonly metric: string
  readonly unit: string
  readonly better: Better | undefined
  readonly values: Tally
  /** Some line had `values`. */
  plural: boolean
}

/**
 * The format for scripts of one's own: a JSON object a line, `values` for a distribution or `value` for a figure.
 * Several lines of the same benchmark and metric add up: all their values are pooled to one distribution. A `value` that
 * stays alone is a scalar; of several shares of failures only the mean can be told. A line with a `note` alone says
 * something of what was measured (which database, which data), which the report tells beside the machine.
 */
export const samples: StreamFormat = {
  name: 'samples',
  title: 'samples: one JSON object a line, for scripts of your own',
  keeps: 'raw samples',
  detect(start) {
    const outline = outlineOf(start)
    if (outline.root !== 'object' || !start.trimStart().startsWith('{')) return false
    if (outline.keys.length === 1 && outline.keys[0] === 'note') return true
    const told = outline.keys.includes('value') || outline.keys.includes('values')
    return told && (outline.has('unit') || outline.has('benchmark') || outline.has('metric'))
  },
  open() {
    const gathered = new Map<string, Gathered>()
    const notes = new Set<string>()
    return readLines({
      line(text, number) {
        if (text.trim() === '') return
        if (!text.trimStart().startsWith('{'))
          throw new FormatError(
            number,
            `expected a JSON object, got ${JSON.stringify(text.slice(0, 60))}`,
            'print nothing else, or write the results to the file named by $TAILGATE_OUTPUT',
          )
        const line = parseJsonLine(text, number)
        if (line.get('note') === undefined) gather(line, number, gathered)
        else notes.add(noteOf(line, number))
        if (notes.size > MOST_NOTES) throw new FormatError(number, `more than ${MOST_NOTES} notes`)
      },
      end: () => ({
        results: [...gathered.values()].map(resultOf),
        warnings: [...notes].map((message) => ({ code: 'note', message })),
      }),
    })
  },
}

/** More of them, or longer ones, are a log. */
const MOST_NOTES = 20
const LONGEST_NOTE = 200

function noteOf(line: Json, number: number): string {
  if (line.entries().length > 1) throw new FormatError(number, '"note" stands with no other key')
  const told = line.get('note')!
  const note = told.string().trim()
  if (note === '' || note.length > LONGEST_NOTE) throw told.wrong(`a text of 1 to ${LONGEST_NOTE} characters`)
  return note
}

function gather(line: Json, number: number, gathered: Map<string, Gathered>): void {
  for (const [key] of line.entries())
    if (!KEYS.includes(key))
      throw new FormatError(
        number,
        `unknown key ${JSON.stringify(key.slice(0, 60))}`,
        `known are ${KEYS.join(', ')}`,
      )
  const benchmark = line.get('benchmark')?.string() ?? ''
  const metric = line.get('metric')?.string() ?? 'latency'
  if (metric === '') throw line.at('metric').wrong('a name')
  const spelling = line.get('unit')?.string()
  if (spelling === undefined)
    throw new FormatError(number, '"unit" is missing', 'add for example "unit":"ms"')
  const { unit, value: factor } = tidy(1, spelling)
  const told = line.get('better')
  const better = told === undefined ? betterOf(metric, unit) : direction(told)

  const key = keyOf({ benchmark, metric })
  let known = gathered.get(key)
  if (known === undefined) {
    if (gathered.size >= MOST_RESULTS) throw new FormatError(number, `more than ${MOST_RESULTS} benchmarks`)
    known = { benchmark, metric, unit, better, values: new Tally(), plural: false }
    gathered.set(key, known)
  }
  const name = `${metric} of ${JSON.stringify(benchmark)}`
  if (known.unit !== unit)
    throw new FormatError(number, `${name} is in ${known.unit} above and in ${unit} here`)
  if (told !== undefined && known.better !== better)
    throw new FormatError(
      number,
      `of ${name} ${known.better ?? 'nothing'} is better above and ${better} here`,
    )

  const one = line.get('value')
  const many = line.get('values')
  if ((one === undefined) === (many === undefined))
    throw new FormatError(number, 'expected either "value" or "values"')
  if (one !== undefined) {
    known.values.add(checked(one.number(), factor, known, () => one))
    return
  }
  known.plural = true
  const values = many!.numbers()
  if (values.length === 0) throw many!.wrong('at least one number')
  for (const [i, value] of values.entries())
    known.values.add(checked(value, factor, known, () => many!.array()[i]!))
}

const KEYS: readonly string[] = ['benchmark', 'metric', 'unit', 'better', 'value', 'values']

/** In the base unit. Of what has one, nothing can be negative but a ratio or a count; a share of failures is 0…1. */
function checked(told: number, factor: number, { metric, unit }: Gathered, at: () => Json): number {
  const value = told * factor
  if (!Number.isFinite(value)) throw at().wrong('a number that can be measured')
  if (value < 0 && isKnownUnit(unit) && unit !== 'ratio' && unit !== 'count')
    throw at().wrong('a number that is not negative')
  if (metric === 'error_rate' && (value < 0 || (unit === 'ratio' && value > 1)))
    throw at().wrong('a share of 0 to 1')
  return value
}

function direction(told: Json): Better {
  const word = told.string()
  if (word === 'lower' || word === 'higher') return word
  throw told.wrong('"lower" or "higher"')
}

function resultOf({ benchmark, metric, unit, better, values, plural }: Gathered): Result {
  const alone = !plural && (values.count === 1 || metric === 'error_rate')
  const data: Measurement = alone
    ? { kind: 'scalar', value: values.sum / values.count }
    : values.distribution(1)!
  return { benchmark, metric, unit, ...(better === undefined ? {} : { better }), data } satisfies MetricResult
}
