/** Outputs, annotations and failure of the step, by the toolkit. */

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** GitHub shows so many of each level for one step, and drops the rest without a word. */
const MOST_OF_A_LEVEL = 10
/** Characters. */
const LONGEST = 4000

/** Annotations beyond GitHub's limit are told as one. */
export async function annotate(annotations: readonly Annotation[]): Promise<void> {
  const core = await import('@actions/core')
  const show = { error: core.error, warning: core.warning, notice: core.notice }
  for (const level of ['error', 'warning', 'notice'] as const) {
    const all = annotations.filter((annotation) => annotation.level === level)
    const shown = all.length > MOST_OF_A_LEVEL ? all.slice(0, MOST_OF_A_LEVEL - 1) : all
    for (const { title, message, file, line } of shown)
      show[level](message.slice(0, LONGEST), {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
      })
    if (shown.length < all.length)
      show[level](`and ${all.length - shown.length} more: see the summary of this job`, { title: 'Tailgate' })
  }
}

export async function setOutputs(outputs: Readonly<Record<string, string | number>>): Promise<void> {
  const core = await import('@actions/core')
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}
