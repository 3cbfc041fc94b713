/** Ground without copies: both sides in one folder, told apart by their environment. */
import type { Plan } from '../core/plan.ts'
import { temporaryFolder } from '../measure/removal.ts'
import type { Ground } from './ground.ts'

/** One side: what it is called in the report, and what its scripts find in their environment. */
interface Of {
  readonly called: string
  readonly env: Readonly<Record<string, string>>
}

/** `remove` is the caller's to call. */
export function groundInPlace(plan: Plan, folder: string, base: Of, head: Of): Ground {
  const scratch = temporaryFolder()
  return {
    mode: 'sides',
    paired: true,
    rounds: plan.rounds,
    sides: { base: { side: 'base', folder, env: base.env }, head: { side: 'head', folder, env: head.env } },
    baseSource: base.called,
    headSource: head.called,
    scratch: scratch.path,
    fresh: new Set(),
    ancestors: [],
    warnings: [],
    remove: scratch.remove,
  }
}
