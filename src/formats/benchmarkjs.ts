import { sampled } from '../core/distribution.ts'
import type { Result } from '../core/result.ts'
import { grouped } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { printedLines } from './lines.ts'
import { result, told } from './measured.ts'
import { outlineOf } from './outline.ts'

const LINE = /^(.*) x ([\d,]+(?:\.\d+)?) ops\/sec ±([\d.]+)% \((\d+) runs? sampled\)$/

/** benchmark.js: what `String(event.target)` prints, or its benchmark objects as JSON. https://benchmarkjs.com */
export const benchmarkjs: TextFormat = {
  name: 'benchmarkjs',
  title: 'benchmark.js (text, JSON of the suite)',
  keeps: 'mean ± margin (text); raw samples (JSON)',
  detect(start) {
    if (start.split('\n').some((line) => LINE.test(line.trimEnd()))) return !/^\s*[[{<]/.test(start)
    const outline = outlineOf(start)
    return outline.has('[].name', '[].hz', '[].stats') && outline.has('[].stats.rme')
  },
  parse: (text) => ({
    results: /^\s*\[/.test(text) ? parseJson(text).array().flatMap(readObject) : readLines(text),
  }),
}

function readLines(text: string): Result[] {
  const results: Result[] = []
  const lines = printedLines(text)
  for (const [i, line] of lines.entries()) {
    const found = LINE.exec(line)
    // Greedy: the name may itself hold ` x `, the figures follow the last.
    if (found !== null) {
      const [, name = '', rate = '', , count] = found
      const mean = grouped(rate, i + 1, 'ops/sec')
      results.push(result(name, 'throughput', '1/s', told({ count: Number(count), mean }, 1)))
    } else if (/^.+: $/.test(line))
      results.push({
        benchmark: line.slice(0, -2),
        status: 'failed',
        reason: 'benchmark.js printed no figures: it threw',
      })
    else if (i === lines.length - 1 && line !== '' && !line.startsWith('Fastest is '))
      throw new FormatError(
        i + 1,
        `not a whole line: ${JSON.stringify(line.slice(-60))}`,
        'was the output cut short?',
      )
  }
  return results
}

const SECOND = 1e9

function readObject(benchmark: Json): Result[] {
  const name = benchmark.at('name').string()
  const error = benchmark.get('error')
  const samples = benchmark.get('stats')?.get('sample')?.array()
  if (error !== undefined || samples?.length === 0)
    return [
      {
        benchmark: name,
        status: 'failed',
        reason: error?.isString ? error.string().slice(0, 500) : 'it threw',
      },
    ]
  const rate = result(
    name,
    'throughput',
    '1/s',
    { kind: 'scalar', value: benchmark.at('hz').amount() },
    { primary: false },
  )
  if (samples === undefined) return [{ ...rate, primary: true }]
  return [result(name, 'latency', 'ns', sampled(samples.map((sample) => sample.amount() * SECOND))), rate]
}
