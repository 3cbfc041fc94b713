/** Tells a report wherever it can be told: summary, comment, annotations, outputs, files. None of it changes the verdict. */
import { lineOf } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Report } from '../core/report.ts'
import { readOnlyBecause } from '../github/circumstances.ts'
import { connect } from '../github/client.ts'
import { annotate, failStep, setOutputs } from '../github/commands.ts'
import type { Posted } from '../github/comment.ts'
import { upsertComment } from '../github/comment.ts'
import type { Context, Env } from '../github/context.ts'
import { appendSummary } from '../github/summary.ts'
import { annotations } from '../reporters/annotations.ts'
import { markdown } from '../reporters/markdown.ts'
import { headline } from '../reporters/wording.ts'
import type { ActionInputs } from './inputs.ts'
import { say } from './log.ts'
import type { Planned } from './plan.ts'
import type { Runs } from './report-folder.ts'
import { writeFiles } from './report-folder.ts'
import { tellStatus } from './tell-status.ts'

export interface Publication {
  readonly env: Env
  readonly inputs: ActionInputs
  readonly context: Context
  readonly planned: Planned
  readonly report: Report
  readonly runs: Runs
}

export async function publish({ env, inputs, context, planned, report, runs }: Publication): Promise<void> {
  const { plan, id } = planned
  say(headline(report))
  const files = await writeFiles(env, id, report, runs)
  await tellSummary(env, (limit) => markdown(report, { limit }))
  const posted = await comment(inputs, context, targetOf(context), {
    id,
    verdict: report.verdict,
    render: (marker, limit) => markdown(report, { marker, limit, link: context.runUrl }),
  })
  if (posted !== undefined) await tellComment(env, context, posted)
  await tellStatus(inputs, context, {
    sha: shaOf(context),
    id,
    verdict: report.verdict,
    headline: headline(report),
    url: context.runUrl,
  })
  if (report.verdict === 'fail' || report.verdict === 'error') await failStep(headline(report))
  await annotate(annotations(report, (benchmark) => placeOf(plan, benchmark)))
  await setOutputs({
    ...countsOf([report]),
    ...files,
    'comment-url': posted?.posted ? posted.url : '',
  })
}

/** Over all that is told: the worst verdict, the sum of the rest. */
export function countsOf(reports: readonly Report[]): Record<string, string | number> {
  const worst = WORST.find((verdict) => reports.some((report) => report.verdict === verdict))
  const gating = reports.flatMap(({ comparisons }) => comparisons.filter((c) => c.gating))
  const count = (verdict: string): number => gating.filter((c) => c.verdict === verdict).length
  return {
    verdict: worst ?? 'error',
    regressions: count('regressed'),
    improvements: count('improved'),
    inconclusive: count('inconclusive'),
  }
}

const WORST = ['error', 'fail', 'inconclusive', 'pass'] as const

/** The pull request that a comment is for, and the job that speaks in it. */
export interface Target {
  readonly number: number
  readonly sha: string
  readonly runId: number
  readonly runAttempt: number
}

export function targetOf({ pullRequest, runId, runAttempt }: Context): Target | undefined {
  return pullRequest && { number: pullRequest.number, sha: pullRequest.headSha, runId, runAttempt }
}

/** The commit that people see: of a pull request its head, not the merge that was checked out. */
export function shaOf(context: Context): string {
  return targetOf(context)?.sha ?? context.sha
}

export interface Message {
  readonly id: string
  readonly verdict: string
  readonly render: (marker: string, limit: number) => string
}

/** Undefined where no comment is meant to be. */
export async function comment(
  { mode: job, comment: mode, token }: Pick<ActionInputs, 'mode' | 'comment' | 'token'>,
  { apiUrl, owner, repo }: Context,
  target: Target | undefined,
  { id, verdict, render }: Message,
): Promise<Posted | undefined> {
  if (target === undefined || mode === 'never' || job === 'measure') return undefined
  const { number, ...at } = target
  try {
    const client = await connect({ token, apiUrl, owner, repo })
    return await upsertComment(client, { number, marker: { id, verdict, ...at }, mode, render })
  } catch (error) {
    return { posted: false, reason: lineOf(error) }
  }
}

export async function tellSummary(env: Env, render: (limit: number) => string): Promise<void> {
  const wrong = await appendSummary(env.GITHUB_STEP_SUMMARY, render)
  if (wrong !== undefined) say(`warning: the summary could not be written: ${wrong}`)
}

/** Where it could not be posted, the summary is what people have, and says so. */
export async function tellComment(env: Env, context: Context, posted: Posted): Promise<void> {
  if (posted.posted) return say(`comment ${posted.how}: ${posted.url}`)
  if (posted.intended) return say(`no comment was written: ${posted.reason}`)
  const known = readOnlyBecause(context)
  const reason = known === undefined ? posted.reason : `${known} (${posted.reason})`
  say(`warning: no comment was written: ${reason}`)
  await tellSummary(
    env,
    () => `\n> No comment was written on the pull request: ${plainly(reason)}. The verdict stands.`,
  )
}

/** GitHub's own words, and ours: no markup is meant in either. */
function plainly(text: string): string {
  return text.replace(/[<>&@#[\]|*_~\\]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** The line of the config where a benchmark is declared, for names that its tool's output brings as well. */
function placeOf({ benchmarks, file }: Plan, name: string): { file: string; line: number } | undefined {
  const declared = benchmarks.find(
    (b) => name === b.name || ['/', '[', ' (since '].some((next) => name.startsWith(b.name + next)),
  )
  return declared === undefined || file === 'inputs' ? undefined : { file, line: declared.line }
}
