import { expect, test } from 'vitest'
import type { DistributionPlot } from '../../src/core/report.ts'
import { histogram } from '../../src/reporters/histogram.ts'
import { terminal } from '../../src/reporters/terminal.ts'
import { latency, report } from './reports.ts'

const SHARES = Array.from({ length: 21 }, (_, i) => i / 20)

function plot(base: (share: number) => number, head: (share: number) => number): DistributionPlot {
  const curve = (of: (share: number) => number) => SHARES.map((share) => [share, of(share)] as const)
  return {
    benchmark: 'json/revive',
    metric: 'latency',
    unit: 'ns',
    base: curve(base),
    head: curve(head),
    count: { base: 400, head: 400 },
  }
}

test('what is spread evenly is flat, and what moved stands further right', () => {
  const drawn = histogram(
    plot(
      (s) => 100 + 100 * s,
      (s) => 150 + 100 * s,
    ),
    15,
  )!
  expect([drawn.from, drawn.to]).toEqual([100, 245])
  expect(drawn.base).toMatch(/^█{10}[▁-█]?$/)
  expect(drawn.head).toMatch(/^ {5}[▁-█]█{9}$/)
})

test('a heap is high where most are; a cell with a few is not empty', () => {
  const drawn = histogram(
    plot(
      (s) => 100 * 10 ** s,
      (s) => 100 * 10 ** s,
    ),
    10,
  )!
  expect(drawn.base).toBe('█▅▄▃▂▂▂▂▁▁')
})

test('one value, one side, or a few quantiles have no shape', () => {
  const flat = plot(
    () => 5,
    () => 5,
  )
  expect(histogram(flat, 10)).toBeUndefined()
  const { head, ...alone } = plot(
    (s) => s,
    (s) => s,
  )
  expect(histogram(alone, 10)).toBeUndefined()
  expect(histogram({ ...alone, head: head!.slice(0, 5) }, 10)).toBeUndefined()
})

test('the terminal draws both sides of what changed, within its width', () => {
  const changed = report({
    verdict: 'fail',
    failedBy: ['regression'],
    comparisons: [latency('json/revive', 0.087), latency('json/revive', 0.09, { statistic: 'p99' })],
    distributions: [
      plot(
        (s) => 1e6 * (1 + s ** 3),
        (s) => 1.09e6 * (1 + s ** 3),
      ),
    ],
  })
  const lines = terminal(changed, { color: false, width: 80 }).split('\n')
  const at = lines.indexOf('json/revive latency, 95 % of all operations, 1.00 … 2.02 ms')
  expect(lines[at + 1]).toMatch(/^ {2}base {2}█[▁-█]{20,}$/)
  expect(lines[at + 2]).toMatch(/^ {2}head {3,8}[▁-█]{20,}$/)
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(80)
  const calm = report({ comparisons: [latency('json/revive', 0.01)], distributions: changed.distributions })
  expect(terminal(calm, { color: false, width: 80 })).not.toMatch(/^ {2}head {2}/m)
})
