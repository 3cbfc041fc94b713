import { factorOf } from '../core/unit.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'

const PART = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)/y

/** `13.90ms`, `328.26us`, Go's `1m2.5s`: nanoseconds. Throws FormatError that names what it should have been. */
export function duration(text: string, at: number | string | undefined, what: string): number {
  let total = 0
  let end = 0
  do {
    PART.lastIndex = end
    const part = PART.exec(text)
    if (part === null)
      throw new FormatError(at, `"${what}" is not a time with its unit: ${JSON.stringify(text.slice(0, 60))}`)
    total += figure(part[1]!, at, what) * factorOf(part[2]!)
    end = PART.lastIndex
  } while (end < text.length)
  return total
}

const PREFIX: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }

/** `1.22k`: a number with a decimal prefix. */
export function scaled(text: string, at: number | string | undefined, what: string): number {
  const found = /^(.*?)([kKMGT]?)$/s.exec(text)
  return figure(found?.[1] ?? '', at, what) * (PREFIX[found?.[2] ?? ''] ?? 1)
}
