/** The config of base under the selection that was made for head. */
import { UserError } from '../core/errors.ts'
import { matchesName } from '../core/glob.ts'
import type { Plan } from '../core/plan.ts'
import type { LoadOptions } from './load.ts'
import { loadPlan } from './load.ts'

/**
 * What base has of it: a pattern that nothing of base matches, and a suite that base does not have, select nothing
 * there and are no error. Of a suite that is new at head, base has those benchmarks that head's suite has. Throws
 * UserError if the config itself cannot be read.
 */
export function loadBasePlan(text: string, file: string, options: LoadOptions, head: Plan): Plan {
  const { only, suite, ...rest } = options
  const named = (plan: Plan, keep: (name: string) => boolean): Plan => ({
    ...plan,
    benchmarks: plan.benchmarks.filter(
      ({ name }) => keep(name) && (only === undefined || matchesName(only, name)),
    ),
  })
  try {
    return named(loadPlan(text, file, { ...rest, suite }), () => true)
  } catch (error) {
    if (!(error instanceof UserError) || suite === undefined) throw error
    const selected = new Set(head.benchmarks.map((benchmark) => benchmark.name))
    return named(loadPlan(text, file, rest), (name) => selected.has(name))
  }
}
