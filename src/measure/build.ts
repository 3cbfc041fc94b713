/** `build`, once in each copy. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Progress } from '../gate.ts'
import { scriptEnvironment } from './environment.ts'
import { missingFileRemedy } from './hint.ts'
import { lastWords, runLine, troubleOf } from './process.ts'

export interface BuildJob {
  readonly plan: Pick<Plan, 'build' | 'buildTimeout' | 'file'>
  /** In this order. `name` is for people: `base 1a2b3c4`. */
  readonly places: readonly {
    readonly side?: 'base' | 'head'
    readonly name: string
    readonly folder: string
  }[]
  readonly progress: Progress
  readonly signal: AbortSignal
  /** An existing folder. */
  readonly scratch: string
}

/** Throws UserError with the last lines of the first that fails. */
export async function build(job: BuildJob): Promise<void> {
  const line = job.plan.build
  if (line === undefined) return
  for (const { side, name, folder } of job.places) {
    job.progress.say(`${name}: building`)
    const scratch = mkdtempSync(join(job.scratch, 'build-'))
    try {
      const ended = await runLine({
        line,
        folder,
        env: scriptEnvironment(process.env, { TAILGATE_SIDE: side }),
        timeout: job.plan.buildTimeout,
        signal: job.signal,
        scratch,
      })
      job.signal.throwIfAborted()
      const trouble = troubleOf(ended.ending)
      if (trouble === undefined) continue
      const what =
        side === 'base'
          ? 'base could not be built: head was not judged'
          : `${side ?? name} could not be built`
      const words = lastWords(ended)
      const remedy = missingFileRemedy(words)
      throw new UserError([what, trouble, words].filter(Boolean).join(': '), {
        place: `${job.plan.file}: build`,
        ...(remedy === undefined ? {} : { remedy }),
      })
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  }
}
