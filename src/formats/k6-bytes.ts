import { type ByteLineHandler, Pattern, type Piece } from './byte-lines.ts'
import { k6Points, type Point } from './k6-points.ts'
import { rfc3339Seconds } from './rfc3339.ts'

const VALUE = new Pattern('","value":')
const TAGS = new Pattern(',"tags":{')

const QUOTE = 34
const POINT = 46
const ZERO = 48
const ZULU = 90
const BACKSLASH = 92
const CLOSE = 125

/**
 * Reads points where they lie in the bytes of the file: a line exactly as k6 writes it costs no object and no string,
 * and of its tags only the end is looked at. Any other line (keys in another order, an escape, an exponent, a number of
 * more than 15 digits, a metric with sub-metrics) is decoded and parsed as JSON.
 */
export function k6ByteLines(decode: (bytes: Uint8Array) => string): ByteLineHandler {
  const points = k6Points()
  const metrics = new Metrics()
  const clock = new Clock(decode)

  /** False where the line is not as k6 writes it. */
  const fast = (piece: Piece, start: number, end: number, number: number): boolean => {
    const { bytes } = piece
    if (bytes[end - 1] !== CLOSE || bytes[end - 2] !== CLOSE) return false
    const metric = metrics.at(piece, start, end)
    if (metric === undefined) return false
    const timeStart = start + metric.head.length
    const timeEnd = plainStringEnd(piece, timeStart, end)
    if (timeEnd === -1 || !VALUE.isAt(piece, timeEnd, end)) return false
    const valueEnd = readNumber(bytes, timeEnd + VALUE.length, end)
    if (valueEnd === -1 || !TAGS.isAt(piece, valueEnd, end)) return false
    const value = read
    if (metric.point.timed) {
      const seconds = clock.seconds(piece, timeStart, timeEnd)
      if (seconds === undefined) return false
      points.seen(seconds)
    }
    points.add(metric.point, value, number)
    return true
  }

  return {
    line(piece, start, end, number) {
      if (fast(piece, start, end, number)) return
      const point = points.line(decode(piece.bytes.subarray(start, end)), number)
      if (point !== undefined) metrics.learn(point)
    },
    end: (lines) => points.end(lines),
  }
}

/**
 * Where a string ends that has no escape in it; -1 for any other. Four bytes at a time: of a word from which the quote
 * was taken by exclusive or, a byte that is 0 now is found as in Warren, Hacker's Delight, 6-1.
 */
function plainStringEnd({ bytes, words }: Piece, from: number, end: number): number {
  let i = from
  for (; i + 4 <= end; i += 4) {
    const word = words.getUint32(i) ^ 0x22222222
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) break
  }
  for (; i < end; i++) if (bytes[i] === QUOTE) return bytes[i - 1] === BACKSLASH ? -1 : i
  return -1
}

/** What `readNumber` found last: no object for it, as it is the innermost loop. */
let read = 0

const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)

/**
 * Reads digits with or without a point into `read`; answers where they end, -1 for anything else. With at most 15 digits
 * the digits and the power of ten are exact doubles, so that their quotient is the nearest double (Clinger, PLDI 1990).
 * JSON has no leading zeros; a clock has (`padded`).
 */
function readNumber(bytes: Uint8Array, from: number, end: number, padded = false): number {
  let digits = 0
  let point = -1
  let i = from
  for (; i < end; i++) {
    const digit = bytes[i]! - ZERO
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit
    else if (bytes[i] === POINT && point === -1) point = i
    else break
  }
  const length = i - from - (point === -1 ? 0 : 1)
  if (length === 0 || length > 15 || point === from || point === i - 1) return -1
  if (!padded && bytes[from] === ZERO && i - from > 1 && point !== from + 1) return -1
  read = point === -1 ? digits : digits / POWERS[i - point - 1]!
  return i
}

const MINUTE = '2026-11-21T08:11:'.length

/** Reads times, of which most share their minute with the one before. */
class Clock {
  readonly #decode: (bytes: Uint8Array) => string
  #minute: Pattern | undefined
  #seconds = 0

  constructor(decode: (bytes: Uint8Array) => string) {
    this.#decode = decode
  }

  /** Seconds since 1970; undefined where it is no time, or not one in UTC. */
  seconds(piece: Piece, start: number, end: number): number | undefined {
    const { bytes } = piece
    const from = start + MINUTE
    if (bytes[end - 1] !== ZULU) return undefined
    if (this.#minute === undefined || !this.#minute.isAt(piece, start, end)) {
      const minute = this.#decode(bytes.subarray(start, Math.min(from, end)))
      const seconds = rfc3339Seconds(`${minute}00Z`)
      if (seconds === undefined) return undefined
      this.#minute = new Pattern(minute)
      this.#seconds = seconds
    }
    // Two digits, then a fraction or nothing.
    if (bytes[from + 2] !== POINT && from + 2 !== end - 1) return undefined
    return readNumber(bytes, from, end - 1, true) === end - 1 ? this.#seconds + read : undefined
  }
}

/** Beyond, looking for one costs more than parsing the line. */
const MOST_KNOWN = 64

interface Metric {
  /** How each line of its points begins, up to its time. */
  readonly head: Pattern
  readonly point: Point
  /** What followed it last: metrics come in the same order with every request. */
  next: Metric | undefined
}

/** Finds the metric that a line is a point of. */
class Metrics {
  readonly #all: Metric[] = []
  #last: Metric | undefined

  learn(point: Point): void {
    // Whether a point belongs to a sub-metric stands in its tags.
    if (point.parts.length > 0) return
    if (this.#all.length >= MOST_KNOWN) return
    // Any other name has an escape or more bytes than characters.
    if (!/^[\w:./ -]+$/.test(point.name) || this.#all.some((known) => known.point === point)) return
    const head = new Pattern(`{"metric":"${point.name}","type":"Point","data":{"time":"`)
    this.#all.push({ head, point, next: undefined })
  }

  at(piece: Piece, start: number, end: number): Metric | undefined {
    const guess = this.#last?.next
    const found = guess?.head.isAt(piece, start, end)
      ? guess
      : this.#all.find((known) => known.head.isAt(piece, start, end))
    if (this.#last !== undefined) this.#last.next = found
    this.#last = found
    return found
  }
}
