/** Holds what the loopback server answers, and what it is asked, to GitHub's own description. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'

interface Slice {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: unknown }>> }
}

export const slice = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../fixtures/github/openapi-slice.json'), 'utf8'),
) as Slice

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv)
ajv.addSchema(slice, 'gh')

/** A copy of one of GitHub's examples, to be changed into a reply. */
export function example<T>(name: string): T {
  return structuredClone(slice.components.examples[name]!.value) as T
}

/** What is wrong with a reply; undefined if nothing is, or if the description says nothing of its body. */
export function replyFault(path: string, method: string, status: number, body: unknown): string | undefined {
  const operation = slice.paths[path]?.[method] as
    | { responses: Record<string, { $ref?: string }> }
    | undefined
  if (operation === undefined) return `${method} ${path} is not in the slice`
  const response = operation.responses[String(status)]
  // Every call may be answered 401, 403, 429 or 5xx; only some say so.
  if (response === undefined) return status >= 400 ? undefined : `${method} ${path} never answers ${status}`
  const pointer = response.$ref ?? `#/paths/${escaped(path)}/${method}/responses/${status}`
  return fault(`${pointer}/content/application~1json/schema`, body)
}

export function requestFault(path: string, method: string, body: unknown): string | undefined {
  const operation = slice.paths[path]?.[method] as { requestBody?: unknown } | undefined
  if (operation?.requestBody === undefined) return undefined
  return fault(`#/paths/${escaped(path)}/${method}/requestBody/content/application~1json/schema`, body)
}

function escaped(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
}

const compiled = new Map<string, ValidateFunction | undefined>()

function fault(pointer: string, body: unknown): string | undefined {
  if (!compiled.has(pointer))
    compiled.set(pointer, has(pointer) ? ajv.compile({ $ref: `gh${pointer}` }) : undefined)
  const validate = compiled.get(pointer)
  if (validate === undefined || validate(body)) return undefined
  return `${pointer}: ${ajv.errorsText(validate.errors)}`
}

function has(pointer: string): boolean {
  let at: unknown = slice
  for (const step of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !(key in at)) return false
    at = (at as Record<string, unknown>)[key]
  }
  return true
}
