/** Head measured against itself, all rounds whatever they say: the ground of calibration and of the self-test. */
import type { Collected } from '../core/collect.ts'
import { collect } from '../core/collect.ts'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import type { Run } from '../core/run.ts'
import type { World } from '../gate.ts'
import { measureOn } from '../gate.ts'
import { newSeed } from '../measure/coin.ts'
import { fingerprint } from '../measure/machine.ts'
import { prepare } from '../measure/workplaces.ts'
import { VERSION } from '../version.ts'

export interface AgainstItself {
  readonly base: Run
  readonly head: Run
  readonly rounds: number
  readonly seed: string
}

/** Throws UserError if anything could not be measured: a calibration on half of the benchmarks is none. */
export async function measureAgainstItself(
  request: { readonly plan: Plan; readonly folder: string; readonly rounds: number; readonly seed?: string },
  world: World,
): Promise<AgainstItself> {
  const seed = request.seed ?? newSeed()
  const plan: Plan = { ...request.plan, compare: 'sides', sides: { base: {}, head: {} } }
  const prepared = await prepare({ plan, folder: request.folder, ...world })
  try {
    const rounds = { min: request.rounds, max: request.rounds }
    const names = new Set(plan.benchmarks.map((benchmark) => benchmark.name))
    const ground = {
      ...prepared,
      paired: true,
      rounds,
      fresh: new Set<string>(),
      ancestors: [],
      warnings: [],
    }
    world.progress.say(`seed ${seed}`)
    const measured = await measureOn(ground, plan, { ...world, seed, decide: () => names })
    const side = (of: 'base' | 'head') =>
      whole(collect(measured.executions, of, { tool: VERSION, machine: fingerprint(), pairing: seed }))
    const runs = { base: side('base'), head: side('head') }
    const least = Math.min(...runs.head.series.map((series) => series.rounds.length))
    return { ...runs, rounds: Number.isFinite(least) ? least : 0, seed }
  } finally {
    prepared.remove()
  }
}

function whole({ run, failures }: Collected): Run {
  const failed = failures[0]
  if (failed !== undefined) throw new UserError(failed.reason, { place: failed.benchmark })
  if (run.series.length === 0) throw new UserError('nothing was measured')
  return run
}
