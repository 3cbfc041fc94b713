import { FormatError } from './format.ts'
import { brokenAt } from './json-syntax.ts'

/**
 * A value read from JSON that knows its path, so that every complaint says where: `$.results[0].times[3]: expected a
 * finite number, got "x"`. Only own keys are seen, so `__proto__` is a key like any other.
 */
export class Json {
  readonly #value: unknown
  readonly path: string

  constructor(value: unknown, path = '$') {
    this.#value = value
    this.path = path
  }

  /** The member, which has to be there. */
  at(key: string): Json {
    const member = this.get(key)
    if (member === undefined) throw new FormatError(step(this.path, key), 'is missing')
    return member
  }

  /** The member, or undefined where it is absent or null. */
  get(key: string): Json | undefined {
    const object = this.#object()
    if (!Object.hasOwn(object, key)) return undefined
    const member = object[key]
    return member === undefined || member === null ? undefined : new Json(member, step(this.path, key))
  }

  entries(): [key: string, member: Json][] {
    return Object.entries(this.#object()).map(([key, member]) => [
      key,
      new Json(member, step(this.path, key)),
    ])
  }

  array(): Json[] {
    if (!Array.isArray(this.#value)) throw this.wrong('an array')
    return this.#value.map((item: unknown, i) => new Json(item, `${this.path}[${i}]`))
  }

  /** Finite numbers, without an object for each. */
  numbers(): number[] {
    if (!Array.isArray(this.#value)) throw this.wrong('an array of numbers')
    const list: readonly unknown[] = this.#value
    list.forEach((item, i) => {
      if (typeof item !== 'number' || !Number.isFinite(item)) new Json(item, `${this.path}[${i}]`).number()
    })
    return list as number[]
  }

  number(): number {
    if (typeof this.#value !== 'number' || !Number.isFinite(this.#value)) throw this.wrong('a finite number')
    return this.#value
  }

  /** A number that cannot be below 0: a time, a size, a rate. */
  amount(): number {
    const value = this.number()
    if (value < 0) throw this.wrong('a number that is not negative')
    return value
  }

  /** A whole number of things. */
  count(): number {
    const value = this.number()
    if (!Number.isSafeInteger(value) || value < 0) throw this.wrong('a whole number')
    return value
  }

  string(): string {
    if (typeof this.#value !== 'string') throw this.wrong('a string')
    return this.#value
  }

  boolean(): boolean {
    if (typeof this.#value !== 'boolean') throw this.wrong('true or false')
    return this.#value
  }

  get isNull(): boolean {
    return this.#value === null
  }
  get isNumber(): boolean {
    return typeof this.#value === 'number'
  }
  get isString(): boolean {
    return typeof this.#value === 'string'
  }
  get isArray(): boolean {
    return Array.isArray(this.#value)
  }
  get isObject(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !this.isArray
  }

  /** The complaint that something else was expected here. */
  wrong(expected: string, remedy?: string): FormatError {
    return new FormatError(this.path, `expected ${expected}, got ${glimpse(this.#value)}`, remedy)
  }

  #object(): Record<string, unknown> {
    if (!this.isObject) throw this.wrong('an object')
    return this.#value as Record<string, unknown>
  }
}

/**
 * A whole JSON document. Some tools write bare NaN and Infinity: they are taken as those words, so that whoever wants a
 * number there says where. Throws FormatError with line and column where the syntax breaks.
 */
export function parseJson(text: string): Json {
  try {
    return new Json(parseLoosely(text))
  } catch {
    const { line, column, ended } = brokenAt(text)
    throw new FormatError(
      `${line}:${column}`,
      ended ? 'the JSON ends in the middle' : 'this is not JSON',
      ended ? 'was the output cut short?' : undefined,
    )
  }
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
        token[0] === '"' ? token : `"${token}"`,
      ),
    )
  }
}

/** One line of newline-delimited JSON. */
export function parseJsonLine(line: string, number: number): Json {
  try {
    return new Json(JSON.parse(line), `${number}: $`)
  } catch {
    throw new FormatError(number, `expected a line of JSON, got ${glimpse(line)}`)
  }
}

function step(path: string, key: string): string {
  return /^[A-Za-z_]\w{0,60}$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key.slice(0, 60))}]`
}

/** A value in a few words, however large or hostile it is. */
export function glimpse(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}
