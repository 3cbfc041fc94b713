// The runtime's side of the thinker: started again whenever it ends, and nobody waits for one that is gone.
import { fork } from 'node:child_process'
import { Refused } from './refused.mjs'

/** Comes when it can think. */
export async function openThinking({ contexts: limit, restart }) {
  const waiting = new Map()
  let next = 0
  let child
  let ready = false
  let [used, peak] = [0, 0]
  let begun

  function start() {
    child = fork(new URL('thinker.mjs', import.meta.url))
    child.on('message', ({ id, thought, used: now }) => {
      ready = true
      used = now
      peak = Math.max(peak, used)
      begun?.()
      waiting.get(id)?.resolve(thought)
      waiting.delete(id)
    })
    child.on('error', () => {})
    child.on('exit', () => {
      ready = false
      for (const { reject } of waiting.values()) reject(new Refused('the thinker is being started again'))
      waiting.clear()
      setTimeout(start, restart)
    })
  }
  await new Promise((resolve) => {
    begun = resolve
    start()
  })

  return {
    think: (run, before) =>
      new Promise((resolve, reject) => {
        if (!ready) throw new Refused('the thinker is being started again')
        const id = next++
        waiting.set(id, { resolve, reject })
        child.send({ id, run, before })
      }),
    gauges: () => ({
      contexts: { used, peak, limit },
      thinker_away: { used: ready ? 0 : 1, limit: 1 },
    }),
  }
}
