/**
 * A fault of the user's input, config or environment: told in one line that says what, where and what to do.
 * Anything else that is thrown is a fault of this program.
 */
export class UserError extends Error {
  /** Where it is: `tailgate.yml:14:7`, `results.json: $.runs[3].p99`. */
  readonly place: string | undefined
  /** What to do about it, as an imperative. */
  readonly remedy: string | undefined

  constructor(what: string, told: { place?: string; remedy?: string; cause?: unknown } = {}) {
    super(what, told.cause === undefined ? undefined : { cause: told.cause })
    this.name = 'UserError'
    this.place = told.place
    this.remedy = told.remedy
  }

  /** The one line that a person sees: `place: what (remedy)`. */
  get line(): string {
    const head = this.place === undefined ? this.message : `${this.place}: ${this.message}`
    return this.remedy === undefined ? head : `${head} (${this.remedy})`
  }
}

/** One line for anything that was thrown. */
export function lineOf(error: unknown): string {
  if (error instanceof UserError) return error.line
  if (error instanceof Error) return error.message
  return String(error)
}
