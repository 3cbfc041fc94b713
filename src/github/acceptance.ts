/** Labels by which people accept a regression: `perf-accepted`, `perf-accepted: json*`. */
import type { Acceptance } from '../core/accept.ts'
import type { Client } from './client.ts'
import type { Context } from './context.ts'

const LABEL = /^perf-accepted(?::\s*(\S.*?))?\s*$/

/**
 * Read when the verdict is made, so that a job that is run again sees what was set meanwhile. Who may set a label is
 * GitHub's decision: people with triage rights. Throws ApiError.
 */
export async function acceptancesOf(client: Client, number: number): Promise<Acceptance[]> {
  const labels = await client.all('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    issue_number: number,
  })
  const names = labels.map((label) => (label as { name: string }).name).filter((name) => LABEL.test(name))
  if (names.length === 0) return []
  const events = await client.all('GET /repos/{owner}/{repo}/issues/{issue_number}/events', {
    issue_number: number,
  })
  return names.map((name) => ({ pattern: LABEL.exec(name)?.[1] ?? '*', ...lastSet(events, name) }))
}

function lastSet(events: readonly unknown[], name: string): { by: string; at: string } {
  const found = events.findLast((item) => {
    const { event, label } = item as { event?: string; label?: { name?: string } }
    return event === 'labeled' && label?.name === name
  }) as { actor?: { login?: string } | null; created_at?: string } | undefined
  return { by: found?.actor?.login ?? 'somebody', at: found?.created_at ?? '' }
}

/** The pull request whose labels count: a merge queue names it in its branch. */
export function labelledPull({ pullRequest, ref }: Context): number | undefined {
  if (pullRequest !== undefined) return pullRequest.number
  const queued = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1]
  return queued === undefined ? undefined : Number(queued)
}
