/** What started this job, out of the runner's environment and the event file: a function of both. */
import { UserError } from '../core/errors.ts'
import type { Json } from '../core/untrusted.ts'
import { parseUntrusted } from '../core/untrusted.ts'
import type { MergeGroup, PullRequest, Push, WorkflowRun } from './event.ts'
import { mergeGroupOf, pullRequestOf, pushOf, workflowRunOf } from './event.ts'

export type Env = Readonly<Record<string, string | undefined>>

export interface Context {
  readonly owner: string
  readonly repo: string
  /** Name of the event: `pull_request`, `push`, … */
  readonly event: string
  readonly sha: string
  readonly ref: string
  readonly runId: number
  readonly runAttempt: number
  readonly runNumber: number
  readonly workflow: string
  readonly actor: string
  readonly apiUrl: string
  /** Page of this run: where its summary and artifacts are. */
  readonly runUrl: string
  readonly defaultBranch?: string
  readonly pullRequest?: PullRequest
  readonly mergeGroup?: MergeGroup
  readonly push?: Push
  readonly workflowRun?: WorkflowRun
}

/** Throws UserError where the environment is not that of a job, or the event is one that must not be gated. */
export function readContext(env: Env, eventText: string): Context {
  const event = demand(env, 'GITHUB_EVENT_NAME')
  if (event === 'pull_request_target') throw new UserError(TARGET_REFUSED, { remedy: TARGET_REMEDY })
  const payload = parseUntrusted(eventText, env.GITHUB_EVENT_PATH ?? 'event file')
  const [owner = '', repo = ''] = demand(env, 'GITHUB_REPOSITORY').split('/')
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com'
  const runId = whole(env, 'GITHUB_RUN_ID')
  const runAttempt = whole(env, 'GITHUB_RUN_ATTEMPT', 1)
  return {
    owner,
    repo,
    event,
    sha: demand(env, 'GITHUB_SHA'),
    ref: env.GITHUB_REF ?? '',
    runId,
    runAttempt,
    runNumber: whole(env, 'GITHUB_RUN_NUMBER', 0),
    workflow: env.GITHUB_WORKFLOW ?? '',
    actor: env.GITHUB_ACTOR ?? '',
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    runUrl: `${server}/${owner}/${repo}/actions/runs/${runId}/attempts/${runAttempt}`,
    ...defaultBranchOf(payload),
    ...ofEvent(event, payload),
  }
}

function ofEvent(
  event: string,
  payload: Json,
): Pick<Context, 'pullRequest' | 'mergeGroup' | 'push' | 'workflowRun'> {
  if (event === 'pull_request') return { pullRequest: pullRequestOf(payload) }
  if (event === 'merge_group') return { mergeGroup: mergeGroupOf(payload) }
  if (event === 'push') return { push: pushOf(payload) }
  if (event === 'workflow_run') return { workflowRun: workflowRunOf(payload) }
  return {}
}

const TARGET_REFUSED =
  'pull_request_target runs with the rights of the base: measuring would run code of the pull request with them'
const TARGET_REMEDY =
  'use the event pull_request; a comment on pull requests of forks takes a second workflow on workflow_run'

function defaultBranchOf(payload: Json): { defaultBranch?: string } {
  if (!payload.has('repository')) return {}
  const { default_branch } = payload.get('repository').optional('default_branch', (v) => v.string())
  return default_branch === undefined ? {} : { defaultBranch: default_branch }
}

function demand(env: Env, name: string): string {
  const value = env[name]
  if (value === undefined || value === '')
    throw new UserError(`${name} is not set: this is not a job of GitHub Actions`, {
      remedy: 'use the command line instead: tailgate run',
    })
  return value
}

function whole(env: Env, name: string, otherwise?: number): number {
  if (otherwise !== undefined && (env[name] ?? '') === '') return otherwise
  const value = Number(demand(env, name))
  if (!Number.isSafeInteger(value) || value < 0) throw new UserError(`${name} is not a number`)
  return value
}
