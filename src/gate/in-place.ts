/** Ground without copies: both sides in one folder, told apart by their environment. */
import type { Plan } from '../core/plan.ts'
import { temporaryFolder } from '../measure/removal.ts'
import type { Ground } from './ground.ts'

type Environment = Readonly<Record<string, string>>

/** `remove` is the caller's to call. */
export function groundInPlace(
  plan: Plan,
  folder: string,
  base: Environment,
  head: Environment,
  baseSource: string,
): Ground {
  const scratch = temporaryFolder()
  return {
    mode: 'sides',
    paired: true,
    rounds: plan.rounds,
    sides: { base: { side: 'base', folder, env: base }, head: { side: 'head', folder, env: head } },
    baseSource,
    scratch: scratch.path,
    fresh: new Set(),
    ancestors: [],
    warnings: [],
    remove: scratch.remove,
  }
}
