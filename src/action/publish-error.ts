/** Nothing was judged: said in the places where a verdict would stand, so that an old ✅ does not go on standing there. */
import { failStep, setOutputs } from '../github/commands.ts'
import type { Context, Env } from '../github/context.ts'
import { fenced } from '../reporters/escape.ts'
import type { ActionInputs } from './inputs.ts'
import { say } from './log.ts'
import { comment, shaOf, targetOf, tellComment, tellSummary } from './publish.ts'
import { tellStatus } from './tell-status.ts'

export interface Trouble {
  readonly env: Env
  /** One line. */
  readonly told: string
  readonly id: string
  /** What had been understood by then. */
  readonly inputs?: ActionInputs
  readonly context?: Context
}

export async function publishError({ env, told, id, inputs, context }: Trouble): Promise<void> {
  await failStep(told)
  const page = (link?: string): string =>
    `💥 **Nothing was judged: that is no pass**\n\n${fenced(told.slice(0, 2000))}\n${link === undefined ? '' : `\n<sub>[log of the job](${link})</sub>\n`}`
  await tellSummary(env, () => page())
  if (inputs !== undefined && context !== undefined) {
    const render = (marker: string): string => `${marker}\n${page(context.runUrl)}`
    const posted = await comment(inputs, context, targetOf(context), { id, verdict: 'error', render })
    if (posted !== undefined) await tellComment(env, context, posted)
    const status = { sha: shaOf(context), id, verdict: 'error', headline: told, url: context.runUrl } as const
    await tellStatus(inputs, context, status)
  }
  await setOutputs({ verdict: 'error', regressions: 0, improvements: 0, inconclusive: 0, 'comment-url': '' })
  say('exit code 2: nothing was judged')
}
