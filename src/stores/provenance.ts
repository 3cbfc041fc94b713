import type { Run } from '../core/run.ts'
import type { BaselineQuery } from '../gate.ts'

/** What only people with write access can start on a branch. */
export const TRUSTED_EVENTS = ['push', 'schedule', 'workflow_dispatch']

/**
 * Says what is wrong with where a stored run claims to come from; undefined if nothing is. Whoever may write the store
 * may forge the claim: this finds what got into the wrong place, access rights keep forgers out.
 */
export function misplaced(run: Run, query: BaselineQuery): string | undefined {
  const { id, branch, event } = run.provenance ?? {}
  if (run.provenance === undefined) return 'does not say where it comes from'
  if (id !== query.id) return `belongs to the gate ${shown(id)}`
  if (branch !== query.branch) return `is of the branch ${shown(branch)}, not ${query.branch}`
  if (event === undefined || !TRUSTED_EVENTS.includes(event)) return `was made on the event ${shown(event)}`
  if (!/^[0-9a-f]{40,64}$/.test(run.commit ?? '')) return 'names no commit'
  return undefined
}

function shown(claim: string | undefined): string {
  return claim === undefined ? '(not told)' : JSON.stringify(claim.slice(0, 80))
}
