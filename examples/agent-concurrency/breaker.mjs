// Fails at once what would fail anyway: opens after failures in a row, then lets one through at a time to see.
import { Refused } from './refused.mjs'

export function openBreaker({ failures: most, pause }) {
  let failures = 0
  let until = 0

  return {
    run: async (work) => {
      if (failures >= most) {
        if (performance.now() < until) throw new Refused('the store is away')
        until = performance.now() + pause
      }
      try {
        const told = await work()
        failures = 0
        return told
      } catch (error) {
        if (error instanceof Refused) throw error
        failures += 1
        until = performance.now() + pause
        throw error
      }
    },
    gauge: () => ({ used: failures >= most ? 1 : 0, limit: 1 }),
  }
}
