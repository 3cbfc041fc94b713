import type { Result } from '../core/result.ts'
import { type Better, betterOfUnit } from '../core/unit.ts'
import type { TextFormat } from './format.ts'
import { parseJson } from './json.ts'
import { readUnit } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * github-action-benchmark's own format, for scripts that were written for it: `[{"name", "unit", "value"}]`. Which way
 * is good stands nowhere in the text but in the name of the format, so one is found by content only where every unit
 * tells it. https://github.com/benchmark-action/github-action-benchmark#examples
 */
function custom(name: string, better: Better): TextFormat {
  return {
    name,
    title: `github-action-benchmark (${name})`,
    keeps: 'one value',
    detect(start) {
      const outline = outlineOf(start)
      if (!outline.has('[].name', '[].unit', '[].value')) return false
      const told = new Set(unitsIn(start).map((unit) => betterOfUnit(readUnit(unit).unit)))
      return !(told.size === 1 && told.has(better === 'lower' ? 'higher' : 'lower'))
    },
    parse: (text) => ({
      results: parseJson(text)
        .array()
        .map((entry): Result => {
          const { unit, factor } = readUnit(entry.at('unit').string())
          const value = entry.at('value')
          // It takes figures as text too.
          const figure = value.isString
            ? Number(value.string().replaceAll(',', '').trim() || Number.NaN)
            : value.number()
          if (!Number.isFinite(figure)) throw value.wrong('a finite number')
          return {
            benchmark: entry.at('name').string(),
            metric: metricOf(unit),
            unit,
            better,
            data: { kind: 'scalar', value: figure * factor },
          }
        }),
    }),
  }
}

function unitsIn(start: string): string[] {
  return [...start.matchAll(/"unit"\s*:\s*("(?:[^"\\]|\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt]))*")/g)].map(
    ([, unit]) => String(JSON.parse(unit!.replace(/[\x00-\x1f]/g, ' '))),
  )
}

function metricOf(unit: string): string {
  if (unit === 'ns') return 'latency'
  if (unit === '1/s' || unit === 'B/s') return 'throughput'
  return unit === 'B' ? 'size' : 'value'
}

export const customSmallerIsBetter = custom('customSmallerIsBetter', 'lower')
export const customBiggerIsBetter = custom('customBiggerIsBetter', 'higher')
