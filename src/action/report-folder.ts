/** Where the report lies for the job's later steps to upload: what `--report DIR` writes. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lineOf } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import type { GateOutcome } from '../gate.ts'
import type { Env } from '../github/context.ts'
import { writeReport } from '../write-report.ts'
import { say } from './log.ts'

/** Of what was measured here. */
export type Runs = Pick<GateOutcome, 'head' | 'base'>

export function reportFolder(env: Env, id: string): string {
  return join(env.RUNNER_TEMP || tmpdir(), 'tailgate', id.replace(/[^\w.-]+/g, '-'))
}

/** Paths for the outputs; empty where it could not be written, which changes no verdict and is said. */
export async function writeFiles(
  env: Env,
  id: string,
  report: Report,
  runs?: Runs,
): Promise<{ report: string; html: string }> {
  const folder = reportFolder(env, id)
  try {
    await writeReport(folder, report, runs === undefined ? {} : sidesOf(runs))
    return { report: join(folder, 'report.json'), html: join(folder, 'report.html') }
  } catch (error) {
    say(`warning: ${lineOf(error)}`)
    return { report: '', html: '' }
  }
}

function sidesOf({ head, base }: Runs): Runs {
  return { head, ...(base === undefined ? {} : { base }) }
}
