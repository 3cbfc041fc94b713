/**
 * `mode: report`: a job with the rights to comment, in a workflow of its own, tells what a job without them measured.
 * No code of the pull request is here, and what that job handed over is read as hostile.
 */
import { UserError } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import { artifactsOfRun, readArtifact } from '../github/artifacts.ts'
import type { Client } from '../github/client.ts'
import { connect } from '../github/client.ts'
import { setOutputs } from '../github/commands.ts'
import type { Context, Env } from '../github/context.ts'
import type { WorkflowRun } from '../github/event.ts'
import type { HandOver } from '../github/hand-over.ts'
import { decodeHandOver, HAND_OVER_FILE, handedOver, pullRequestOfRun } from '../github/hand-over.ts'
import { markdown } from '../reporters/markdown.ts'
import { headline } from '../reporters/wording.ts'
import type { ActionInputs } from './inputs.ts'
import { say } from './log.ts'
import { idOf } from './plan.ts'
import type { Target } from './publish.ts'
import { comment, tellSummary } from './publish.ts'

/** More gates than this in one run are somebody's attempt to flood a pull request. */
const MOST_GATES = 10

/** Answers the exit code: 0 once everything is told, or there is nobody to tell any more. Throws UserError. */
export async function reportMode(env: Env, inputs: ActionInputs, context: Context): Promise<number> {
  const run = context.workflowRun
  if (run === undefined)
    throw new UserError('`mode: report` belongs in a job on the event workflow_run', {
      remedy:
        'measure with `mode: measure` in the pull_request workflow, and report in a second one that follows it',
    })
  if (run.event !== 'pull_request') return nothing(`the run was for ${run.event}, not for a pull request`)
  const { owner, repo, apiUrl } = context
  const client = await connect({ token: inputs.token, apiUrl, owner, repo })
  const pull = await pullRequestOfRun(client, run, `${owner}/${repo}`)
  if (pull.kind !== 'found') return nothing(pull.reason)
  const target = { number: pull.number, sha: run.headSha, runId: run.id, runAttempt: run.attempt }
  return tell({ env, inputs, context, target, run, handed: await collect(client, run) })
}

function nothing(reason: string): number {
  say(`nothing is reported: ${reason}`)
  return 0
}

interface Telling {
  readonly env: Env
  readonly inputs: ActionInputs
  readonly context: Context
  readonly target: Target
  readonly run: WorkflowRun
  readonly handed: readonly HandOver[]
}

/** Throws UserError where one cannot be read: a part is not told as the whole. */
async function collect(client: Client, run: WorkflowRun): Promise<HandOver[]> {
  const artifacts = handedOver(await artifactsOfRun(client, run.id))
  if (artifacts.length > MOST_GATES)
    throw new UserError(`the run handed over more than ${MOST_GATES} reports`)
  const handed: HandOver[] = []
  for (const artifact of artifacts) {
    const text = await readArtifact(client, artifact, HAND_OVER_FILE)
    handed.push(decodeHandOver(text, `artifact ${artifact.name}`))
  }
  return handed
}

async function tell({ env, inputs, context, target, run, handed }: Telling): Promise<number> {
  const link = context.runUrl.replace(/\/runs\/.*$/, `/runs/${run.id}/attempts/${run.attempt}`)
  const messages =
    handed.length === 0
      ? [{ id: idOf(inputs), verdict: 'error', headline: 'nothing was handed over', page: silence(link) }]
      : handed.map(({ id, report }) => ({
          id,
          verdict: report.verdict,
          headline: headline(report),
          page: (marker: string | undefined, limit: number) =>
            markdown(report, { ...(marker === undefined ? {} : { marker }), limit, link }),
        }))
  let failed = ''
  let url = ''
  for (const { id, verdict, headline: line, page } of messages) {
    say(line)
    await tellSummary(env, (limit) => page(undefined, limit))
    const posted = await comment(inputs, context, target, { id, verdict, render: page })
    if (posted?.posted) url = posted.url
    else if (posted !== undefined) failed = posted.reason
    say(
      posted?.posted
        ? `comment ${posted.how}: ${posted.url}`
        : `no comment: ${posted?.reason ?? 'as configured'}`,
    )
  }
  await setOutputs({ ...countsOf(handed), 'comment-url': url })
  const stale =
    failed.startsWith('the comment is of a newer run') || failed.startsWith('`comment: on-change`')
  if (failed !== '' && !stale)
    throw new UserError(`the comment could not be written: ${failed}`, { remedy: REMEDY })
  return 0
}

const REMEDY = 'give this job `permissions: pull-requests: write` and `actions: read`'

/** The run ended before it could hand anything over: an old ✅ must not go on standing there. */
function silence(link: string): (marker: string | undefined) => string {
  return (marker) =>
    `${marker === undefined ? '' : `${marker}\n`}💥 **Nothing was judged: that is no pass**\n\nThe job that measures handed over no report. [Its log](${link}) says why.\n`
}

/** Over all gates of the run: the worst verdict, the sum of the rest. */
function countsOf(handed: readonly HandOver[]): Record<string, string | number> {
  const worst = (['error', 'fail', 'inconclusive', 'pass'] as const).find((verdict) =>
    handed.some(({ report }) => report.verdict === verdict),
  )
  const count = (of: string): number => handed.reduce((sum, { report }) => sum + countIn(report, of), 0)
  return {
    verdict: worst ?? 'error',
    regressions: count('regressed'),
    improvements: count('improved'),
    inconclusive: count('inconclusive'),
  }
}

function countIn({ comparisons }: Report, verdict: string): number {
  return comparisons.filter((c) => c.gating && c.verdict === verdict).length
}
