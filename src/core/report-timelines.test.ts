import { expect, test } from 'vitest'
import type { Execution } from './execution.ts'
import { reportTimelines } from './report-timelines.ts'
import type { MetricResult } from './result.ts'

const scalar = (benchmark: string, metric: string, value: number): MetricResult => ({
  benchmark,
  metric,
  unit: metric === 'recovery' || metric === 'detect' ? 'ns' : 'count',
  better: 'lower',
  data: { kind: 'scalar', value },
})

function execution(round: number, recovery: number): Execution {
  const of = 'checkout/restart'
  const results = [
    scalar(of, 'recovery', recovery),
    scalar(of, 'detect', 2e8),
    scalar(of, 'recovered', 1),
    scalar(of, 'fault_errors', 12),
    scalar('checkout/other', 'data_loss', 9),
  ]
  const faults = [{ name: 'restart', injected: 1000.4, healed: 1499.6 }]
  return {
    benchmark: 'checkout',
    side: 'head',
    round,
    order: 0,
    outcome: {
      kind: 'measured',
      parsed: { format: 'load', results, warnings: [] },
      seconds: 1,
      timelines: [{ benchmark: 'checkout', faults }],
    },
  }
}

test('a fault is kept with what the same round told of it, and with nothing else', () => {
  expect(reportTimelines([execution(0, 9e9), execution(1, 7.5e8)])).toEqual([
    {
      benchmark: 'checkout',
      side: 'head',
      round: 1,
      faults: [
        {
          name: 'restart',
          injected: 1000,
          healed: 1500,
          detect: 200,
          recovery: 750,
          recovered: true,
          errors: 12,
        },
      ],
    },
  ])
})

test('of more than are kept, polls make room for what was disturbed', () => {
  const { outcome, ...rest } = execution(0, 1)
  const polls = Array.from({ length: 60 }, (_, i) => ({ benchmark: `checkout/poll ${i}`, load: [] }))
  if (outcome.kind !== 'measured') throw new Error(outcome.reason)
  const kept = reportTimelines([
    { ...rest, outcome: { ...outcome, timelines: [...polls, ...outcome.timelines!] } },
  ])
  expect(kept).toHaveLength(40)
  expect(kept[0]).toMatchObject({ benchmark: 'checkout', faults: [{ name: 'restart' }] })
})
