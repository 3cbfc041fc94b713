import { UserError } from './errors.ts'

const DEEPEST = 32
const LONGEST_STRING = 4096
/** Control characters: nothing that we write holds one, and a NUL would break keys. */
const CONTROL = /[\u0000-\u001f\u007f]/

/** A value of a JSON text that was not made by us, with its path, so that every complaint says where. */
export class Json {
  private readonly value: unknown
  private readonly file: string
  private readonly path: string

  constructor(value: unknown, file: string, path = '$') {
    this.value = value
    this.file = file
    this.path = path
  }

  get place(): string {
    return `${this.file}: ${this.path}`
  }

  private refuse(expected: string): never {
    throw new UserError(`expected ${expected}, got ${shown(this.value)}`, { place: this.place })
  }

  private object(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      this.refuse('an object')
    return this.value as Record<string, unknown>
  }

  has(key: string): boolean {
    return typeof this.value === 'object' && this.value !== null && Object.hasOwn(this.value, key)
  }

  get(key: string): Json {
    const object = this.object()
    if (!Object.hasOwn(object, key)) throw new UserError(`"${key}" is missing`, { place: this.place })
    return new Json(object[key], this.file, `${this.path}.${key}`)
  }

  /** `{ [key]: read(value) }` if the key is there, else `{}`: to be spread. */
  optional<K extends string, T>(key: K, read: (value: Json) => T): { [P in K]?: T } {
    return this.has(key) ? ({ [key]: read(this.get(key)) } as { [P in K]?: T }) : {}
  }

  isNull(): boolean {
    return this.value === null
  }

  isNumber(): boolean {
    return typeof this.value === 'number'
  }

  string(): string {
    if (typeof this.value !== 'string') this.refuse('a string')
    const text = this.value as string
    return text.length > LONGEST_STRING && !/^[A-Za-z0-9+/=]+$/.test(text)
      ? this.refuse('a shorter string')
      : text
  }

  /** A string that can be a key: not empty is not asked (an anonymous benchmark), control characters are refused. */
  name(): string {
    const text = this.string()
    return CONTROL.test(text) ? this.refuse('a name without control characters') : text
  }

  /** Of any length: for texts that are made shorter at once. */
  long(): string {
    return typeof this.value === 'string' ? this.value : this.refuse('a string')
  }

  /** Finite. */
  number(): number {
    return typeof this.value === 'number' && Number.isFinite(this.value)
      ? this.value
      : this.refuse('a finite number')
  }

  /** A whole number from 0. */
  count(): number {
    const n = this.number()
    return Number.isSafeInteger(n) && n >= 0 ? n : this.refuse('a count')
  }

  boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.refuse('true or false')
  }

  oneOf<T extends string>(known: readonly T[]): T {
    return known.find((name) => name === this.value) ?? this.refuse(`one of ${known.join(', ')}`)
  }

  list<T>(most: number, read: (item: Json) => T): T[] {
    if (!Array.isArray(this.value)) this.refuse('a list')
    const items = this.value as readonly unknown[]
    if (items.length > most) this.refuse(`at most ${most} items`)
    return items.map((item, i) => read(new Json(item, this.file, `${this.path}[${i}]`)))
  }

  /** As a list of `number()`, for lists of millions. */
  numbers(most: number): readonly number[] {
    if (!Array.isArray(this.value)) this.refuse('a list')
    const items = this.value as readonly unknown[]
    if (items.length > most) this.refuse(`at most ${most} items`)
    const at = items.findIndex((item) => !Number.isFinite(item))
    if (at !== -1) new Json(items[at], this.file, `${this.path}[${at}]`).number()
    return items as readonly number[]
  }

  record<T>(read: (value: Json) => T): Record<string, T> {
    const entries = Object.keys(this.object()).map((key) => [key, read(this.get(key))] as const)
    return Object.fromEntries(entries)
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** JSON of unknown origin: syntax errors and too deep nesting are UserErrors that name the file. */
export function parseUntrusted(text: string, file: string, deepest = DEEPEST): Json {
  checkDepth(text, file, deepest)
  try {
    return new Json(JSON.parse(text), file)
  } catch (error) {
    throw new UserError(`is not JSON: ${(error as Error).message}`, { place: file, cause: error })
  }
}

/** A parser that recurses can be brought down by brackets alone: they are counted first, strings passed over. */
function checkDepth(text: string, file: string, deepest: number): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 0x5c) i++
      else if (c === 0x22) inString = false
    } else if (c === 0x22) inString = true
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > deepest) throw new UserError(`is nested deeper than ${deepest}`, { place: file })
    } else if (c === 0x5d || c === 0x7d) depth--
  }
}
