import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import { reporters } from '../reporters/index.ts'

/** The report in every shape there is, each a file of the folder. */
export async function writeReport(folder: string, report: Report): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    for (const { file, render } of reporters) await writeFile(join(folder, file), render(report))
  } catch (error) {
    throw new UserError(`the report cannot be written: ${(error as Error).message}`, {
      place: folder,
      cause: error,
    })
  }
}
