import type { TextFormat } from './format.ts'
import { readRedisCsv } from './redis-csv.ts'
import { readRedisText } from './redis-text.ts'

/**
 * redis-benchmark (and valkey's): the table of `--csv`, the report for people, and the one line a test of `-q`.
 * https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/benchmarks/
 */
export const redisBenchmark: TextFormat = {
  name: 'redis-benchmark',
  title: 'redis-benchmark (--csv, text, -q)',
  keeps: 'percentiles',
  detect: (start) =>
    isTable(start) ||
    /^Could not connect to (?:Redis|server|Valkey) at /im.test(start) ||
    (/(?:^|\r)====== .+ ======$/m.test(start) && /^ {2}\d+ requests completed in /m.test(start)) ||
    /(?:^|\r)[^\r\n]+: [\d.]+ requests per second(?:, p50=[\d.]+ msec)?\s*$/m.test(start) ||
    /(?:^|\r)[^\r\n]+: rps=\S+ \(overall: \S+\) avg_msec=/m.test(start),
  parse: (text) => ({ results: isTable(text) ? readRedisCsv(text) : readRedisText(text) }),
}

function isTable(text: string): boolean {
  return /^"test","rps"/m.test(text)
}
