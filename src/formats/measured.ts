import { type Measurement, type Sampled, sampled, type Told } from '../core/distribution.ts'
import type { MetricResult } from '../core/result.ts'
import { type Better, betterOf, betterOfUnit, tidy } from '../core/unit.ts'

/** What a metric may have beside its figures. */
type Beside = Pick<MetricResult, 'resolution' | 'primary'> & { readonly better?: Better | undefined }

/** One result, with `better` from the metric's name or unit unless told; `better: undefined` leaves it untold. */
export function result(
  benchmark: string,
  metric: string,
  unit: string,
  data: Measurement,
  { better, ...beside }: Beside & { readonly rounds?: readonly Measurement[] } = {},
): MetricResult {
  const good = better ?? betterOf(metric, unit)
  return { benchmark, metric, unit, ...(good === undefined ? {} : { better: good }), data, ...beside }
}

/** Something that is counted and is no quality: no way of it is good. */
export function info(benchmark: string, metric: string, unit: string, value: number): MetricResult {
  return { benchmark, metric, unit, data: { kind: 'scalar', value }, primary: false }
}

/** Values that are rounds each: a distribution over them, and each by itself. */
export function roundsOf(values: readonly number[]): { data: Sampled; rounds: readonly Sampled[] } {
  return { data: sampled(values), rounds: values.map((value) => sampled([value])) }
}

/** What a tool tells of a distribution, in the tool's unit; what is undefined was not told. */
interface Telling {
  readonly count?: number | undefined
  readonly mean?: number | undefined
  readonly sd?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** By name (`p50`, `p99.9`). */
  readonly quantiles?: Readonly<Record<string, number | undefined>>
}

/** Only what was told, taken to the base unit by `factor`. */
export function told({ count, quantiles = {}, ...figures }: Telling, factor: number): Told {
  const scaled = (entries: [string, number | undefined][]) =>
    Object.fromEntries(
      entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value * factor]])),
    )
  return {
    kind: 'told',
    ...(count === undefined ? {} : { count }),
    ...scaled(Object.entries(figures)),
    quantiles: scaled(Object.entries(quantiles)),
  }
}

/** How often each stands in a list: one pass, however long a hostile list is. */
export function timesOf(list: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const item of list) times.set(item, (times.get(item) ?? 0) + 1)
  return times
}

/** A list by a key of its items, in the order in which the keys come. */
export function groupsOf<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

/** Failed operations out of all. */
export function errorRate(benchmark: string, failed: number, total: number): MetricResult {
  return result(benchmark, 'error_rate', 'ratio', {
    kind: 'scalar',
    value: total === 0 ? 0 : failed / total,
    total,
  })
}

/** What a free unit such as `p99-ns/op`, `rows/s` or `cache-hit%` means: base unit, factor, and direction where it tells. */
export function readUnit(unit: string): { unit: string; factor: number; better?: Better } {
  const word = unit.slice(unit.lastIndexOf('-') + 1)
  const [what = '', per] = splitAtSlash(word)
  const whole = tidy(1, word)
  if (whole.unit !== word || betterOfUnit(word) !== undefined) return withBetter(whole.unit, whole.value)
  if (per === 's' || per === 'sec') return withBetter(tidy(1, what).unit === 'B' ? 'B/s' : '1/s', 1)
  if (per !== undefined) {
    const base = tidy(1, what)
    if (base.unit !== what || betterOfUnit(what) !== undefined) return withBetter(base.unit, base.value)
    if (what === 'allocs') return { unit: 'count', factor: 1, better: 'lower' }
  }
  return { unit, factor: 1 }
}

function withBetter(unit: string, factor: number): { unit: string; factor: number; better?: Better } {
  const better = betterOfUnit(unit)
  return { unit, factor, ...(better === undefined ? {} : { better }) }
}

function splitAtSlash(word: string): [string, string | undefined] {
  const at = word.lastIndexOf('/')
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}
