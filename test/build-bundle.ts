/** Bundles the sources once for all test files, into a folder of its own: tests that drive the program drive this. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

export default function setup(project: TestProject): () => void {
  const root = resolve(import.meta.dirname, '..')
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tailgate-bundle-'))
  const built = spawnSync(process.execPath, [join(root, 'build', 'bundle.mjs'), '--out', folder], {
    encoding: 'utf8',
  })
  // A bundle that cannot be made fails the tests that need it, not those of a pure function.
  if (built.status !== 0) console.error(built.stderr)
  project.provide('bundle', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

declare module 'vitest' {
  export interface ProvidedContext {
    bundle: string
  }
}
