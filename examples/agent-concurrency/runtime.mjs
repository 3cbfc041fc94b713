// The agent runtime: each request runs an agent, a limited number at once, and all that they do is in the store first.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openBreaker } from './breaker.mjs'
import { openMonitor } from './monitor.mjs'
import { openPool } from './pool.mjs'
import { Refused } from './refused.mjs'
import { openSemaphore } from './semaphore.mjs'
import { openThinking } from './thinking.mjs'

const LIMITS = JSON.parse(readFileSync(new URL('limits.json', import.meta.url), 'utf8'))
const semaphore = openSemaphore(LIMITS)
const pool = openPool(process.env.STORE_PORT, LIMITS)
const breaker = openBreaker(LIMITS.breaker)
const thinking = await openThinking(LIMITS)
const gauges = () => ({
  ...semaphore.gauges(),
  ...pool.gauges(),
  ...thinking.gauges(),
  breaker: breaker.gauge(),
})
const monitor = openMonitor(gauges)
const born = randomUUID()
let runs = 0

const ask = (message) =>
  breaker.run(async () => {
    const lease = await pool.take()
    try {
      return await lease.ask(message)
    } finally {
      lease.end()
    }
  })

/** Once more if it went wrong: a step that the store has got already counts once. */
const told = (message) =>
  ask(message).catch((error) => {
    if (error instanceof Refused) throw error
    return ask(message)
  })

/** Two steps, each durable before the next. */
async function agent() {
  const run = `${born}-${runs++}`
  let thought = ''
  for (const step of [1, 2]) {
    thought = await thinking.think(run, thought)
    await told({ op: 'append', run, step, thought, done: step === 2 })
  }
  return { run, thought }
}

/** A program error as it happens: connections that are taken and never given back. */
function leak() {
  for (let i = 0; i < LIMITS.pool; i++) pool.take().catch(() => {})
}

const ROUTES = {
  'POST /agents': () => semaphore.run(agent),
  'POST /leak': leak,
  'GET /metrics': gauges,
  'GET /alerts': monitor.alerts,
  'GET /dashboard': monitor.dashboard,
  'GET /health': () => 'well',
  'GET /limits': () => {
    const broken = monitor.broken()
    if (broken.length > 0) throw new Error(`over the limit: ${broken}`)
  },
}

const server = createServer((request, response) => {
  const [name] = request.url.split('?')
  const route = ROUTES[`${request.method} ${name}`]
  const began = performance.now()
  const counts = name === '/agents'
  request.resume()
  request.on('end', async () => {
    try {
      const answer = await route?.()
      response.statusCode = route === undefined ? 404 : 200
      if (counts) monitor.count('answered', performance.now() - began)
      response.end(JSON.stringify(answer ?? {}))
    } catch (error) {
      const refused = error instanceof Refused
      response.statusCode = refused ? 503 : 500
      if (refused) response.setHeader('retry-after', '1')
      if (counts) monitor.count(refused ? 'refused' : 'failed', performance.now() - began)
      response.end(JSON.stringify({ error: error.message }))
    }
  })
})
server.listen({ port: process.env.PORT, host: '127.0.0.1', backlog: 2048 })
process.on('SIGTERM', () => process.exit(0))
