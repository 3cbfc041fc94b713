// What many do at the same moment, and what the database then holds: `node measure.mjs WHAT` prints its measurements.
import { store } from './store.mjs'

const session = await store.open({ port: process.env.DB_PORT, patience: 5000 })
const say = (result) => console.log(JSON.stringify(result))
const count = (metric, value, better = 'lower') => say({ metric, unit: 'count', better, value })
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const times = (many, make) => Array.from({ length: many }, (_, i) => make(i))

async function ask(method, path, body, headers) {
  const began = performance.now()
  const told = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, told)
  const { status } = answer
  return {
    status,
    ...(await answer.json()),
    wait: answer.headers.get('retry-after'),
    took: performance.now() - began,
  }
}
const register = (kind, email, headers) => ask('POST', `/register/${kind}`, { email }, headers)

const MEASURES = {
  /** Fifty reports wait for the end of maintenance, each in a session of its own. */
  connections: async () => {
    await store.maintain(session)
    const reports = Promise.all(times(50, () => ask('GET', '/report')))
    let most = 0
    for (const began = performance.now(); most < 50 && performance.now() - began < 2000; await pause(5))
      most = Math.max(most, await store.waiting(session))
    const ended = performance.now()
    await store.endMaintenance(session)
    const failed = (await reports).filter(({ status }) => status !== 200).length
    count('at_once', most, 'higher')
    say({ metric: 'all_done', unit: 'ms', better: 'lower', value: performance.now() - ended })
    say({ metric: 'error_rate', unit: 'ratio', value: failed / 50 })
  },

  /** Twenty at once, ten of each kind; every other time each of them comes twice. */
  registrations: async () => {
    const kinds = ['member', 'agent']
    const told = { values: [], conflicts: 0, lost: 0, doubled: 0 }
    for (let wave = 0; wave < 10; wave++) {
      const start = `wave-${process.pid}-${wave}-`
      const copies = wave % 2 === 0 ? 1 : 2
      const sent = times(20, (i) => times(copies, () => register(kinds[i % 2], `${start}${i}`)))
      for (const one of sent) {
        const answers = await Promise.all(one)
        const statuses = answers.map(({ status }) => status).sort()
        if (statuses.join() !== [201, 409].slice(0, copies).join()) told.conflicts += 1
        told.values.push(...answers.map(({ took }) => took))
      }
      const there = await store.registered(session, start)
      told.lost += 20 - there.different
      told.doubled += there.count - there.different
    }
    say({ unit: 'ms', values: told.values })
    for (const metric of ['conflicts', 'lost', 'doubled']) count(metric, told[metric])
  },

  /** Fifteen at once on the same policy, each told twice: numbers 1 to 15, and the cover is less by what was claimed. */
  claims: async () => {
    const told = { values: [], conflicts: 0, lost: 0, doubled: 0 }
    for (let policy = 1; policy <= 10; policy++) {
      const body = (i) => ({ key: `${process.pid}-${policy}-${i}`, policy, amount: 100 + i })
      const before = 1_000_000
      const sent = times(15, (i) => times(2, () => ask('POST', '/claim', body(i))))
      const numbers = new Set()
      for (const one of sent) {
        const [first, second] = await Promise.all(one)
        if (first.number === undefined || first.number !== second.number) told.conflicts += 1
        if ([first.status, second.status].sort().join() !== '200,201') told.doubled += 1
        numbers.add(first.number)
        told.values.push(first.took, second.took)
      }
      const there = await store.claimed(session, policy)
      const claimed = times(15, (i) => 100 + i).reduce((sum, amount) => sum + amount, 0)
      told.lost += 15 - there.different
      told.doubled += there.count - there.different
      if (numbers.size !== 15 || there.max !== 15 || there.cover !== before - claimed) told.conflicts += 1
    }
    say({ unit: 'ms', values: told.values })
    for (const metric of ['conflicts', 'lost', 'doubled']) count(metric, told[metric])
  },

  /** Twenty clients of which each comes eight times at once; FULL=1 also waits until they may come again. */
  'rate limit': async () => {
    const clients = times(20, (i) => ({ 'x-forwarded-for': `192.0.2.${i}` }))
    const visit = (headers, many) => Promise.all(times(many, () => register('member', undefined, headers)))
    const admitted = (answers) => answers.filter(({ status }) => status === 201).length
    const visits = await Promise.all(clients.map((headers) => visit(headers, 8)))
    const refused = visits.flat().filter(({ status }) => status === 429)
    say({ metric: 'admitted', unit: 'count', values: visits.map(admitted) })
    say({ metric: 'sixth_refused', unit: 'ratio', better: 'higher', value: refused.length / (20 * 3) })
    say({
      metric: 'told_to_wait',
      unit: 's',
      better: 'lower',
      value: Math.max(...refused.map(({ wait }) => wait)),
    })
    if (process.env.FULL !== '1') return
    await pause(61_000)
    const again = await Promise.all(clients.map((headers) => visit(headers, 1)))
    say({ metric: 'admitted_again', unit: 'ratio', better: 'higher', value: admitted(again.flat()) / 20 })
  },
}

await MEASURES[process.argv[2]]()
say({ note: `registrations and claims are in ${store.name(session)}` })
session.close()
