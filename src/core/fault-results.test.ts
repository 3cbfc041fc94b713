import { expect, test } from 'vitest'
import type { FaultPlan } from './fault-plan.ts'
import { faultResults } from './fault-results.ts'
import type { LoadSlot } from './timeline.ts'

const WELL = { answered: 20, failed: 0, p99: 10e6 }
const DOWN = { answered: 0, failed: 20 }

/** Slots of 100 ms, one for each letter: `w` is well, anything else is down. */
const slots = (states: string) =>
  [...states].map((state, i): LoadSlot => ({ at: i * 100, width: 100, ...(state === 'w' ? WELL : DOWN) }))

const plan = (name: string): FaultPlan => ({
  name,
  after: 0,
  for: 0,
  disturbance: { kind: 'kill', service: 'db' },
  window: 300,
  tolerance: 1,
})
const outcome = (name: string, injected: number) => ({
  plan: plan(name),
  injected,
  healed: injected + 200,
  lost: undefined,
})

/** `recovered` and `recovery` in milliseconds of two faults, at 1 and 2 seconds of three. */
function tell(states: string): Record<string, number> {
  const load = { benchmark: 'b', slotsFor: () => slots(states), duration: 3500, stages: false }
  const told = faultResults([outcome('one', 1000), outcome('two', 2000)], load)
  if (told.kind === 'unknown') throw new Error(told.reason)
  return Object.fromEntries(
    told.results.flatMap(({ benchmark, metric, data }) =>
      data.kind === 'scalar' && metric.startsWith('recover')
        ? [[`${benchmark} ${metric}`, metric === 'recovery' ? data.value / 1e6 : data.value]]
        : [],
    ),
  )
}

test('each of two faults is held to what was normal since the one before was over', () => {
  expect(tell('wwwwwwwwww..wwwwwwww...wwwwwwwwwwwww')).toEqual({
    'b recovered': 1,
    'b/one recovered': 1,
    'b/one recovery': 200,
    'b/two recovered': 1,
    'b/two recovery': 300,
  })
})

test('a fault that did not recover is told as that, and so is the next one by what was normal before both', () => {
  expect(tell('wwwwwwwwww.........................')).toEqual({
    'b recovered': 0,
    'b/one recovered': 0,
    'b/one recovery': 1000,
    'b/two recovered': 0,
    'b/two recovery': 1500,
  })
  expect(tell('wwwwwwwwww...............wwwwwwwwww')).toMatchObject({
    'b recovered': 0.5,
    'b/one recovered': 0,
    'b/two recovered': 1,
    'b/two recovery': 500,
  })
})
