import type { Warning } from '../core/warning.ts'

/**
 * A tool whose connections each wait for the answer before they ask again. A stall of the server also holds back the
 * requests that would have met it, so its tail looks shorter than it was for users (coordinated omission).
 */
export function closedLoop(tool: string, unless = ''): Warning {
  return {
    code: 'closed-loop',
    message: `${tool} waits for each answer before it asks again: a stall hides the requests it held back, so the true tail is longer than its percentiles${unless}`,
  }
}

/** An output that has no line for what got no answer: its share of failures is a lower bound. */
export function failuresUntold(what: string): Warning {
  return { code: 'failures-untold', message: `${what}: budget errors with another of its outputs` }
}
