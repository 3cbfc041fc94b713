/** The action's inputs, as the runner hands them over: text in the environment, empty for what was not given. */
import { UserError } from '../core/errors.ts'
import type { Shard } from '../core/shard.ts'
import { parseShard } from '../core/shard.ts'
import type { CommentMode } from '../github/comment.ts'
import type { Env } from '../github/context.ts'

export type Mode = 'gate' | 'measure' | 'report'

export interface ActionInputs {
  readonly mode: Mode
  readonly config: string
  readonly configGiven: boolean
  readonly suite?: string
  readonly only?: string
  readonly compare?: string
  readonly base?: string
  readonly threshold?: string
  readonly failOn?: string
  readonly store?: string
  readonly id?: string
  readonly shard?: Shard
  /** A saved run, relative to the workspace. */
  readonly durations?: string
  readonly comment: CommentMode
  /** Set a commit status. */
  readonly status: boolean
  readonly token: string
  /** One benchmark without a config file. */
  readonly single?: {
    readonly name: string
    readonly run: string
    readonly format?: string
    readonly output?: string
  }
}

const MODES: readonly Mode[] = ['gate', 'measure', 'report']
const COMMENT: readonly CommentMode[] = ['auto', 'always', 'on-change', 'never']

/** Throws UserError that names the input. */
export function readInputs(env: Env): ActionInputs {
  const text = (name: string): string | undefined => env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined
  const given = (key: keyof ActionInputs, name: string = key): Partial<Record<string, string>> => {
    const value = text(name)
    return value === undefined ? {} : { [key]: value }
  }
  const mode = modeOf(text('mode') ?? 'gate')
  const shard = shardOf(text('shard'), mode)
  const run = text('run')
  if (run !== undefined && text('config') !== undefined)
    throw refused('run', 'is for a benchmark without a config file', 'give `run` or `config`, not both')
  for (const name of ['name', 'format', 'output'])
    if (run === undefined && text(name) !== undefined)
      throw refused(name, 'belongs to `run`', 'give `run` as well, or set it in the config')
  return {
    // A shard has no comment of its own: it hands over to the job that joins them.
    mode: shard === undefined ? mode : 'measure',
    ...(shard === undefined ? {} : { shard }),
    config: text('config') ?? 'tailgate.yml',
    configGiven: text('config') !== undefined,
    ...given('suite'),
    ...given('only'),
    ...given('compare'),
    ...given('base'),
    ...given('threshold'),
    ...given('failOn', 'fail-on'),
    ...given('store', 'baseline-store'),
    ...given('id'),
    ...given('durations'),
    comment: commentMode(text('comment') ?? 'auto'),
    status: isTrue('status', text('status') ?? 'false'),
    token: text('github-token') ?? '',
    ...(run === undefined
      ? {}
      : {
          single: {
            name: text('name') ?? 'benchmark',
            run,
            ...given('format' as never),
            ...given('output' as never),
          },
        }),
  }
}

function shardOf(text: string | undefined, mode: Mode): Shard | undefined {
  if (text === undefined) return undefined
  if (mode === 'report')
    throw refused('shard', 'is for jobs that measure', 'leave it out: all shards are joined')
  return parseShard(text, 'input "shard"')
}

function modeOf(value: string): Mode {
  const mode = MODES.find((known) => known === value)
  if (mode === undefined)
    throw refused('mode', `"${value.slice(0, 40)}" is no mode`, `use ${MODES.join(', ')}`)
  return mode
}

function commentMode(value: string): CommentMode {
  const mode = COMMENT.find((known) => known === value)
  if (mode === undefined)
    throw refused('comment', `"${value.slice(0, 40)}" is no choice`, `use ${COMMENT.join(', ')}`)
  return mode
}

function isTrue(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false')
    throw refused(name, `"${value.slice(0, 40)}" is neither true nor false`, 'write true or false')
  return value === 'true'
}

function refused(name: string, what: string, remedy: string): UserError {
  return new UserError(what, { place: `input "${name}"`, remedy })
}
