// A circuit breaker: after so many failures in a row nothing is tried for a while, then one at a time until one succeeds.

/** Thrown at once for what is not tried. */
export class Open extends Error {}

/** `pause`: milliseconds until the next try; `isFailure`: which errors say that there is nobody to ask. */
export function circuitBreaker({ failures, pause, isFailure }) {
  let failed = 0
  let until = 0
  let trying = false
  let opened = 0
  const isOpen = () => failed >= failures

  return {
    state: () => (isOpen() ? 'open' : 'closed'),
    /** How often it has opened. */
    opened: () => opened,
    async call(work) {
      if (isOpen() && (trying || Date.now() < until)) throw new Open('the circuit breaker is open')
      const trial = isOpen()
      if (trial) trying = true
      try {
        const result = await work()
        failed = 0
        return result
      } catch (error) {
        failed = isFailure(error) ? failed + 1 : 0
        if (failed === failures) opened += 1
        until = Date.now() + pause
        throw error
      } finally {
        if (trial) trying = false
      }
    },
  }
}
