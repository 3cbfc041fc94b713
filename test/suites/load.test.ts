import { createServer } from 'node:http'
import { type AddressInfo, createServer as createRaw, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { countAbove, statisticOf } from '../../src/core/distribution.ts'
import type { LoadPlan } from '../../src/core/load-plan.ts'
import { type Driven, drive } from '../../src/measure/load/drive.ts'
import { orderOf } from '../../src/measure/load/mix.ts'
import { resolveRequests } from '../../src/measure/load/resolve.ts'
import { slots } from '../../src/measure/load/slots.ts'
import { benchmark, load, metric, parsedOf, reasonOf, stage, value } from './world.ts'

/** A server in this process whose answers are the test's. */
async function raw(answer: (socket: Socket, text: string) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createRaw((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => answer(socket, data.toString('latin1')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function driven(url: string, more: Partial<LoadPlan> = {}): Promise<Driven> {
  const plan = { ...load('/', more) }
  const requests = plan.requests.map((one) => ({ ...one, url: one.url.replace(/^http:\/\/[^/]+\//, url) }))
  const resolved = resolveRequests(requests, {})
  const end = await drive({ load: { ...plan, requests }, resolved, signal: new AbortController().signal })
  if (end.kind !== 'driven') throw new Error(end.kind)
  return end.driven
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

test('latency to the nanosecond, throughput and errors of an execution', async () => {
  const outcome = await stage().execute(benchmark({ load: load('/slow') }))
  const latency = metric(outcome, 'latency')!
  expect(latency.unit).toBe('ns')
  if (latency.data.kind !== 'sampled') throw new Error('no distribution')
  expect(statisticOf(latency.data, 'min')!).toBeGreaterThan(9e6)
  // Whole milliseconds would all be multiples of a million.
  expect(Array.from(latency.data.values).filter((one) => one % 1e6 !== 0).length).toBeGreaterThan(10)
  expect(value(outcome, 'throughput')).toBeGreaterThan(10)
  expect(metric(outcome, 'error_rate')!.data).toEqual({ kind: 'scalar', value: 0, total: latency.data.count })
  const [timeline] = outcome.kind === 'measured' ? outcome.timelines! : []
  expect(timeline!.load!.reduce((sum, slot) => sum + slot.answered, 0)).toBe(latency.data.count)
  expect(timeline!.resources!.length).toBeGreaterThan(1)
})

test('an unexpected status is an error, counted with the total; an expected one is none', async () => {
  const { execute } = stage()
  const url = 'http://127.0.0.1:${PORT}'
  const one = { weight: 1, method: 'GET', headers: {} }
  const requests = [
    { ...one, name: 'good', url: `${url}/`, weight: 3 },
    { ...one, name: 'bad', url: `${url}/bad`, status: [500] },
  ]
  const fine = await execute(benchmark({ load: load('/', { requests }) }))
  expect(value(fine, 'error_rate', 'a/bad')).toBe(0)
  expect(value(fine, 'error_rate', 'a/good')).toBe(0)
  const of = (name: string) => metric(fine, 'error_rate', name)!.data as { total: number }
  expect(of('a').total).toBe(of('a/good').total + of('a/bad').total)
  expect(of('a/good').total / of('a/bad').total).toBeCloseTo(3, 1)
  expect([metric(fine, 'latency', 'a')!.primary, metric(fine, 'latency', 'a/bad')!.primary]).toEqual([
    false,
    undefined,
  ])
  const reason = reasonOf(
    await execute(
      benchmark({ load: load('/', { requests: [requests[0]!, { ...requests[1]!, status: [200] }] }) }),
    ),
  )
  expect(reason).toMatch(/^all \d+ `bad` requests failed: status 500 \(\d+\)$/)
})

test('when all fail it is an error with its reasons, not a fast green', async () => {
  const { execute } = stage()
  expect(reasonOf(await execute(benchmark({ load: load('/bad') })))).toMatch(
    /^all \d+ requests failed: status 500/,
  )
  expect(reasonOf(await execute(benchmark({ load: load('/drop') })))).toMatch(
    /^all \d+ requests failed: .*(closed before the answer|ECONNRESET)/,
  )
})

test('method, headers with variables and body reach the service', async () => {
  const seen = new Set<string>()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += piece))
    request.on('end', () => {
      seen.add(`${request.method} ${request.url} ${request.headers['x-token']} ${body}`)
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const plan = load('/', { duration: 50 })
  const requests = [
    {
      ...plan.requests[0]!,
      method: 'POST',
      url: `http://127.0.0.1:${port}/x?y=\${KIND}`,
      headers: { 'x-token': 'a${TOKEN}' },
      body: '{"n":${N}}',
    },
  ]
  const env = { KIND: 'k', TOKEN: 't\r\nx-evil: 1', N: '5' }
  parsedOf(await stage().execute(benchmark({ services: [], env, load: { ...plan, requests } })))
  expect([...seen]).toEqual(['POST /x?y=k at x-evil: 1 {"n":5}'])
  const unset = [{ ...requests[0]!, body: '${NOBODY_SETS_THIS}' }]
  const reason = reasonOf(
    await stage().execute(benchmark({ services: [], env, load: { ...plan, requests: unset } })),
  )
  expect(reason).toMatch(/^nothing sets \$\{NOBODY_SETS_THIS\}/)
})

test('a request whose connection breaks has failed, and the next is not measured from it', async () => {
  let turn = 0
  const url = await raw((socket) => {
    if (++turn % 4 === 0) socket.destroy()
    else socket.write(OK)
  })
  const { requests } = await driven(url, { connections: 1, duration: 700 })
  const { latency, answered, failed, reasons } = requests[0]!
  expect(failed).toBeGreaterThan(2)
  expect([...reasons.values()].reduce((a, b) => a + b, 0)).toBe(failed)
  expect(answered).toBeGreaterThanOrEqual(3 * failed - 3)
  // The pause after a failure is 100 ms: an answer measured from the lost request would be as long.
  expect(countAbove(latency!, 90e6)).toBe(0)
})

test('an answer in pieces, one without a length, one that closes, and early hints are all answers', async () => {
  const answers: readonly ((socket: Socket) => void)[] = [
    (socket) => {
      socket.write(OK.slice(0, 9))
      setImmediate(() => socket.write(OK.slice(9)))
    },
    (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nto the end'),
    (socket) => socket.end(OK.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n')),
    (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n${OK}`),
  ]
  for (const answer of answers) {
    const { requests } = await driven(await raw(answer), { duration: 150, timeout: 1000 })
    expect([...requests[0]!.reasons]).toEqual([])
    expect(requests[0]!.answered).toBeGreaterThan(3)
  }
})

test('HEAD has no body to wait for', async () => {
  const url = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n'))
  const requests = [{ ...load('/').requests[0]!, method: 'HEAD' }]
  const told = await driven(url, { duration: 100, timeout: 500, requests })
  expect(told.requests[0]!.failed).toBe(0)
  expect(told.requests[0]!.answered).toBeGreaterThan(3)
})

test('what is not answered in time has failed, also when the load is over before', async () => {
  const url = await raw(() => {})
  const { requests } = await driven(url, { connections: 3, duration: 50, timeout: 200 })
  expect([...requests[0]!.reasons]).toEqual([['no answer within 0.2 s', 3]])
})

test('slow answers that come after the end are counted', async () => {
  const url = await raw((socket) => setTimeout(() => socket.write(OK), 300))
  const { requests } = await driven(url, { connections: 2, duration: 100 })
  expect(requests[0]!.answered).toBe(2)
  expect(requests[0]!.inTime).toBe(0)
})

test('a rate is kept, and what waits for a free connection counts from when it was due', async () => {
  const quick = await raw((socket) => socket.write(OK))
  const steady = await driven(quick, { rate: 200, connections: 10, duration: 500 })
  const { answered, latency } = steady.requests[0]!
  expect(answered).toBeGreaterThanOrEqual(98)
  expect(answered).toBeLessThanOrEqual(101)
  expect(steady.unsent).toBeLessThan(3)
  expect(statisticOf(latency!, 'p50')!).toBeLessThan(50e6)

  // 20 ms an answer on one connection: 50/s at most of the 200/s that are asked for.
  const slow = await raw((socket) => setTimeout(() => socket.write(OK), 20))
  const late = await driven(slow, { rate: 200, connections: 1, duration: 500 })
  expect(statisticOf(late.requests[0]!.latency!, 'max')!).toBeGreaterThan(250e6)
  expect(late.unsent).toBeGreaterThan(40)
})

test('nothing of the warm-up is kept', async () => {
  let first = true
  const url = await raw((socket) => {
    if (first) setTimeout(() => socket.write(OK), 150)
    else socket.write(OK)
    first = false
  })
  const { requests } = await driven(url, { connections: 1, warmup: 300, duration: 200 })
  expect(countAbove(requests[0]!.latency!, 140e6)).toBe(0)
})

test('a spike has ten times as many clients for its time', async () => {
  const open = new Set<Socket>()
  let most = 0
  const url = await raw((socket) => {
    open.add(socket)
    most = Math.max(most, open.size)
    setTimeout(() => {
      open.delete(socket)
      socket.write(OK)
    }, 20)
  })
  const stages = [
    { share: 0.4, factor: 1 },
    { share: 0.2, factor: 10 },
    { share: 0.4, factor: 1 },
  ]
  const { slots: over } = await driven(url, { connections: 2, duration: 1000, stages })
  expect(most).toBe(20)
  const during = (from: number, to: number): number =>
    over.filter((slot) => slot.at >= from && slot.at < to).reduce((sum, slot) => sum + slot.answered, 0)
  expect(during(400, 600)).toBeGreaterThan(3 * during(0, 200))
  expect(during(400, 600)).toBeGreaterThan(3 * during(700, 900))
})

test('a mix comes as often as its weights say, evenly', () => {
  const order = orderOf([{ weight: 25 }, { weight: 5 }])
  expect(order).toEqual([0, 0, 0, 1, 0, 0])
  expect(orderOf([{ weight: 7 }])).toEqual([0])
  const long = orderOf([{ weight: 1000 }, { weight: 999 }, { weight: 1 }])
  expect(long.length).toBeLessThanOrEqual(1001)
  expect(new Set(long)).toEqual(new Set([0, 1, 2]))
})

test('slots of time grow wider, and lose nothing', () => {
  const over = slots()
  for (let at = 0; at < 100_000; at += 10) over.answered(at, at < 50_000 ? 1e6 : 4e6)
  over.failed(99_000)
  const all = over.all()
  expect(all.length).toBeLessThanOrEqual(600)
  expect(all.reduce((sum, slot) => sum + slot.answered, 0)).toBe(10_000)
  expect(all.reduce((sum, slot) => sum + slot.failed, 0)).toBe(1)
  expect(all[0]!.p99! / 1e6).toBeCloseTo(1, 1)
  expect(all.at(-1)!.p50! / 4e6).toBeCloseTo(1, 1)
})

test('a service that dies under load is said', async () => {
  const reason = reasonOf(await stage().execute(benchmark({ load: load('/die', { duration: 5000 }) })))
  expect(reason).toMatch(/^the service api ended while it was used: exit code 3/)
})

test('notes tell rate, tail and errors', async () => {
  const notes: string[] = []
  const one = benchmark({ load: load('/slow', { duration: 1300 }) })
  parsedOf(await stage().execute(one, undefined, { note: (text) => notes.push(text) }))
  expect(notes[0]).toMatch(/^\d+\/s, p99 [\d.]+ ms, 0 errors$/)
})
