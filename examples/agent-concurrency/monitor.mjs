// What is going on: gauges against their limits, alerts, the dashboard. All from memory: it answers whatever else is away.
import { readFileSync } from 'node:fs'

const ALERTS = JSON.parse(readFileSync(new URL('alerts.json', import.meta.url), 'utf8'))
/** Milliseconds between two looks at the thresholds, and for which an alert that fired goes on. */
const EVERY = 20
const HOLD = 500
const LAST = 1000

export function openMonitor(gauges) {
  const fired = new Map()
  const took = []
  const counts = { answered: 0, refused: 0, failed: 0 }
  setInterval(() => {
    const now = gauges()
    for (const { name, gauge, above } of ALERTS)
      if (now[gauge].used > above * now[gauge].limit) fired.set(name, performance.now())
  }, EVERY).unref()

  const alerts = () =>
    ALERTS.flatMap(({ name }) =>
      performance.now() - (fired.get(name) ?? -Infinity) < HOLD ? `${name} firing` : [],
    )

  return {
    alerts,
    count: (outcome, milliseconds) => {
      counts[outcome] += 1
      if (took.push(milliseconds) > LAST) took.shift()
    },
    /** What has ever gone over its limit. */
    broken: () =>
      Object.entries(gauges()).flatMap(([name, { peak = 0, limit }]) => (peak > limit ? name : [])),
    dashboard: () => {
      const sorted = took.toSorted((a, b) => a - b)
      const at = (share) => sorted[Math.floor(share * (sorted.length - 1))]
      return {
        ...counts,
        milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
        gauges: gauges(),
        alerts: alerts(),
      }
    },
  }
}
