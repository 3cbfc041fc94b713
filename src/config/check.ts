/** Plain data → Config: the first thing wrong with it as one located line. */
import type * as z from 'zod/mini'
import { UserError } from '../core/errors.ts'
import { REMEDY } from './field.ts'
import type { Path, Place, Source } from './read.ts'
import type { Config } from './schema.ts'
import { config } from './schema.ts'

interface Fault {
  readonly path: Path
  readonly message: string
  /** About the last key of the path itself. */
  readonly aboutKey: boolean
  /** A key that is not there. */
  readonly absent: boolean
}

/** Where things stand in whatever the data came from. */
export interface Where {
  readonly placeOf: (path: Path) => Place
  readonly keyPlaceOf: (path: Path) => Place
  /** How a place is told to people. */
  readonly told: (place: Place, path: Path) => string
}

export function whereIn(source: Source, file: string): Where {
  return { ...source, told: (place) => placeText(file, place) }
}

/** Throws UserError for the first fault; a missing key is told last, as a misspelt one may be the cause. */
export function checkConfig(value: unknown, where: Where): Config {
  const result = config.safeParse(value ?? {}, { reportInput: true })
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => faultOf(issue, []))
  const placed = faults.map((fault) => ({ fault, place: placeOf(fault, where) }))
  placed.sort((a, b) => Number(a.fault.absent) - Number(b.fault.absent) || compare(a.place, b.place))
  const { fault, place } = placed[0]!
  const [what = '', remedy] = fault.message.split(REMEDY)
  const told = where.told(place, fault.path)
  throw new UserError(what, { place: told, ...(remedy === undefined ? {} : { remedy }) })
}

export function placeText(file: string, { line, column }: Place): string {
  return `${file}:${line}:${column}`
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column
}

function placeOf(fault: Fault, where: Where): Place {
  if (fault.absent) return where.placeOf(fault.path.slice(0, -1))
  return fault.aboutKey ? where.keyPlaceOf(fault.path) : where.placeOf(fault.path)
}

function faultOf(issue: z.core.$ZodIssue, above: Path): Fault {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))]
  if (issue.code === 'unrecognized_keys')
    return { path: [...path, issue.keys[0]!], message: issue.message, aboutKey: true, absent: false }
  if (issue.code === 'invalid_union') {
    const inner = deepest(issue.errors)
    if (inner !== undefined) return faultOf(inner, path)
  }
  if (issue.input === undefined && path.length > 0) {
    const key = String(path.at(-1))
    const message = issue.message
      .replace(/, not nothing$/, '')
      .replace(/^expected/, `"${key}" is missing${REMEDY}expected`)
    return { path, message, aboutKey: false, absent: true }
  }
  return {
    path,
    message: issue.message,
    aboutKey: issue.code === 'custom' && issue.input === path.at(-1),
    absent: false,
  }
}

/** Of the ways in which a value may be written, the one that it came closest to. */
function deepest(errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  const near = errors.find((issues) =>
    issues.every((issue) => issue.code !== 'invalid_type' || issue.path.length > 0),
  )
  if (near !== undefined) return near[0]
  // A number where a figure with a unit is meant: the message that says what to write.
  return errors.flat().find((issue) => issue.message.includes(REMEDY))
}
