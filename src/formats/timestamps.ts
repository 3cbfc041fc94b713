import { FormatError } from './format.ts'

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/** Reads RFC 3339 times to the nanosecond, as nanoseconds since the second of the first: since 1970 no double holds them. */
export function nanosecondsFrom(): (text: string, at: number | string) => number {
  let first: number | undefined
  return (text, at) => {
    const [, head = '', fraction = '', zone = ''] = RFC3339.exec(text) ?? []
    const seconds = Date.parse(head + zone) / 1000
    if (!Number.isFinite(seconds))
      throw new FormatError(at, `this is no time: ${JSON.stringify(text.slice(0, 60))}`)
    first ??= seconds
    return (seconds - first) * 1e9 + Number(fraction.padEnd(9, '0'))
  }
}
