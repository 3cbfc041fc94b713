/**
 * How fast k6's points are read: MB/s of `ingest` beside `JSON.parse` of every line, the bare reading of lines and, where
 * they are there, `jq -c .data.value` and `wc -l`, on one generated file in one run; and the most memory that it took.
 *
 * `npm run bench:ingest`, or with another size `npm run bench:ingest -- 2000` (megabytes).
 */
import { execFileSync } from 'node:child_process'
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ingest } from '../src/ingest.ts'

const MEGABYTES = Number(process.argv[2] ?? 300)
const TURNS = 3
const OWN = 'tailgate'
const PARSE = 'JSON.parse of each line'

/** Points of real shape: every request has eight, with tags; one in fifty failed; durations spread over four decades. */
function write(file: string): void {
  const out = openSync(file, 'w')
  const trends = ['duration', 'blocked', 'connecting', 'tls_handshaking', 'sending', 'waiting', 'receiving']
  const declare = (name: string, type: string, contains: string) =>
    `${JSON.stringify({ type: 'Metric', data: { name, type, contains, thresholds: [], submetrics: null }, metric: name })}\n`
  writeSync(out, declare('http_reqs', 'counter', 'default') + declare('http_req_failed', 'rate', 'default'))
  for (const name of trends) writeSync(out, declare(`http_req_${name}`, 'trend', 'time'))
  let seed = 1
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32
  }
  let written = 0
  let clock = Date.UTC(2026, 10, 21)
  while (written < MEGABYTES * 1e6) {
    let text = ''
    for (let i = 0; i < 500; i++) {
      clock += random() * 3
      const whole = new Date(clock).toISOString().slice(0, 19)
      const time = `${whole}.${String(Math.floor(random() * 1e9)).padStart(9, '0')}Z`
      const failed = random() < 0.02
      const tags = `{"expected_response":"${!failed}","group":"","method":"GET","name":"http://127.0.0.1:18081/api/orders","proto":"HTTP/1.1","scenario":"default","status":"${failed ? 500 : 200}","url":"http://127.0.0.1:18081/api/orders/${Math.floor(random() * 1e4)}"}`
      const point = (metric: string, value: number) => {
        text += `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${value},"tags":${tags}}}\n`
      }
      point('http_reqs', 1)
      for (const name of trends)
        point(
          `http_req_${name}`,
          name === 'tls_handshaking' ? 0 : Math.round(10 ** (4 * random()) * 1e6) / 1e7,
        )
      point('http_req_failed', failed ? 1 : 0)
    }
    writeSync(out, text)
    written += text.length
  }
  closeSync(out)
}

async function eachPiece(file: string): Promise<number> {
  let bytes = 0
  for await (const piece of createReadStream(file, { highWaterMark: 2 ** 18 }))
    bytes += (piece as Buffer).length
  return bytes
}

async function eachLine(file: string, use: (line: string) => unknown): Promise<void> {
  let rest = ''
  const input = createReadStream(file, { highWaterMark: 2 ** 20, encoding: 'utf8' })
  for await (const piece of input) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const line of lines) use(line)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tailgate-bench-'))
const file = join(folder, 'points.ndjson')
try {
  write(file)
  const megabytes = statSync(file).size / 1e6
  console.log(
    `${megabytes.toFixed(0)} MB of k6 points, node ${process.version}, the best of ${TURNS} turns each`,
  )
  const best = new Map<string, number>()
  let peak = 0
  const contestants: readonly (readonly [string, () => unknown])[] = [
    ['bytes alone', () => eachPiece(file)],
    [OWN, () => ingest(file, 'auto')],
    ['lines alone', () => eachLine(file, () => {})],
    [PARSE, () => eachLine(file, (line) => JSON.parse(line))],
    [
      'jq -c .data.value',
      () => execFileSync('sh', ['-c', `jq -c .data.value ${file} >/dev/null`], { stdio: 'ignore' }),
    ],
    ['wc -l', () => execFileSync('wc', ['-l', file])],
  ]
  for (let turn = 0; turn < TURNS; turn++)
    for (const [name, run] of contestants) {
      const watch = setInterval(() => {
        if (name === OWN) peak = Math.max(peak, process.memoryUsage.rss())
      }, 10)
      const start = process.hrtime.bigint()
      try {
        await run()
        const rate = megabytes / (Number(process.hrtime.bigint() - start) / 1e9)
        best.set(name, Math.max(best.get(name) ?? 0, rate))
      } catch {
        // jq is not everywhere.
      }
      clearInterval(watch)
      // The memory of the others is not this one's.
      if (name === PARSE) global.gc?.()
    }
  for (const [name, rate] of best) console.log(`${name.padEnd(26)} ${rate.toFixed(0).padStart(6)} MB/s`)
  console.log(`${'resident at most'.padEnd(26)} ${(peak / 1e6).toFixed(0).padStart(6)} MB while ${OWN} reads`)
  console.log(`${(best.get(OWN)! / best.get(PARSE)!).toFixed(1)} times ${PARSE}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
