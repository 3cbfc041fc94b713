/** Outputs, annotations and failure of the step, by the toolkit. */

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** GitHub shows at most ten of a level for one step: `annotations` are cut to that already, the failure is one more. */
const MOST_ERRORS = 9

export async function annotate(annotations: readonly Annotation[]): Promise<void> {
  if (annotations.length === 0) return
  const core = await import('@actions/core')
  const show = { error: core.error, warning: core.warning, notice: core.notice }
  const errors = annotations.filter(({ level }) => level === 'error')
  // The last one may sum up what is not shown: it is the one before it that makes room.
  const dropped = errors.length > MOST_ERRORS ? errors.slice(MOST_ERRORS - 1, -1) : []
  for (const annotation of annotations) {
    if (dropped.includes(annotation)) continue
    const { level, title, message, file, line } = annotation
    show[level](message, {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
    })
  }
}

/** Marks the step as failed and says why; the exit code is the caller's. */
export async function failStep(why: string): Promise<void> {
  const core = await import('@actions/core')
  core.setFailed(why)
}

export async function setOutputs(outputs: Readonly<Record<string, string | number>>): Promise<void> {
  const core = await import('@actions/core')
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}
