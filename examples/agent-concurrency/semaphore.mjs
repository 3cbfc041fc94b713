// So many at once; the others wait in line, and the line is limited too: back-pressure instead of a heap that grows.
import { Refused } from './refused.mjs'

/** The regressed variant has lost the one word that makes agents wait for their turn. */
const REGRESSED = process.env.REGRESSED === '1'

export function openSemaphore({ agents: limit, queue }) {
  const line = []
  let used = 0
  /** Counted where the work is done, whatever the turns say. */
  let [running, peak, longest] = [0, 0, 0]

  function enter() {
    if (used < limit) {
      used += 1
      return Promise.resolve()
    }
    if (line.length >= queue) throw new Refused('too many are waiting')
    return new Promise((resolve) => {
      line.push(resolve)
      longest = Math.max(longest, line.length)
    })
  }

  /** Whoever is first in line takes the place over. */
  function leave() {
    const next = line.shift()
    if (next === undefined) used -= 1
    else next()
  }

  return {
    run: async (work) => {
      const turn = enter()
      if (!REGRESSED) await turn
      running += 1
      peak = Math.max(peak, running)
      try {
        return await work()
      } finally {
        running -= 1
        leave()
      }
    },
    gauges: () => ({
      agents: { used: running, peak, limit },
      queue: { used: line.length, peak: longest, limit: queue },
    }),
  }
}
