import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from './core/errors.ts'
import type { Report } from './core/report.ts'
import type { Run, Side } from './core/run.ts'
import { hgrmFiles } from './reporters/hgrm.ts'
import { reporters } from './reporters/index.ts'

/** The report in every shape there is, each a file of the folder; below `hgrm/` every distribution of each side. */
export async function writeReport(
  folder: string,
  report: Report,
  runs: { readonly [side in Side]?: Run } = {},
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    for (const { file, render } of reporters) await writeFile(join(folder, file), render(report))
    for (const [side, run] of Object.entries(runs)) await writeHistograms(join(folder, 'hgrm', side), run)
  } catch (error) {
    throw new UserError(`the report cannot be written: ${(error as Error).message}`, {
      place: folder,
      cause: error,
    })
  }
}

async function writeHistograms(folder: string, run: Run): Promise<void> {
  const files = hgrmFiles(run)
  if (files.length > 0) await mkdir(folder, { recursive: true })
  for (const { file, text } of files) await writeFile(join(folder, file), text)
}
