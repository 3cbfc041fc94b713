import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { result } from './measured.ts'
import { outlineOf } from './outline.ts'

/** size-limit's `--json`: bytes, and seconds of loading and running. https://github.com/ai/size-limit */
export const sizeLimit: TextFormat = {
  name: 'size-limit',
  title: 'size-limit (--json)',
  keeps: 'one value',
  detect(start) {
    const outline = outlineOf(start)
    return (
      outline.has('[].name') &&
      (outline.has('[].size') || outline.has('[].passed')) &&
      !outline.has('[].unit')
    )
  },
  parse: (text) => ({ results: parseJson(text).array().flatMap(readCheck) }),
}

function readCheck(check: Json): Result[] {
  const name = check.at('name').string()
  const size = check.get('size')
  const times = (['loading', 'running'] as const).flatMap((metric) => {
    const seconds = check.get(metric)
    if (seconds === undefined) return []
    return [result(name, metric, 'ns', { kind: 'scalar', value: seconds.amount() * 1e9 }, { primary: false })]
  })
  if (size !== undefined)
    return [result(name, 'size', 'B', { kind: 'scalar', value: size.amount() }), ...times]
  if (times.length > 0) return times
  return [{ benchmark: name, status: 'failed', reason: 'size-limit has no figure of it' }]
}
