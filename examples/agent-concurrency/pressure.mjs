// Far more at once than there is room for: who has no room is told so, all others are served, and no limit is passed.
import { ask, say } from './client.mjs'

const MANY = 2400

const nothing = () => ({ status: 0 })
const answers = await Promise.all(Array.from({ length: MANY }, () => ask('POST', '/agents').catch(nothing)))
const served = answers.filter(({ status }) => status === 200)
const refused = answers.filter(({ status }) => status === 503)
say({ unit: 'ms', values: answers.flatMap(({ took = [] }) => took) })
say({ metric: 'told', unit: 'ratio', better: 'higher', value: (served.length + refused.length) / MANY })
say({ metric: 'refused', unit: 'count', better: 'lower', value: refused.length })

// The runtime counts peaks itself: nothing is missed between two looks.
const { told: gauges } = await ask('GET', '/metrics')
for (const name of ['agents', 'queue', 'pool', 'contexts'])
  say({ metric: name, unit: 'ratio', better: 'lower', value: gauges[name].peak / gauges[name].limit })
process.exit(0)
