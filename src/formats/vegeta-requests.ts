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
}

/** `encode -to json`: an object a line. */
export function vegetaJson(): LineHandler {
  const requests = new Requests()
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
      }
      add(requests, row, number)
    },
    end: () => content(requests),
  }
}

/** `encode -to csv`: no header; since version 12.8 with method, URL and headers at the end. */
export function vegetaCsv(): LineHandler {
  const requests = new Requests()
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
      const [timestamp, code, latency, , , , , attack, , method, url] = cells
      whole(timestamp!, number, 'timestamp')
      first ??= BigInt(timestamp!)
      const row: Row = {
        start: Number(BigInt(timestamp!) - first),
        code: whole(code!, number, 'code'),
        latency: whole(latency!, number, 'latency'),
        attack: attack!,
        method: method ?? '',
        url: url ?? '',
      }
      add(requests, row, number)
    },
    end: () => content(requests),
  })
}

function whole(text: string, at: number, what: string): number {
  if (!/^\d{1,19}$/.test(text))
    throw new FormatError(at, `"${what}" is not a whole number: ${JSON.stringify(text.slice(0, 60))}`)
  return figure(text, at, what)
}

/** Code 0: no response. Both and any status from 400 are failures by vegeta's own `success`. */
function add(requests: Requests, { start, code, latency, attack, method, url }: Row, line: number): void {
  const name = JSON.stringify([attack, method, url])
  requests.add({ name, latency, failed: code < 200 || code >= 400, start, end: start + latency }, line)
}

function content(requests: Requests): Content {
  return requests.content({ factor: 1, ticks: 1e9, warnings: [], throughput: 'successes', call: calls })
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
