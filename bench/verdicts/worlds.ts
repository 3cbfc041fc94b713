import { sampled } from '../../src/core/distribution.ts'
import { type Generator, generator } from '../../test/statistics/generator.ts'
import { type Recorded, recorded } from './corpus.ts'
import type { Trial } from './trial.ts'

/**
 * Eleven kinds of noise. Figures are of the logarithm of a run's speed. A run is 1,000 operations: a log-normal body
 * and 2 % of operations on a slow path of exponential length.
 */
export interface World {
  readonly name: string
  /** Of each run by itself. */
  readonly run: number
  /** Law of it: normal, or Student's t with 2 degrees. */
  readonly heavy?: boolean
  /** Of what neighbours in time share, and how it carries over to the next run. */
  readonly surroundings: number
  readonly carry?: number
  /** Of the length of the slow path, each run. */
  readonly tail: number
  /** Over the whole job, up or down. */
  readonly trend?: number
  /** A share of runs that is slower by a fixed step (two speeds), or by an exponential one (bursts). */
  readonly mode?: { readonly share: number; readonly step: number }
  readonly burst?: { readonly share: number; readonly mean: number }
  /** What the second run of a pair loses. */
  readonly second?: number
  /** How much the noise itself differs from job to job: log-sd. */
  readonly shift?: number
}

export const WORLDS: readonly World[] = [
  { name: 'quiet', run: 0.018, surroundings: 0.015, tail: 0.06 },
  { name: 'typical', run: 0.022, surroundings: 0.03, tail: 0.06, burst: { share: 0.04, mean: 0.25 } },
  { name: 'noisy', run: 0.06, surroundings: 0.06, tail: 0.1, burst: { share: 0.08, mean: 0.35 } },
  { name: 'bimodal', run: 0.02, surroundings: 0.02, tail: 0.06, mode: { share: 0.4, step: 0.113 } },
  { name: 'heavy', run: 0.02, heavy: true, surroundings: 0.02, tail: 0.06 },
  { name: 'drifty', run: 0.018, surroundings: 0.03, carry: 0.97, tail: 0.06, trend: 0.12 },
  { name: 'bimodal2', run: 0, surroundings: 0, tail: 0, mode: { share: 0.5, step: 0.14 } },
  { name: 'rareslow', run: 0.015, surroundings: 0.015, tail: 0.06, mode: { share: 0.12, step: 0.262 } },
  { name: 'spiky', run: 0.02, surroundings: 0.02, tail: 0.06, burst: { share: 0.15, mean: 0.5 } },
  { name: 'orderbias', run: 0.02, surroundings: 0.02, tail: 0.06, second: 0.077 },
  {
    name: 'noiseshift',
    run: 0.022,
    surroundings: 0.03,
    tail: 0.06,
    burst: { share: 0.04, mean: 0.25 },
    shift: 0.9,
  },
]

export type Effect = 'none' | '+10%' | 'tail +20%'

const OPERATIONS = 1000
const SLOW = 0.02

function exponential(random: Generator): number {
  return -Math.log(1 - random.uniform())
}

function studentTwo(random: Generator): number {
  return random.normal() / Math.sqrt(exponential(random)) // √(χ²₂/2)
}

/** The operations of one run: fast ones, and those on the slow path. */
function operations(random: Generator, tailNoise: number): { fast: Float64Array; slow: Float64Array } {
  let slow = 0
  for (let i = 0; i < OPERATIONS; i++) if (random.uniform() < SLOW) slow++
  const length = Math.exp(tailNoise * random.normal())
  return {
    fast: Float64Array.from({ length: OPERATIONS - slow }, () => Math.exp(0.12 * random.normal())),
    slow: Float64Array.from({ length: slow }, () => (2.5 + exponential(random)) * length),
  }
}

function runOf(
  made: { fast: Float64Array; slow: Float64Array },
  speed: number,
  order: number,
  factors: { all: number; slow: number },
): Recorded {
  const values = new Float64Array(OPERATIONS)
  const factor = 1e6 * Math.exp(speed) * factors.all
  values.set(made.fast.map((v) => v * factor))
  values.set(
    made.slow.map((v) => v * factor * factors.slow),
    made.fast.length,
  )
  return recorded(order, sampled(values))
}

const FACTORS: Readonly<Record<Effect, { all: number; slow: number }>> = {
  none: { all: 1, slow: 1 },
  '+10%': { all: 1.1, slow: 1 },
  'tail +20%': { all: 1, slow: 1.2 },
}

/** Pairs of one benchmark in a world, the same noise under each effect. */
export function simulated(
  world: World,
  rounds: number,
  effects: readonly Effect[],
  seed: number,
): ReadonlyMap<Effect, Trial> {
  const random = generator(seed)
  const size = Math.exp((world.shift ?? 0.3) * random.normal())
  const carry = world.carry ?? 0.5
  const trend = (world.trend ?? 0) * (random.uniform() < 0.5 ? 1 : -1)
  const pairs = new Map<Effect, { base: Recorded; head: Recorded }[]>(effects.map((e) => [e, []]))
  let surroundings = random.normal()
  const speedOf = (slot: number, order: number) => {
    surroundings = carry * surroundings + Math.sqrt(1 - carry * carry) * random.normal()
    const own = world.heavy === true ? studentTwo(random) : random.normal()
    let speed = size * (world.run * own + world.surroundings * surroundings) + (trend * slot) / (2 * rounds)
    if (world.mode !== undefined && random.uniform() < world.mode.share) speed += world.mode.step
    if (world.burst !== undefined && random.uniform() < world.burst.share)
      speed += Math.log1p(world.burst.mean * exponential(random))
    return speed + (order === 1 ? (world.second ?? 0) : 0)
  }
  for (let i = 0; i < rounds; i++) {
    const headFirst = random.uniform() < 0.5
    const speeds = [speedOf(2 * i, 0), speedOf(2 * i + 1, 1)] as const
    const base = operations(random, size * world.tail)
    const head = operations(random, size * world.tail)
    const baseOrder = headFirst ? 1 : 0
    const headOrder = headFirst ? 0 : 1
    const baseRun = runOf(base, speeds[baseOrder], baseOrder, FACTORS.none)
    for (const effect of effects)
      pairs.get(effect)!.push({
        base: baseRun,
        head: runOf(head, speeds[headOrder], headOrder, FACTORS[effect]),
      })
  }
  return new Map(effects.map((e) => [e, { pairs: pairs.get(e)! }]))
}
