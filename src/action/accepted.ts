import { accept } from '../core/accept.ts'
import { lineOf } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Report } from '../core/report.ts'
import { acceptancesOf, labelledPull } from '../github/acceptance.ts'
import { connect } from '../github/client.ts'
import type { Context } from '../github/context.ts'
import { say } from './log.ts'

/** The report after what people accepted by label. GitHub is asked only when there is something to accept. */
export async function acceptedByLabel(
  report: Report,
  { failOn }: Plan,
  context: Context,
  token: string,
): Promise<Report> {
  const number = labelledPull(context)
  if (number === undefined || !report.failedBy.includes('regression')) return report
  const { owner, repo, apiUrl } = context
  try {
    const client = await connect({ token, apiUrl, owner, repo })
    return accept(report, await acceptancesOf(client, number), failOn)
  } catch (error) {
    // Not known to be accepted is not accepted.
    say(`labels could not be read, so nothing is accepted: ${lineOf(error)}`)
    return report
  }
}
