/** Temporary folders of this program, and their end. */
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { undoAtExit } from './interrupts.ts'

export interface TemporaryFolder {
  readonly path: string
  /** Removes it with all that is in it. */
  remove(): void
}

/** Private to this user, with links resolved (macOS: /var is one), removed at the latest when the process exits. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'tailgate-'))
  const guard = undoAtExit(() => removeFolder(path))
  return { path, remove: guard.undo }
}

/** Removes a folder also if a build made parts of it read-only, as Go does with its modules. */
export function removeFolder(path: string): void {
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 })
  try {
    remove()
  } catch {
    makeWritable(path)
    remove()
  }
}

/** Folders only: a file's own mode does not keep it from being removed. Links are not followed. */
function makeWritable(folder: string): void {
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(folder, entry.name))
}
