/** A job as GitHub's runner starts it: the real bundle, a checkout, the event, tokens, files of workflow commands. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionFile, type Ran, run } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'
import type { Loopback } from './loopback/server.ts'
import type { Actor, Scope } from './loopback/token.ts'
import { runtimeToken } from './loopback/token.ts'

export interface Job {
  readonly github: Loopback
  /** The checkout; also where the job starts. */
  readonly workspace: string
  readonly event: { readonly name: string; readonly payload: unknown }
  readonly ref: string
  readonly sha: string
  readonly runId: number
  readonly actor: Actor
  readonly scopes: readonly Scope[]
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly interrupt?: { readonly when: RegExp; readonly signal: NodeJS.Signals }
}

export interface Done extends Ran {
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
  /** `::error title=…::message`, as in the log. */
  readonly annotations: readonly string[]
  readonly temp: string
}

export async function runJob(job: Job): Promise<Done> {
  const temp = temporaryFolder()
  const file = (name: string, text = ''): string => {
    writeFileSync(join(temp, name), text)
    return join(temp, name)
  }
  mkdirSync(join(temp, 'runner'))
  const summary = file('summary.md')
  const output = file('output')
  const inputs = Object.entries({
    'github-token': job.actor.token,
    mode: 'gate',
    comment: 'auto',
    ...job.inputs,
  })
  const ran = await run(process.execPath, [actionFile()], {
    cwd: job.workspace,
    ...(job.interrupt === undefined ? {} : { interrupt: job.interrupt }),
    env: {
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: job.github.url,
      GITHUB_GRAPHQL_URL: `${job.github.url}/graphql`,
      GITHUB_REPOSITORY: 'acme/widget',
      GITHUB_WORKSPACE: job.workspace,
      GITHUB_EVENT_NAME: job.event.name,
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(job.event.payload)),
      GITHUB_REF: job.ref,
      GITHUB_SHA: job.sha,
      GITHUB_RUN_ID: String(job.runId),
      GITHUB_RUN_NUMBER: String(job.runId),
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKFLOW: 'Tailgate',
      GITHUB_WORKFLOW_REF: `acme/widget/.github/workflows/tailgate.yml@${job.ref}`,
      GITHUB_ACTOR: 'alice',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      GITHUB_STATE: file('state'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
      RUNNER_TEMP: join(temp, 'runner'),
      ACTIONS_RESULTS_URL: `${job.github.url}/`,
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RUNTIME_TOKEN: runtimeToken(job.runId, job.scopes),
      ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...job.env,
    },
  })
  return {
    ...ran,
    summary: readFileSync(summary, 'utf8'),
    outputs: outputsOf(readFileSync(output, 'utf8')),
    annotations: ran.stdout.split('\n').filter((line) => /^::(error|warning|notice)/.test(line)),
    temp,
  }
}

function outputsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)].map((match) => [
      match[1]!,
      match[3]!,
    ]),
  )
}

/** What actions/checkout leaves: one commit of `origin`, detached, its history cut off. */
export function checkout(origin: string, sha: string): string {
  const folder = temporaryFolder()
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  git('init', '-q')
  git('remote', 'add', 'origin', `file://${origin}`)
  git('fetch', '-q', '--no-tags', '--depth=1', 'origin', sha)
  git('checkout', '-q', '--detach', sha)
  return folder
}
