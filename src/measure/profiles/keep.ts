/** Profiles for the tools that open them: DevTools, speedscope, perf. */
import { copyFileSync, mkdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Of each kind a side: a script may start hundreds of processes. */
const MOST = 20

/** `FOLDER/checkout-head-1.cpuprofile`, the largest first: it is of the process that did most. */
export function keepProfiles(folder: string, name: string, files: readonly string[]): void {
  if (files.length > 0) mkdirSync(folder, { recursive: true })
  for (const kind of new Set(files.map(kindOf))) {
    const largest = files
      .filter((file) => kindOf(file) === kind)
      .map((file) => ({ file, size: statSync(file).size }))
      .sort((a, b) => b.size - a.size)
      .slice(0, MOST)
    for (const [i, { file }] of largest.entries()) copyFileSync(file, join(folder, `${name}-${i + 1}${kind}`))
  }
}

/** `.cpuprofile`, `.perf.data`. */
function kindOf(file: string): string {
  return basename(file).replace(/^[^.]*/, '')
}
