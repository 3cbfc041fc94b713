/** Git as a program: arguments as a list, never through a shell, never asking a person anything. */
import { execFile } from 'node:child_process'
import { UserError } from '../core/errors.ts'
import { gitEnvironment } from './environment.ts'

export interface GitTold {
  /** 0 if it went well. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly signal?: AbortSignal
  /** Keep the last line end. */
  readonly exact?: boolean
}

/** Larger lists than this (paths of a repository, text of a config) are not asked for. */
const MOST = 1 << 28

/** Settings of the user that would start other programs or write elsewhere. */
const CALM = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'gc.auto=0',
  '-c',
  'core.quotePath=false',
]

/** Runs git in `folder`; comes back whatever the exit code. Throws UserError where there is no git. */
export function tryGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitTold> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      [...CALM, ...args],
      {
        cwd: folder,
        env: gitEnvironment(process.env, options.env),
        maxBuffer: MOST,
        windowsHide: true,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr })
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr })
        else if (error.code === 'ENOENT')
          reject(
            new UserError('git cannot be started', {
              remedy: 'install git and put it on the PATH',
              cause: error,
            }),
          )
        else reject(error)
      },
    )
    child.stdin?.on('error', () => {}) // git ended before it had read all; its exit code tells
    child.stdin?.end(options.input ?? '')
  })
}

/** Runs git and gives what it printed, without the last line end. Throws UserError with git's own reason. */
export async function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const told = await tryGit(folder, args, options)
  if (told.code !== 0) throw gitError(args, told)
  return options.exact === true ? told.stdout : told.stdout.replace(/\n$/, '')
}

/** The error that stands for a failed git command. */
export function gitError(args: readonly string[], told: GitTold): UserError {
  const reason = reasonOf(told)
  const remedy = reason.includes('dubious ownership')
    ? 'run: git config --global --add safe.directory "$PWD"'
    : undefined
  return new UserError(`git ${args.find((arg) => !arg.startsWith('-')) ?? ''} failed: ${reason}`, {
    ...(remedy === undefined ? {} : { remedy }),
  })
}

/** Git's last complaint. */
export function reasonOf(told: GitTold): string {
  const lines = told.stderr.split('\n').map((line) => line.trim())
  const said = lines.filter((line) => /^(?:fatal|error):/.test(line)).at(0) ?? lines.filter(Boolean).at(-1)
  return said?.replace(/^(?:fatal|error): /, '') ?? `exit code ${told.code}`
}

/** The names between the NULs of `-z` output. */
export function splitNul(text: string): string[] {
  return text.split('\0').filter((name) => name !== '')
}
