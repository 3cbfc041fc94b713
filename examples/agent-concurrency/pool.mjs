// So many connections to the store and no more: who finds none free waits in line; one that nobody gives back is taken back.
import { openConnection } from './connection.mjs'
import { Refused } from './refused.mjs'

export function openPool(port, { pool: limit, times }) {
  const free = []
  const line = []
  const leases = new Set()
  let peak = 0

  function serve() {
    while (line.length > 0 && leases.size < limit) {
      const waiting = line.shift()
      clearTimeout(waiting.timer)
      waiting.resolve(lend(usable() ?? openConnection(port, times.answer)))
    }
  }

  function usable() {
    while (free.length > 0) {
      const connection = free.pop()
      if (connection.usable) return connection
    }
  }

  function lend(connection) {
    const end = () => {
      clearTimeout(timer)
      if (!leases.delete(lease)) return
      if (connection.usable) free.push(connection)
      else connection.close()
      serve()
    }
    // A leak: whoever had it will not come back.
    const timer = setTimeout(() => {
      connection.close()
      end()
    }, times.lease)
    const lease = { ask: connection.ask, end }
    leases.add(lease)
    peak = Math.max(peak, leases.size)
    return lease
  }

  return {
    take: () =>
      new Promise((resolve, reject) => {
        const waiting = { resolve, since: performance.now() }
        waiting.timer = setTimeout(() => {
          line.splice(line.indexOf(waiting), 1)
          reject(new Refused('no connection to the store was free'))
        }, times.patience)
        line.push(waiting)
        serve()
      }),
    gauges: () => ({
      pool: { used: leases.size, peak, limit },
      pool_wait: { used: line.length === 0 ? 0 : performance.now() - line[0].since, limit: times.patience },
    }),
  }
}
