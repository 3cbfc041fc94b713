/** Starts one shell line as a family of processes of its own, its output in files. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { type Family, MARK } from './family.ts'

export interface Line {
  readonly line: string
  /** Absolute path. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Paths of the files that take what it prints. */
  readonly stdout: string
  readonly stderr: string
  /** Of the family that it is to belong to; default: one of its own. */
  readonly mark?: string
}

/** How a line ended by itself, or that it did not begin. */
export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'unstartable'; readonly reason: string }

export interface Spawned {
  /** Undefined if it could not be started. */
  readonly family: Family | undefined
  /** Of the shell itself; what it started may live on. */
  readonly exit: Promise<Exit>
}

/** Git for Windows brings the shell; its folder is on the path of every runner, but WSL's bash may stand before it. */
function shell(): string {
  if (process.platform !== 'win32') return 'sh'
  const roots = [process.env.ProgramFiles, process.env.ProgramW6432, process.env.LOCALAPPDATA]
  const places = roots.flatMap((root) =>
    root === undefined
      ? []
      : [join(root, 'Git', 'bin', 'bash.exe'), join(root, 'Programs', 'Git', 'bin', 'bash.exe')],
  )
  return places.find((place) => existsSync(place)) ?? 'bash'
}

function newMark(): string {
  return randomBytes(12).toString('hex')
}

export function spawnLine({ line, folder, env, stdout, stderr, mark = newMark() }: Line): Spawned {
  if (!existsSync(folder)) {
    const reason = `there is no folder ${folder}`
    return { family: undefined, exit: Promise.resolve({ kind: 'unstartable', reason }) }
  }
  const handles = [openSync(stdout, 'w'), openSync(stderr, 'w')]
  let child: ChildProcess
  try {
    child = spawn(shell(), ['-c', line], {
      cwd: folder,
      env: { ...env, [MARK]: mark },
      stdio: ['ignore', handles[0], handles[1]],
      detached: true,
      windowsHide: true,
    })
  } finally {
    for (const handle of handles) closeSync(handle)
  }
  const exit = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'unstartable', reason: error.message }))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? { kind: 'exited', code: code! } : { kind: 'signalled', signal }),
    )
  })
  return { family: child.pid === undefined ? undefined : { root: child.pid, mark }, exit }
}
