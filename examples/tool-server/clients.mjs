// A hundred clients at once, each sure of what it may expect; prints its measurements.
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })
const say = (result) => console.log(JSON.stringify(result))
const all = (count, work) => Promise.all(Array.from({ length: count }, (_, i) => work(i)))

/** `status` and what was answered. */
function call(tool, args) {
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port: process.env.PORT, path: `/tools/${tool}`, method: 'POST', agent }
    const sent = request(to, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece) => (text += piece))
      answer.on('end', () => resolve({ status: answer.statusCode, ...JSON.parse(text) }))
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(args))
  })
}

const WHAT = {
  /** 10,000 operations from 100 workers; then every write that was confirmed is asked for. */
  operations: async () => {
    const [workers, each, keys] = [100, 100, 5]
    const took = []
    let failed = 0
    const written = new Map()
    const began = performance.now()
    await all(workers, async (worker) => {
      for (let i = 0; i < each; i++) {
        const key = `worker ${worker}, ${i % keys}`
        const text = `Operation ${i} of worker ${worker}.`
        const start = performance.now()
        const good = await OPERATIONS[i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2](key, text, written).catch(
          () => false,
        )
        if (good) took.push(performance.now() - start)
        else failed += 1
      }
    })
    const seconds = (performance.now() - began) / 1000
    let lost = 0
    for (const [key, { text, version }] of written) {
      const record = await call('read', { key })
      if (record.text !== text || record.version !== version) lost += 1
    }
    const total = workers * each
    say({ benchmark: 'operations', unit: 'ms', values: took })
    say({ benchmark: 'operations', metric: 'throughput', unit: '1/s', value: took.length / seconds })
    say({ benchmark: 'operations', metric: 'error_rate', unit: 'ratio', value: failed / total })
    for (const [metric, value] of Object.entries({ total, succeeded: took.length, failed }))
      say({ benchmark: 'operations', metric, unit: 'count', value })
    say({ benchmark: 'operations', metric: 'duration', unit: 's', value: seconds })
    say({ benchmark: 'operations', metric: 'lost', unit: 'count', better: 'lower', value: lost })
  },

  /** 100 workers on one key: each takes the lock, reads, and writes what it read and one more. */
  locks: async () => {
    const [workers, turns, key] = [100, 3, 'contended']
    const waited = []
    let [inside, together] = [0, 0]
    await call('write', { key, text: '0' })
    await all(workers, async () => {
      for (let i = 0; i < turns; i++) {
        const start = performance.now()
        const { token } = await call('lock', { key })
        waited.push(performance.now() - start)
        inside += 1
        if (inside > 1) together += 1
        const { text } = await call('read', { key })
        await call('write', { key, text: String(Number(text) + 1) })
        inside -= 1
        await call('unlock', { key, token })
      }
    })
    const { text } = await call('read', { key })
    say({ benchmark: 'locks', unit: 'ms', values: waited })
    say({ benchmark: 'locks', metric: 'together', unit: 'count', better: 'lower', value: together })
    say({
      benchmark: 'locks',
      metric: 'counted',
      unit: 'ratio',
      better: 'higher',
      value: Number(text) / (workers * turns),
    })
  },

  /** Pairs of writes that both replace the same version: one wins, the other is told, and what is read is the winner's. */
  conflicts: async () => {
    const pairs = 100
    const took = []
    let decided = 0
    await all(pairs, async (pair) => {
      const key = `pair ${pair}`
      const { version } = await call('write', { key, text: 'as it was' })
      const start = performance.now()
      const told = await all(2, (i) => call('write', { key, text: `of ${i}`, expect: version }))
      took.push(performance.now() - start)
      const winner = told.findIndex(({ status }) => status === 200)
      const loser = told.findIndex(({ status }) => status === 409)
      const record = await call('read', { key })
      if (winner + loser === 1 && record.text === `of ${winner}` && record.version === version + 1)
        decided += 1
    })
    say({ benchmark: 'conflicts', unit: 'ms', values: took })
    say({
      benchmark: 'conflicts',
      metric: 'one_winner',
      unit: 'ratio',
      better: 'higher',
      value: decided / pairs,
    })
  },
}

/** Whether it went well. */
const OPERATIONS = [
  async (key, text, written) => {
    const { status, version } = await call('write', { key, text })
    if (status === 200) written.set(key, { text, version })
    return status === 200
  },
  async (key, _, written) => {
    const { status, text } = await call('read', { key })
    return status === 200 && text === written.get(key).text
  },
  async () => (await call('search', { words: 'boiler checked' })).status === 200,
]

for (const work of Object.values(WHAT)) await work()
agent.destroy()
