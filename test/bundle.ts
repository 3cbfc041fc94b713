/** The real program, bundled from these sources. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'

/** `cli.js` and `action.js` with their chunks. */
export const cliFile = (): string => join(inject('bundle'), 'cli.js')
export const actionFile = (): string => join(inject('bundle'), 'action.js')

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** The signal to send once standard error matches. */
  readonly interrupt?: { readonly when: RegExp; readonly signal: NodeJS.Signals }
}

/** What stands in the environment beside what a test gives: no CI variables, no colours. */
const PLAIN = {
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '/tmp',
  NO_COLOR: '1',
  GIT_CONFIG_NOSYSTEM: '1',
}

/** `tailgate ARGS` as a process. */
export function tailgate(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(process.execPath, [cliFile(), ...args], options)
}

export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...PLAIN, ...options.env } })
    let stdout = ''
    let stderr = ''
    let interrupted = false
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece))
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece
      if (!interrupted && options.interrupt?.when.test(stderr)) {
        interrupted = true
        child.kill(options.interrupt.signal)
      }
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    // One that ends without reading is told by its exit code.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}
