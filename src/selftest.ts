/** Proves that the gate can turn red, and that it stays green: what `tailgate selftest` does. */
import { compareRuns } from './core/comparisons.ts'
import { fewestRounds, lookPlan } from './core/judge.ts'
import type { Plan } from './core/plan.ts'
import type { Comparison } from './core/report.ts'
import { rulesOf } from './core/rules.ts'
import { slowed } from './core/slowed.ts'
import { measureAgainstItself } from './gate/against-itself.ts'
import type { World } from './gate.ts'

export interface Selftest {
  readonly passed: boolean
  /** The slowdown that was put in, relative. */
  readonly mutation: number
  readonly rounds: number
  readonly seed: string
  /** Gating comparisons that the slowdown turned red, and that it did not. */
  readonly red: readonly Comparison[]
  readonly blind: readonly Comparison[]
  /** Comparisons of head with itself that were called regressed. */
  readonly falseAlarms: readonly Comparison[]
  /** Rounds that are needed for any red, if there were fewer. */
  readonly needed?: number
  /** `fail-on` leaves regressions out: no red can fail the job. */
  readonly tolerated: boolean
}

/** `mutation` absent: twice the largest threshold there is. */
export async function selftest(
  request: {
    readonly plan: Plan
    readonly folder: string
    readonly mutation?: number
    readonly seed?: string
  },
  world: World,
): Promise<Selftest> {
  const { plan } = request
  const measured = await measureAgainstItself({ ...request, rounds: plan.rounds.max }, world)
  const { base, head, rounds } = measured
  const rules = rulesOf(plan, [base, head])
  const options = { falseAlarms: plan.falseAlarms, plan: lookPlan(plan.rounds), final: true }
  const basis = { paired: true }
  const same = compareRuns(base, head, basis, rules, options)
  const gating = same.comparisons.filter((c) => c.gating && c.judgedBy === 'change')
  const mutation = request.mutation ?? 2 * Math.max(0, ...gating.map((c) => c.threshold))
  // The measured rounds of base themselves, made slower: the noise is the machine's own.
  const mutated = compareRuns(base, slowed(head, mutation), basis, rules, options).comparisons.filter(
    (c) => c.gating && c.judgedBy === 'change',
  )
  const red = mutated.filter((c) => c.verdict === 'regressed')
  const falseAlarms = same.comparisons.filter((c) => c.gating && c.verdict === 'regressed')
  const tolerated = !plan.failOn.includes('regression')
  const needed = fewestRounds(Math.max(1, same.gatingQuestions), options.falseAlarms, options.plan)
  return {
    // Every benchmark must be able to fail the job, by one of its statistics at least.
    tolerated,
    passed:
      !tolerated &&
      falseAlarms.length === 0 &&
      red.length > 0 &&
      namesOf(mutated).every((name) => namesOf(red).includes(name)),
    mutation,
    rounds,
    seed: measured.seed,
    red,
    blind: mutated.filter((c) => c.verdict !== 'regressed'),
    falseAlarms,
    ...(needed > rounds ? { needed } : {}),
  }
}

function namesOf(comparisons: readonly Comparison[]): string[] {
  return [...new Set(comparisons.map((c) => c.benchmark))]
}
