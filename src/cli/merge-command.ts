/** `tailgate merge`, once it is asked for. */
import { mergeRuns } from '../core/merge-runs.ts'
import { loadRounds } from '../runs.ts'
import { saveRun } from '../stores/run-file.ts'

export async function mergeCommand(
  files: readonly string[],
  { output, format }: { readonly output: string; readonly format: string },
): Promise<void> {
  const parts: Parameters<typeof mergeRuns>[0][number][] = []
  for (const place of files) parts.push({ place, run: (await loadRounds(place, format)).run })
  const run = mergeRuns(parts)
  await saveRun(output, run)
  process.stderr.write(`${files.length} runs merged into ${output}: ${run.benchmarks.length} benchmarks\n`)
}
