import { expect, test } from 'vitest'
import { parseBudget } from '../../src/core/budget-expression.ts'
import { lineOf } from '../../src/core/errors.ts'

const READ: readonly (readonly [expression: string, metric: string, statistic: string, held: string])[] = [
  ['p(95) < 35ms', 'latency', 'p95', '< 35000000 ns'],
  ['p95 < 35ms', 'latency', 'p95', '< 35000000 ns'],
  ['p(99.9)<1.5s', 'latency', 'p99.9', '< 1500000000 ns'],
  ['p( 99 ) <= 500', 'latency', 'p99', '<= 500000000 ns'],
  ['p(99.90) < 5us', 'latency', 'p99.9', '< 5000 ns'],
  ['avg < 50ms', 'latency', 'mean', '< 50000000 ns'],
  ['mean<0.1ms', 'latency', 'mean', '< 100000 ns'],
  ['med < 1m', 'latency', 'p50', '< 60000000000 ns'],
  ['min >= 1ns', 'latency', 'min', '>= 1 ns'],
  ['max === 5', 'latency', 'max', '== 5000000 ns'],
  ['max !== 5', 'latency', 'max', '!= 5000000 ns'],
  ['rate < 0.1%', 'error_rate', 'value', '< 0.001 ratio'],
  ['rate<0.01', 'error_rate', 'value', '< 0.01 ratio'],
  ['error_rate < 0.1%', 'error_rate', 'value', '< 0.001 ratio'],
  ['error_rate == 0', 'error_rate', 'value', '== 0 ratio'],
  ['throughput > 10k/s', 'throughput', 'value', '> 10000 1/s'],
  ['throughput > 0.1k/s', 'throughput', 'value', '> 100 1/s'],
  ['throughput > 1.5M', 'throughput', 'value', '> 1500000 1/s'],
  ['throughput > 100000', 'throughput', 'value', '> 100000 1/s'],
  ['throughput > 3 kops/s', 'throughput', 'value', '> 3000 1/s'],
  ['memory.growth < 100MB', 'memory.growth', 'value', '< 100000000 B'],
  ['memory.peak < 1.5GiB', 'memory.peak', 'value', '< 1610612736 B'],
  ['cpu.mean < 80%', 'cpu.mean', 'value', '< 0.8 ratio'],
  ['cpu.mean < 0.8', 'cpu.mean', 'value', '< 0.8 ratio'],
  ['slowdown(p95) < 3', 'slowdown(p95)', 'value', '< 3 ratio'],
  ['slowdown( p95 ) < 3x', 'slowdown(p95)', 'value', '< 3 ratio'],
  ['speedup > 5x', 'speedup', 'value', '> 5 ratio'],
  ['recovery < 5s', 'recovery', 'value', '< 5000000000 ns'],
  ['checks: rate > 99%', 'checks', 'value', '> 0.99 ratio'],
  ['http_req_waiting: p(99) < 5ms', 'http_req_waiting', 'p99', '< 5000000 ns'],
  ['http_req_waiting:avg<50', 'http_req_waiting', 'mean', '< 50000000 ns, bare 50'],
  ['http_req_duration: p(95) < 200', 'latency', 'p95', '< 200000000 ns'],
  ['http_req_failed: rate < 0.01', 'error_rate', 'value', '< 0.01 ratio'],
  ['http_reqs: rate > 100', 'throughput', 'value', '> 100 1/s'],
  ['http_reqs: count > 1k', 'http_reqs', 'value', '> 1000 count, bare 1000'],
  ['errors: count < 10', 'errors', 'value', '< 10 count, bare 10'],
  ['temperature: value < 5e1', 'temperature', 'value', '< 50 count, bare 50'],
  ['drift: value > -5ms', 'drift', 'value', '> -5000000 ns'],
]

test.each(READ)('%s', (expression, metric, statistic, held) => {
  const budget = parseBudget(expression)
  const bare = budget.bare === undefined ? '' : `, bare ${budget.bare}`
  expect({ ...budget, held: `${budget.operator} ${budget.limit} ${budget.unit}${bare}` }).toMatchObject({
    expression,
    metric,
    statistic,
    held,
  })
})

const REFUSED: readonly (readonly [expression: string, line: string])[] = [
  ['', 'budget "" has no operator such as < (write for example "p(95) < 35ms")'],
  ['p(95)', 'budget "p(95)" has no operator such as < (write for example "p(95) < 35ms")'],
  ['< 5ms', 'budget "< 5ms" says nothing before < (write for example "p(95) < 35ms")'],
  ['p(95) <', 'budget "p(95) <" has no limit after < (write for example "p(95) < 35ms")'],
  ['p(95) < fast', 'budget "p(95) < fast": "fast" is not a number (write for example "p(95) < 35ms")'],
  [
    'p(95) < 5 < 6',
    'budget "p(95) < 5 < 6": the unit "< 6" is not known (write for example ms, s, MB, MiB, /s, %, k/s or x)',
  ],
  [
    'p(95) < 5 parsecs',
    'budget "p(95) < 5 parsecs": the unit "parsecs" is not known (write for example ms, s, MB, MiB, /s, %, k/s or x)',
  ],
  [
    'p(95) < 5kms',
    'budget "p(95) < 5kms": the unit "kms" is not known (write for example ms, s, MB, MiB, /s, %, k/s or x)',
  ],
  ['p(101) < 5ms', 'budget "p(101) < 5ms": "p(101)" is not a percentile (write p(95) or p99.9)'],
  ['p(95 < 5ms', 'budget "p(95 < 5ms": "p(95" is not a percentile (write p(95) or p99.9)'],
  ['p95.12345 < 5ms', 'budget "p95.12345 < 5ms": "p95.12345" is not a percentile (write p(95) or p99.9)'],
  ['latency < 5ms', 'budget "latency < 5ms" does not say which latency (write p(95), mean or max)'],
  ['count < 5', 'budget "count < 5" does not say count of what (name the metric: "errors: count < 10")'],
  [
    'latency: fastest < 5',
    'budget "latency: fastest < 5": "fastest" is not a statistic (write p(95), mean, min, max, rate, count or value)',
  ],
  [
    'two words < 5',
    'budget "two words < 5": "two words" is not a metric (write p(95), mean, or the name of a metric such as error_rate)',
  ],
  ['memory.growth < 100', 'budget "memory.growth < 100" has no unit (write 100MB)'],
  ['p(95) < 5k', 'budget "p(95) < 5k" has no unit (write ms or s)'],
  [
    'p(95) < 1e999ms',
    'budget "p(95) < 1e999ms": "1e999ms" is not a number (write for example "p(95) < 35ms")',
  ],
  ['p'.repeat(201), 'a budget is at most 200 characters long'],
]

test.each(REFUSED)('refuses %s', (expression, line) => {
  let told: unknown
  try {
    told = parseBudget(expression)
  } catch (error) {
    told = lineOf(error)
  }
  expect(told).toBe(line)
})
