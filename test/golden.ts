import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * Holds `text` against the file at `path` (from the repository's root), to the byte. `UPDATE_GOLDEN=1` writes the file
 * instead; a missing one is a failure, so that a case nobody has looked at is never green.
 */
export function expectGolden(path: string, text: string): void {
  const file = resolve(ROOT, path)
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return
  }
  if (!existsSync(file)) expect.fail(`${path} is missing: look at the output, then UPDATE_GOLDEN=1`)
  expect(text, path).toBe(readFileSync(file, 'utf8'))
}
