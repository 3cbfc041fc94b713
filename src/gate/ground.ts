/** What is compared with what, and where it is measured. */
import { UserError } from '../core/errors.ts'
import type { Warning } from '../core/warning.ts'
import type { GateRequest, World } from '../gate.ts'
import { ancestorsOf } from '../measure/ancestors.ts'
import type { Prepared } from '../measure/workplaces.ts'
import { prepare } from '../measure/workplaces.ts'

export interface Ground extends Prepared {
  /** Base is measured here beside head, round by round. */
  readonly paired: boolean
  readonly rounds: { readonly min: number; readonly max: number }
  /** For people: how base was found. */
  readonly baseSource?: string
  /** For people: what head is, if not a commit or the working tree. */
  readonly headSource?: string
  /** Declared benchmarks that base's config does not have: failing on base is no fault of theirs. */
  readonly fresh: ReadonlySet<string>
  /** Commits that a stored baseline may be from, nearest first. */
  readonly ancestors: readonly string[]
  readonly warnings: readonly Warning[]
}

/** Copies and builds what the plan's `compare` asks for. */
export async function prepareGround(request: GateRequest, world: World): Promise<Ground> {
  const { plan, folder, base, event } = request
  const prepared = await prepare({
    plan,
    folder,
    ...(base === undefined ? {} : { base }),
    ...(event === undefined ? {} : { event }),
    ...world,
  })
  const { mode } = prepared
  // Without a base beside it, more rounds of head settle nothing: as many as make up a stored run are enough.
  const rounds = mode === 'history' ? { min: plan.rounds.min, max: plan.rounds.min } : plan.rounds
  return {
    ...prepared,
    paired: mode === 'base' || mode === 'sides',
    rounds,
    ...sourceOf(prepared),
    fresh: mode === 'base' ? freshOf(request, prepared) : new Set(),
    ancestors: request.store === undefined ? [] : await ancestorsOf(folder),
    warnings: warningsOf(request, prepared),
  }
}

function sourceOf({ mode, base }: Prepared): { baseSource?: string } {
  if (mode === 'sides') return { baseSource: 'the environment of base' }
  return base === undefined ? {} : { baseSource: base.how }
}

function warningsOf({ plan }: GateRequest, { mode, basePlanText, noBase }: Prepared): Warning[] {
  const warnings: Warning[] = []
  if (noBase !== undefined)
    warnings.push({ code: 'base-not-found', message: `base is not measured here: ${noBase}` })
  if (mode === 'base' && basePlanText === undefined)
    warnings.push({
      code: 'welcome',
      message: `base has no ${plan.file} yet: what does not run there is new`,
    })
  return warnings
}

/** Where base has no config, or one without this benchmark, failing there is no fault. */
function freshOf({ plan, planOf }: GateRequest, { basePlanText }: Prepared): ReadonlySet<string> {
  const names = plan.benchmarks.map((benchmark) => benchmark.name)
  if (basePlanText === undefined) return new Set(names)
  if (planOf === undefined) return new Set()
  try {
    const before = new Set(planOf(basePlanText).benchmarks.map((benchmark) => benchmark.name))
    return new Set(names.filter((name) => !before.has(name)))
  } catch (error) {
    // A config that cannot be read says nothing of what base has: then every failure on base counts.
    if (error instanceof UserError) return new Set()
    throw error
  }
}
