/** What follows from the event: what head is compared with, whose baseline it is, what may be written. */
import { UserError } from '../core/errors.ts'
import type { Context } from './context.ts'

/** What of the event tells the base. */
export type BaseEvent =
  | {
      readonly kind: 'pull_request'
      readonly baseSha: string
      readonly headSha: string
      readonly baseRef: string
    }
  | { readonly kind: 'merge_group'; readonly baseSha: string }
  | { readonly kind: 'push'; readonly before: string }
  | { readonly kind: 'tag' }

/** Undefined where the event names no base (schedule, dispatch): the default branch is it. */
export function baseEventOf({ pullRequest, mergeGroup, push, ref }: Context): BaseEvent | undefined {
  if (pullRequest !== undefined) {
    const { baseSha, headSha, baseRef } = pullRequest
    return { kind: 'pull_request', baseSha, headSha, baseRef }
  }
  if (mergeGroup !== undefined) return { kind: 'merge_group', baseSha: mergeGroup.baseSha }
  if (push?.tag !== undefined || ref.startsWith('refs/tags/')) return { kind: 'tag' }
  return push === undefined ? undefined : { kind: 'push', before: push.before }
}

/** The branch whose history head is compared with: the configured one, or where head will be merged, or the default. */
export function baselineBranchOf(
  { pullRequest, mergeGroup, defaultBranch }: Context,
  configured?: string,
): string | undefined {
  return configured ?? pullRequest?.baseRef ?? mergeGroup?.baseRef ?? defaultBranch
}

/** Where the change goes to: what the patterns of `branches` are meant for. */
export function targetBranchOf({ pullRequest, mergeGroup, push, ref }: Context): string | undefined {
  const checkedOut = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined
  return pullRequest?.baseRef ?? mergeGroup?.baseRef ?? push?.branch ?? push?.tag ?? checkedOut
}

/** Events that only people with write access can cause, on a commit that is in the branch already. */
const SAVING_EVENTS = new Set(['push', 'schedule', 'workflow_dispatch'])

/** Whether this job's run may become a baseline of the branch that `baselineBranch` names (default: the default branch). */
export function savesBaseline(context: Context, baselineBranch?: string): boolean {
  const branch = baselineBranch ?? context.defaultBranch
  return SAVING_EVENTS.has(context.event) && branch !== undefined && context.ref === `refs/heads/${branch}`
}

/** What is stored with a run, and asked for when it is read back. */
export function provenanceOf(
  context: Context,
  id: string,
  branch: string | undefined,
): Record<string, string> {
  return {
    repository: `${context.owner}/${context.repo}`,
    event: context.event,
    workflow: context.workflow,
    run: `${context.runId}.${context.runAttempt}`,
    id,
    ...(branch === undefined ? {} : { branch }),
  }
}

/** Why the token of this job cannot write a comment, if that is known beforehand. Only the answer to a try is certain. */
export function readOnlyBecause({ pullRequest, actor }: Context): string | undefined {
  if (pullRequest?.fork) return 'the token of a pull request from a fork may only read'
  if (actor === 'dependabot[bot]') return 'the token of a job that Dependabot started may only read'
  return undefined
}

/** Code of a pull request is never run in a job that has more rights than the pull request. */
export function requireMeasurable({ workflowRun }: Context): void {
  if (workflowRun !== undefined)
    throw new UserError(
      'a workflow_run job has the rights of the default branch: nothing is measured in it',
      {
        remedy: 'measure in the pull_request workflow, and comment here with `mode: report`',
      },
    )
}
