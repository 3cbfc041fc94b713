import type { Warning } from '../core/warning.ts'
import { figure } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import { parseJsonLine } from './json.ts'
import type { LineHandler } from './lines.ts'
import { Requests } from './requests.ts'
import { tableLines } from './table-lines.ts'
import { nanosecondsFrom } from './timestamps.ts'

/** What both encodings tell of a request, in nanoseconds; its start since some time in the first row. */
interface Row {
  readonly start: number
  readonly code: number
  readonly latency: number
  readonly attack: string
  readonly method: string
  readonly url: string
  /** Of the request within its attack, from 0; undefined: not told. */
  readonly number: number | undefined
}

/** `encode -to json`: an object a line. */
export function vegetaJson(): LineHandler {
  const requests = new Requests()
  const numbers = new Numbers()
  const since = nanosecondsFrom()
  return {
    line(text, number) {
      if (text.trim() === '') return
      const line = parseJsonLine(text, number)
      const row: Row = {
        start: since(line.at('timestamp').string(), number),
        code: line.at('code').count(),
        latency: line.at('latency').amount(),
        attack: line.get('attack')?.string() ?? '',
        method: line.get('method')?.string() ?? '',
        url: line.get('url')?.string() ?? '',
        number: line.get('seq')?.count(),
      }
      add(requests, numbers, row, number)
    },
    end: () => content(requests, numbers),
  }
}

/** `encode -to csv`: no header; since version 12.8 with method, URL and headers at the end. */
export function vegetaCsv(): LineHandler {
  const requests = new Requests()
  const numbers = new Numbers()
  let width = 0
  let first: bigint | undefined
  return tableLines({
    row(cells, number) {
      if (width === 0) width = cells.length
      if (cells.length !== width || cells.length < 9)
        throw new FormatError(
          number,
          `expected ${Math.max(width, 9)} cells, got ${cells.length}`,
          'was the output cut short?',
        )
      const [timestamp, code, latency, , , , , attack, seq, method, url] = cells
      whole(timestamp!, number, 'timestamp')
      first ??= BigInt(timestamp!)
      const row: Row = {
        start: Number(BigInt(timestamp!) - first),
        code: whole(code!, number, 'code'),
        latency: whole(latency!, number, 'latency'),
        attack: attack!,
        method: method ?? '',
        url: url ?? '',
        number: whole(seq!, number, 'seq'),
      }
      add(requests, numbers, row, number)
    },
    end: () => content(requests, numbers),
  })
}

function whole(text: string, at: number, what: string): number {
  if (!/^\d{1,19}$/.test(text))
    throw new FormatError(at, `"${what}" is not a whole number: ${JSON.stringify(text.slice(0, 60))}`)
  return figure(text, at, what)
}

/** Code 0: no response. Both and any status from 400 are failures by vegeta's own `success`. */
function add(requests: Requests, numbers: Numbers, row: Row, line: number): void {
  const { start, code, latency, attack, method, url } = row
  const name = JSON.stringify([attack, method, url])
  requests.add({ name, latency, failed: code < 200 || code >= 400, start, end: start + latency }, line)
  if (row.number !== undefined) numbers.add(attack, row.number)
}

function content(requests: Requests, numbers: Numbers): Content {
  const warnings = numbers.warnings()
  return requests.content({ factor: 1, ticks: 1e9, warnings, throughput: 'successes', call: calls })
}

/** An attack numbers its requests from 0, and tells them as they end: what is not there before the last is known. */
class Numbers {
  readonly #attacks = new Map<string, { last: number; count: number }>()

  add(attack: string, number: number): void {
    const known = this.#attacks.get(attack) ?? { last: -1, count: 0 }
    known.last = Math.max(known.last, number)
    known.count += 1
    this.#attacks.set(attack, known)
  }

  warnings(): Warning[] {
    return [...this.#attacks.values()].flatMap(({ last, count }) => {
      if (count > last) return []
      const message = `the results have ${count} of at least ${last + 1} requests: some are missing, or were cut off`
      return { code: 'partial-log', message }
    })
  }
}

/**
 * One target is anonymous unless the attack has a name. Of several, the origin is left out where all share it: the port
 * may be another in every run.
 */
function calls(keys: readonly string[]): (key: string) => string {
  const targets = new Map(
    keys.map((key) => [key, JSON.parse(key) as [attack: string, method: string, url: string]]),
  )
  if (targets.size === 1) return (key) => targets.get(key)![0]
  const origins = new Set([...targets.values()].map(([, , url]) => originOf(url)))
  return (key) => {
    const [attack, method, url] = targets.get(key)!
    const target = origins.size === 1 ? url.slice(originOf(url).length) || '/' : url
    return [attack, method, target].filter((part) => part !== '').join(' ')
  }
}

function originOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? ''
}
