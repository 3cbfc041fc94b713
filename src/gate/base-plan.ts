import { lineOf, UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Warning } from '../core/warning.ts'
import type { GateRequest } from '../gate.ts'
import type { Ground } from './ground.ts'

/** Base's config under the same suite and flags; one that cannot be read is told, and then nothing is known of it. */
export function readBasePlan(request: GateRequest, ground: Ground): { plan?: Plan; warnings: Warning[] } {
  if (ground.basePlanText === undefined || request.planOf === undefined) return { warnings: [] }
  try {
    return { plan: request.planOf(ground.basePlanText), warnings: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const message = `base's config cannot be read: ${lineOf(error)}`
    return { warnings: [{ code: 'base-config', message }] }
  }
}
