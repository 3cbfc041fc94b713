/** Something a reader of the verdict has to know; never decides by itself. */
export interface Warning {
  /** Stable and greppable, in kebab-case: `no-baseline`, `cannot-fail`, `different-machine`. */
  readonly code: string
  readonly message: string
  /** The benchmark that it is about, if about one. */
  readonly benchmark?: string
}
