/**
 * `mode: report`: tells what other jobs measured and handed over. In a workflow_run job that is what a pull request of a
 * fork may not tell itself; after a matrix it is all shards as one. No code of the pull request is here, and what was
 * handed over is read as hostile.
 */
import { UserError } from '../core/errors.ts'
import type { Gate } from '../core/join-gates.ts'
import { joinGates } from '../core/join-gates.ts'
import { joinReports } from '../core/join-reports.ts'
import { exitCodeOf } from '../core/report.ts'
import { artifactsOfRun, readArtifact } from '../github/artifacts.ts'
import type { Client } from '../github/client.ts'
import { connect } from '../github/client.ts'
import { failStep } from '../github/commands.ts'
import type { Context, Env } from '../github/context.ts'
import type { WorkflowRun } from '../github/event.ts'
import type { HandOver } from '../github/hand-over.ts'
import { decodeHandOver, HAND_OVER_FILE, handedOver, pullRequestOfRun } from '../github/hand-over.ts'
import { headline } from '../reporters/wording.ts'
import type { ActionInputs } from './inputs.ts'
import { say } from './log.ts'
import { idOf } from './plan.ts'
import { targetOf } from './publish.ts'
import { tellHanded, tellSilence } from './tell-handed.ts'

/** More than this in one run are somebody's attempt to flood a pull request. */
const MOST_GATES = 10
const MOST_PARTS = 256

/** Answers the exit code. Throws UserError. */
export async function reportMode(env: Env, inputs: ActionInputs, context: Context): Promise<number> {
  const { owner, repo, apiUrl, workflowRun } = context
  const client = await connect({ token: inputs.token, apiUrl, owner, repo })
  const job = { env, inputs, context }
  return workflowRun === undefined ? ofThisRun(client, job) : ofRunBefore(client, job, workflowRun)
}

export interface ReportJob {
  readonly env: Env
  readonly inputs: ActionInputs
  readonly context: Context
}

/** After the measuring jobs of one run: what they say together decides this job. */
async function ofThisRun(client: Client, job: ReportJob): Promise<number> {
  const joined = await collect(client, job, job.context.runId)
  if (joined.length === 0)
    throw new UserError('no job of this run has handed over a report', {
      remedy:
        'let this job need the jobs that measure (`mode: measure`, or with a `shard`); on pull requests of forks it belongs in a workflow on workflow_run',
    })
  await tellHanded(job, targetOf(job.context), joined, job.context.runUrl)
  const failed = joined.filter(({ report }) => exitCodeOf(report.verdict) !== 0)
  for (const { report } of failed) await failStep(headline(report))
  return Math.max(...joined.map(({ report }) => exitCodeOf(report.verdict)))
}

/** In a workflow that follows another: 0 once everything is told, or there is nobody to tell any more. */
async function ofRunBefore(client: Client, job: ReportJob, run: WorkflowRun): Promise<number> {
  const { owner, repo, runUrl } = job.context
  if (run.event !== 'pull_request') return nothing(`the run was for ${run.event}, not for a pull request`)
  const pull = await pullRequestOfRun(client, run, `${owner}/${repo}`)
  if (pull.kind !== 'found') return nothing(pull.reason)
  const target = { number: pull.number, sha: run.headSha, runId: run.id, runAttempt: run.attempt }
  const link = runUrl.replace(/\/runs\/.*$/, `/runs/${run.id}/attempts/${run.attempt}`)
  const joined = await collect(client, job, run.id)
  const untold =
    joined.length === 0
      ? await tellSilence(job, target, idOf(job.inputs), link)
      : await tellHanded(job, target, joined, link)
  if (untold !== undefined)
    throw new UserError(`the comment could not be written: ${untold}`, {
      remedy: 'give this job `permissions: pull-requests: write` and `actions: read`',
    })
  return 0
}

function nothing(reason: string): number {
  say(`nothing is reported: ${reason}`)
  return 0
}

/** Throws UserError where a part cannot be read: a part is not told as the whole. */
async function collect(client: Client, { inputs }: ReportJob, runId: number): Promise<readonly Gate[]> {
  const artifacts = handedOver(await artifactsOfRun(client, runId))
  if (artifacts.length > MOST_PARTS)
    throw new UserError(`the run handed over more than ${MOST_PARTS} reports`)
  const gates = new Map<string, HandOver[]>()
  for (const artifact of artifacts) {
    const text = await readArtifact(client, artifact, HAND_OVER_FILE)
    const handed = decodeHandOver(text, `artifact ${artifact.name}`)
    gates.set(handed.id, [...(gates.get(handed.id) ?? []), handed])
  }
  if (gates.size > MOST_GATES)
    throw new UserError(`the run handed over reports of more than ${MOST_GATES} gates`)
  const whole = [...gates].map(([id, parts]) => ({ id, report: joinReports(parts) }))
  return inputs.id === undefined ? whole : joinGates(whole, inputs.id)
}
