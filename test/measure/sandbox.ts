/** Temporary folders and real repositories for the tests of measuring. */
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Removed when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'measure-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** Git with nothing of this machine's settings, and fixed dates. */
export function git(cwd: string, ...args: string[]): string {
  const date = '2026-01-02T03:04:05Z'
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.org',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  }).trim()
}

/** A repository on branch main, one commit a list of files. */
export function repository(...commits: readonly Readonly<Record<string, string>>[]): string {
  const root = folder()
  git(root, 'init', '-q', '-b', 'main')
  for (const files of commits) commit(root, files)
  return root
}

/** Writes the files, commits everything, gives the sha. */
export function commit(root: string, files: Readonly<Record<string, string>> = {}): string {
  write(root, files)
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '--allow-empty', '-m', Object.keys(files).join(' ') || 'more')
  return git(root, 'rev-parse', 'HEAD')
}

/** Processes that carry this text in their command line or environment. */
export function processesWith(text: string): number[] {
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    try {
      const state = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1]?.[0]
      const told =
        readFileSync(`/proc/${name}/cmdline`, 'latin1') + readFileSync(`/proc/${name}/environ`, 'latin1')
      if (state !== 'Z' && told.includes(text)) found.push(Number(name))
    } catch {
      // ended meanwhile
    }
  }
  return found
}

/** Every path below a folder with what it holds, `.git` included: to see that nothing was touched. */
export function snapshot(root: string): string {
  return execFileSync(
    'sh',
    ['-c', 'find . -printf "%p %y %m %s %T@ %l\\n" | sort; find . -type f -exec sha1sum {} + | sort'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  )
}
