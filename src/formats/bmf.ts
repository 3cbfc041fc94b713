import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result } from './measured.ts'
import { outlineOf } from './outline.ts'

/** Bencher Metric Format: `{"name": {"latency": {"value": 88}}}`. https://bencher.dev/docs/reference/bencher-metric-format/ */
export const bmf: TextFormat = {
  name: 'bmf',
  title: 'Bencher Metric Format (BMF)',
  keeps: 'one value',
  detect(start) {
    const { root, levels } = outlineOf(start)
    const [, measures, figures] = levels
    if (root !== 'object' || levels.length !== 3 || measures === undefined || figures === undefined)
      return false
    return figures.has('value') && [...figures].every((key) => KEYS.includes(key))
  },
  parse: (text) => ({
    results: parseJson(text)
      .entries()
      .flatMap(([name, measures]) =>
        measures.entries().map(([measure, figures]) => readMeasure(name, measure, figures)),
      ),
  }),
}

const KEYS: readonly string[] = ['value', 'lower_value', 'upper_value']

/** The measures that every Bencher project has, with their units. One's own measure has a unit only on Bencher's side. */
const MEASURES: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  latency: ['ns', 1],
  throughput: ['1/s', 1],
  'build-time': ['ns', 1e9],
  'file-size': ['B', 1],
}

function readMeasure(name: string, measure: string, figures: Json): Result {
  const value = figures.at('value')
  const own = Object.hasOwn(MEASURES, measure) ? MEASURES[measure] : undefined
  if (own === undefined)
    return {
      benchmark: name,
      metric: measure,
      unit: 'value',
      data: { kind: 'scalar', value: value.number() },
      primary: false,
    }
  const [unit, factor] = own
  return result(name, measure, unit, { kind: 'scalar', value: value.amount() * factor })
}
