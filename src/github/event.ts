/** The parts of GitHub's events that decide something. Branch names in them are chosen by anybody. */
import { UserError } from '../core/errors.ts'
import type { Json } from '../core/untrusted.ts'

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly headRef: string
  readonly baseSha: string
  readonly baseRef: string
  /** Head is in another repository, or was, and that is gone. */
  readonly fork: boolean
}

export interface MergeGroup {
  readonly baseSha: string
  readonly baseRef: string
}

export interface Push {
  readonly before: string
  /** A branch, or else a tag. */
  readonly branch?: string
  readonly tag?: string
}

/** The run that a `workflow_run` job follows. */
export interface WorkflowRun {
  readonly id: number
  readonly event: string
  readonly conclusion: string
  readonly headSha: string
  readonly headBranch: string
  readonly headOwner: string
  readonly headRepositoryId: number
  readonly attempt: number
}

export function pullRequestOf(payload: Json): PullRequest {
  const pull = payload.get('pull_request')
  const base = pull.get('base')
  const head = pull.get('head')
  // `repo` is null once a fork has been deleted.
  const origin = head.get('repo')
  return {
    number: pull.get('number').count(),
    headSha: sha(head.get('sha')),
    headRef: branch(head.get('ref')),
    baseSha: sha(base.get('sha')),
    baseRef: branch(base.get('ref')),
    fork: origin.isNull() || origin.get('id').count() !== base.get('repo').get('id').count(),
  }
}

export function mergeGroupOf(payload: Json): MergeGroup {
  const group = payload.get('merge_group')
  return { baseSha: sha(group.get('base_sha')), baseRef: withoutHeads(branch(group.get('base_ref'))) }
}

export function pushOf(payload: Json): Push {
  const ref = branch(payload.get('ref'))
  const before = sha(payload.get('before'))
  return ref.startsWith('refs/tags/')
    ? { before, tag: ref.slice('refs/tags/'.length) }
    : { before, branch: withoutHeads(ref) }
}

export function workflowRunOf(payload: Json): WorkflowRun {
  const run = payload.get('workflow_run')
  const origin = run.get('head_repository')
  return {
    id: run.get('id').count(),
    event: run.get('event').string(),
    conclusion: run.get('conclusion').isNull() ? '' : run.get('conclusion').string(),
    headSha: sha(run.get('head_sha')),
    headBranch: run.get('head_branch').isNull() ? '' : branch(run.get('head_branch')),
    headOwner: origin.get('owner').get('login').string(),
    headRepositoryId: origin.get('id').count(),
    attempt: run.get('run_attempt').count(),
  }
}

function sha(value: Json): string {
  const text = value.string()
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text))
    throw new UserError('is not a commit', { place: value.place })
  return text
}

/** Git allows nothing else in a name; what begins with a dash could be taken for an option. */
function branch(value: Json): string {
  const text = value.string()
  if (text === '' || text.startsWith('-') || /[\s~^:?*[\\\u0000-\u001f\u007f]/.test(text))
    throw new UserError('is not the name of a branch', { place: value.place })
  return text
}

function withoutHeads(ref: string): string {
  return ref.replace(/^refs\/heads\//, '')
}
