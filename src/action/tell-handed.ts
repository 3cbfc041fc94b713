/** Tells reports that were handed over: the log, the summary, the comment, the outputs. */
import type { Gate } from '../core/join-gates.ts'
import { setOutputs } from '../github/commands.ts'
import type { Posted } from '../github/comment.ts'
import { markdown } from '../reporters/markdown.ts'
import { headline } from '../reporters/wording.ts'
import { say } from './log.ts'
import type { Target } from './publish.ts'
import { comment, countsOf, tellComment, tellSummary } from './publish.ts'
import { writeFiles } from './report-folder.ts'
import type { ReportJob } from './report-mode.ts'
import { tellStatus } from './tell-status.ts'

/** Answers why a comment that was to be written was not, if so. */
export async function tellHanded(
  { env, inputs, context }: ReportJob,
  target: Target | undefined,
  joined: readonly Gate[],
  link: string,
): Promise<string | undefined> {
  let untold: string | undefined
  let url = ''
  let files = { report: '', html: '' }
  for (const { id, report } of joined) {
    say(headline(report))
    files = await writeFiles(env, id, report)
    await tellSummary(env, (limit) => markdown(report, { limit }))
    const posted = await comment(inputs, context, target, {
      id,
      verdict: report.verdict,
      render: (marker, limit) => markdown(report, { marker, limit, link }),
    })
    if (posted !== undefined) await tellComment(env, context, posted)
    const { verdict } = report
    const sha = target?.sha ?? context.sha
    await tellStatus(inputs, context, { sha, id, verdict, headline: headline(report), url: link })
    url = posted?.posted ? posted.url : url
    untold ??= failureOf(posted)
  }
  await setOutputs({ ...countsOf(joined.map(({ report }) => report)), ...files, 'comment-url': url })
  return untold
}

/** The run ended before it could hand anything over: an old ✅ must not go on standing there. */
export async function tellSilence(
  { env, inputs, context }: ReportJob,
  target: Target,
  id: string,
  link: string,
): Promise<string | undefined> {
  say('nothing was handed over')
  const page = `💥 **Nothing was judged: that is no pass**\n\nThe job that measures handed over no report. [Its log](${link}) says why.\n`
  await tellSummary(env, () => page)
  const posted = await comment(inputs, context, target, {
    id,
    verdict: 'error',
    render: (marker) => `${marker}\n${page}`,
  })
  const headline = 'nothing was judged: no report was handed over'
  await tellStatus(inputs, context, { sha: target.sha, id, verdict: 'error', headline, url: link })
  await setOutputs({ ...countsOf([]), 'comment-url': posted?.posted ? posted.url : '' })
  return failureOf(posted)
}

/** What was left out on purpose is no failure. */
function failureOf(posted: Posted | undefined): string | undefined {
  if (posted === undefined || posted.posted) return undefined
  return posted.intended === true ? undefined : posted.reason
}
