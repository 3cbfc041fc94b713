// Registrations of members and agents, and claims on policies. What it confirms is in the database; what needs none
// (plans, health) is answered whatever the database does.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { circuitBreaker, Open } from './breaker.mjs'
import { openPool } from './pool.mjs'
import { rateLimit } from './rate-limit.mjs'
import { store } from './store.mjs'

/** The regressed variant has one connection for everybody. */
const POOL = process.env.REGRESSED === '1' ? 1 : 50
/** Milliseconds that the database may take for an answer, and work for a connection. */
const PATIENCE = 1000

const limit = rateLimit({ most: 5, window: 60_000 })
/** What the database says of a value (SQLSTATE 22 and 23) is an answer like any other. */
const isRefused = ({ code }) => /^2[23]/.test(code)
const breaker = circuitBreaker({ failures: 5, pause: 100, isFailure: (error) => !isRefused(error) })
const pool = openPool({
  size: POOL,
  open: () => store.open({ port: process.env.DB_PORT, patience: PATIENCE }),
  patience: PATIENCE,
})
const ask = (work) => breaker.call(() => pool.use(work))

await pool.use(store.prepare)
await pool.fill()
const name = await pool.use(store.name)

/** The numbers of the last registrations that were confirmed. */
const receipts = new Int32Array(65_536)
let confirmed = 0

async function register(kind, { email = `${randomUUID()}@example.com` }) {
  const id = await ask((session) => store.register(session, kind, email))
  if (id === undefined) return [409, { error: 'this address is registered already' }]
  receipts[confirmed++ % receipts.length] = id
  return [201, { id }]
}

/** A claim that comes without a key of its own cannot be told twice. */
async function claim({ key = randomUUID(), policy = 1 + Math.floor(Math.random() * 1000), amount = 1 }) {
  const { number, told } = await ask((session) => store.claim(session, key, policy, amount))
  if (number === undefined) return [422, { error: 'the cover does not suffice' }]
  return [told ? 200 : 201, { policy, number }]
}

const PLANS = [
  { plan: 'family', price: 30 },
  { plan: 'single', price: 20 },
]

/** As an alert manager tells them: what has been over for a while is resolved. */
function alerts() {
  if (breaker.state() === 'open') return ['database breaker firing']
  return breaker.opened() > 0 ? ['database breaker resolved'] : []
}

const ROUTES = {
  'POST /register/member': (body) => register('member', body),
  'POST /register/agent': (body) => register('agent', body),
  'POST /claim': claim,
  'GET /report': async () => [200, await ask(store.report)],
  'GET /plans': () => [200, PLANS],
  'GET /health': () => [200, { well: true, database: name, breaker: breaker.state() }],
  'GET /alerts': () => [200, alerts()],
  'GET /receipts': () => [200, { confirmed, ids: [...receipts.subarray(0, confirmed)] }],
}

/** Its own proxy tells for whom it asks; who asks without one is a neighbour and not limited. */
function answer(request, body) {
  const route = ROUTES[`${request.method} ${request.url}`]
  if (route === undefined) return [404, {}]
  const client = request.headers['x-forwarded-for']
  if (client !== undefined && request.url.startsWith('/register/')) {
    const wait = limit(client)
    if (wait > 0) return [429, { error: 'at most 5 registrations a minute' }, Math.ceil(wait / 1000)]
  }
  return route(body === '' ? {} : JSON.parse(body))
}

async function answered(request, body) {
  try {
    return await answer(request, body)
  } catch (error) {
    if (error instanceof SyntaxError || isRefused(error)) return [400, { error: error.message }]
    return [503, { error: error.message }, ...(error instanceof Open ? [1] : [])]
  }
}

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (piece) => {
    body += piece
  })
  request.on('end', async () => {
    const [status, told, retry] = await answered(request, body)
    if (retry !== undefined) response.setHeader('retry-after', retry)
    response.writeHead(status).end(JSON.stringify(told))
  })
})
server.listen(process.env.PORT, '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
