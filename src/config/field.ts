/** The pieces a schema is made of: each says in one line what it expects, with an example. */
import * as z from 'zod/mini'
import { UserError } from '../core/errors.ts'
import { suggestion, unknownWord } from './nearest.ts'

/** What the reference page and editors say of a key. */
export interface Doc {
  readonly description?: string
  /** What kind of value it is: `duration`. */
  readonly title?: string
  /** For editors; what decides is the parser. */
  readonly pattern?: string
  /** As people write it. */
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

export const docs = z.registry<Doc>()

/** Between what is wrong and what to do about it in a message of the schema. */
export const REMEDY = '\n'

/** What is seen of a value in a message. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map of keys'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The message for a value of a wrong type: `expected a duration, such as 10m, not 5`. */
function mismatch(what: string, example: string, input: unknown): string {
  return `expected ${what}, such as ${example}, not ${shown(input)}`
}

/** For the parameters of a schema: what to say of a value of a wrong type. */
export function expected(what: string, example: string) {
  return { error: (issue: { readonly input?: unknown }) => mismatch(what, example, issue.input) }
}

/** A map of known keys; any other is refused with the nearest known one. */
export function keys<const Fields extends z.core.$ZodLooseShape>(
  fields: Fields,
  what: string,
  example: string,
) {
  return z.strictObject(fields, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return mismatch(what, example, issue.input)
      const key = String((issue.keys as string[])[0])
      return LATER.has(key)
        ? `\`${key}\` is not supported by this version${REMEDY}remove it`
        : `unknown key "${key}"${REMEDY}${suggestion(key, Object.keys(fields))}`
    },
  })
}

/** Keys that are planned: refused by name, so that nobody believes that they do anything yet. */
const LATER: ReadonlySet<string> = new Set(['sampling'])

const MOST_TEXT = 10_000

/** Text that is not empty and has no control characters but line ends and tabs. */
export function text(what: string, example: string) {
  return z.string(expected(what, example)).check((payload) => {
    const { value } = payload
    const problem =
      value.trim() === ''
        ? `expected ${what}, such as ${example}, not an empty text`
        : /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(value)
          ? `expected ${what}, such as ${example}, not text with control characters`
          : value.length > MOST_TEXT
            ? `longer than ${MOST_TEXT} characters`
            : undefined
    if (problem !== undefined) payload.issues.push({ code: 'custom', message: problem, input: value })
  })
}

/** Text that `parse` makes something of; what `parse` throws for people becomes the message. */
export function parsed<T>(told: {
  readonly what: string
  readonly example: string
  readonly parse: (text: string) => T
  /** What to say of a number that stands there without its unit. */
  readonly bare?: (value: number) => UserError
  readonly pattern?: string
}) {
  const { pattern } = told
  const source = z.string({
    error: (issue) =>
      typeof issue.input === 'number' && told.bare !== undefined
        ? messageOf(told.bare(issue.input))
        : mismatch(told.what, told.example, issue.input),
  })
  source.register(docs, {
    title: told.what.replace(/^an? /, ''),
    ...(pattern === undefined ? {} : { pattern }),
  })
  return z.pipe(
    source,
    z.transform((value: string, payload): T => {
      try {
        return told.parse(value)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        payload.issues.push({ code: 'custom', message: messageOf(error), input: value })
        return z.NEVER
      }
    }),
  )
}

function messageOf(error: UserError): string {
  return error.remedy === undefined ? error.message : error.message + REMEDY + error.remedy
}

/** A whole number in a range. */
export function whole(least: number, most: number, example: string) {
  const wrong = expected(`a whole number from ${least} to ${most}`, example)
  return z.int(wrong).check(z.minimum(least, wrong), z.maximum(most, wrong))
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, {
    error: ({ input }) =>
      typeof input === 'string'
        ? messageOf(unknownWord(input, words))
        : `expected one of ${words.join(', ')}, not ${shown(input)}`,
  })
}

/** A list of at least `least` items. */
export function listOf<Item extends z.core.$ZodType>(item: Item, what: string, example: string, least = 0) {
  const empty = { error: `expected ${what}, such as ${example}, not an empty list` }
  const list = z.array(item, expected(what, example))
  return least === 0 ? list : list.check(z.minLength(least, empty))
}

/** A map whose keys are names. */
export function namesTo<Value extends z.core.$ZodType>(value: Value, what: string, example: string) {
  return z.record(z.string(), value, expected(what, example))
}
