import { UserError } from './errors.ts'
import type { BenchmarkPlan, Plan } from './plan.ts'
import type { Run } from './run.ts'

/** A part of a suite that one job of a matrix runs. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
  /** Of how the whole suite was split: the same in all shards, or a benchmark could be in none of them. */
  readonly split?: string
}

/** A matrix has at most 256 jobs. */
const MOST = 256

/** `2/8`. Throws UserError at `place`. */
export function parseShard(text: string, place: string): Shard {
  const match = /^\s*(\d{1,3})\s*\/\s*(\d{1,3})\s*$/.exec(text)
  const [index, of] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || index < 1 || index > of || of > MOST)
    throw new UserError(`"${text.slice(0, 40)}" is no shard`, { place, remedy: `write 2/8; at most ${MOST}` })
  return { index, of }
}

export function shardText({ index, of }: Shard): string {
  return `${index}/${of}`
}

/**
 * The plan of one shard: its benchmarks, and its part of the false alarms that the whole job may have, so that joining
 * the shards need not judge again.
 */
export function shardPlan(plan: Plan, shard: Shard, durations?: ReadonlyMap<string, number>): Plan {
  const mine = new Set(partsOf(plan.benchmarks, shard.of, durations)[shard.index - 1])
  return {
    ...plan,
    benchmarks: plan.benchmarks.filter(({ name }) => mine.has(name)),
    falseAlarms: plan.falseAlarms / shard.of,
  }
}

/** A plan, and how base's is read, as one shard has them. Throws UserError where there is nothing left to do. */
export function sharded(
  whole: Plan,
  planOf: (text: string) => Plan,
  {
    shard,
    place,
    durations,
  }: {
    readonly shard: Shard
    readonly place: string
    readonly durations?: ReadonlyMap<string, number> | undefined
  },
): { readonly plan: Plan; readonly planOf: (text: string) => Plan; readonly shard: Shard } {
  const part = shardPlan(whole, shard, durations)
  if (part.benchmarks.length === 0)
    throw new UserError(
      `shard ${shardText(shard)} has nothing to do: there are ${whole.benchmarks.length} benchmarks`,
      { place, remedy: 'make fewer shards than benchmarks' },
    )
  return {
    plan: part,
    planOf: (text) => shardBasePlan(planOf(text), { whole, part }, shard),
    shard: { ...shard, split: digest(partsOf(whole.benchmarks, shard.of, durations)) },
  }
}

/** Seconds by declared benchmark, as far as a run tells them. */
export function durationsOf({ benchmarks }: Run): ReadonlyMap<string, number> {
  return new Map(
    benchmarks.flatMap(({ declared, seconds }) =>
      seconds === undefined ? [] : [[declared, seconds] as const],
    ),
  )
}

/** FNV-1a, 32 bits: it finds accidents and no more, which is all that it is for. */
function digest(parts: readonly (readonly string[])[]): string {
  let hash = 0x811c9dc5
  for (const byte of JSON.stringify(parts)) hash = Math.imul(hash ^ byte.codePointAt(0)!, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/**
 * Base's plan as one shard sees it: what is in this shard at head, and what head has dropped, which the first shard
 * answers for. Else every shard would miss what the others measure.
 */
export function shardBasePlan(
  base: Plan,
  head: { readonly whole: Plan; readonly part: Plan },
  shard: Shard,
): Plan {
  const known = new Set(head.whole.benchmarks.map(({ name }) => name))
  const mine = new Set(head.part.benchmarks.map(({ name }) => name))
  const benchmarks = base.benchmarks.filter(
    ({ name }) => mine.has(name) || (shard.index === 1 && !known.has(name)),
  )
  return { ...base, benchmarks, falseAlarms: base.falseAlarms / shard.of }
}

/**
 * Longest first, each to the shard that has least to do: within 4/3 of the best there is (Graham 1969). All shards come
 * to the same answer by themselves. Without durations all count alike.
 */
function partsOf(
  benchmarks: readonly BenchmarkPlan[],
  of: number,
  durations: ReadonlyMap<string, number> = new Map(),
): readonly (readonly string[])[] {
  const known = [...durations.values()].filter((seconds) => seconds > 0)
  const usual = known.length === 0 ? 1 : known.reduce((sum, seconds) => sum + seconds, 0) / known.length
  const weights = benchmarks.map(({ name }, at) => ({ name, at, seconds: durations.get(name) ?? usual }))
  const loads = Array.from({ length: of }, () => 0)
  const parts: string[][] = loads.map(() => [])
  for (const { name, seconds } of weights.sort((a, b) => b.seconds - a.seconds || a.at - b.at)) {
    const least = loads.indexOf(Math.min(...loads))
    loads[least]! += seconds
    parts[least]!.push(name)
  }
  return parts
}
