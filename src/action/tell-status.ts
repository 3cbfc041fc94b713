import { lineOf } from '../core/errors.ts'
import { connect } from '../github/client.ts'
import type { Context } from '../github/context.ts'
import type { StatusRequest } from '../github/status.ts'
import { setStatus } from '../github/status.ts'
import type { ActionInputs } from './inputs.ts'
import { say } from './log.ts'

/** Where it is asked for, and not by a job that hands its report over. */
export async function tellStatus(
  { mode, status: wanted, token }: Pick<ActionInputs, 'mode' | 'status' | 'token'>,
  { apiUrl, owner, repo }: Context,
  status: StatusRequest,
): Promise<void> {
  if (!wanted || mode === 'measure') return
  const wrong = await connect({ token, apiUrl, owner, repo })
    .then((client) => setStatus(client, status))
    .catch(lineOf)
  if (wrong !== undefined) say(`warning: no commit status was set (it takes statuses: write): ${wrong}`)
}
