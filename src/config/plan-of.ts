/** A checked config → the plan of one job: layers applied, defaults filled in. */
import { UserError } from '../core/errors.ts'
import type { BaselinePlan, BenchmarkPlan, CompareMode, Plan } from '../core/plan.ts'
import type { ServicePlan } from '../core/service-plan.ts'
import { companyOf } from './company-of.ts'
import { DEFAULTS, ROUNDS_OF_NONE } from './defaults.ts'
import { parseDuration, parsePercentage, parseStatistic, parseThreshold } from './figures.ts'
import type { Layer } from './layers.ts'
import { lastOf, layerOf, mergedOf, thresholdsOf, withSet } from './layers.ts'
import type { Benchmark, Measured } from './schema.ts'
import { workOf } from './work-of.ts'

export interface Declared {
  readonly benchmark: Benchmark
  readonly set: Partial<Measured> | undefined
  /** `tailgate.yml:14:5`. */
  readonly place: string
  readonly line: number
}

/** `layers` from the weakest to the strongest. Throws UserError where settings contradict each other. */
export function planOf(
  declared: readonly Declared[],
  layers: readonly Layer[],
  about: {
    readonly file: string
    readonly suite?: string | undefined
    readonly services?: Readonly<Record<string, ServicePlan>>
  },
): Plan {
  const { services = {} } = about
  const compare = compareOf(layers)
  const statistics = lastOf(layers, 'statistics') ?? DEFAULTS.statistics.map(parseStatistic)
  const build = lastOf(layers, 'build')
  return {
    benchmarks: declared.map((one) =>
      benchmarkOf(one, services, lastOf(layers, 'profile') ?? DEFAULTS.profile),
    ),
    statistics: [...new Set(statistics)],
    thresholds: {
      '*': parseThreshold(DEFAULTS.threshold),
      ...thresholdsOf(layers.map(({ settings }) => settings.threshold)),
    },
    overrides: layers
      .flatMap(({ settings }) => settings.overrides ?? [])
      .map(({ match, threshold, statistics, budgets }) => ({
        match,
        ...(statistics === undefined ? {} : { statistics: [...new Set(statistics)] }),
        thresholds: threshold?.thresholds ?? {},
        budgets: budgets ?? [],
      })),
    ...(Object.keys(services).length === 0 ? {} : { services }),
    compare,
    rounds: roundsOf(layers, compare),
    falseAlarms: lastOf(layers, 'false-alarms') ?? parsePercentage(DEFAULTS['false-alarms']),
    time: lastOf(layers, 'time') ?? parseDuration(DEFAULTS.time),
    ...(build === undefined ? {} : { build }),
    buildTimeout: lastOf(layers, 'build-timeout') ?? parseDuration(DEFAULTS['build-timeout']),
    carry: [...new Set(lastOf(layers, 'carry') ?? DEFAULTS.carry)],
    baseline: baselineOf(layers),
    failOn: [...new Set(lastOf(layers, 'fail-on') ?? DEFAULTS['fail-on'])],
    ...readinessPlanOf(layers),
    ...sidesOf(layers, compare),
    file: about.file,
    ...(about.suite === undefined ? {} : { suite: about.suite }),
  }
}

function benchmarkOf(
  { benchmark, set, place, line }: Declared,
  services: Readonly<Record<string, ServicePlan>>,
  profiled: boolean,
): BenchmarkPlan {
  const { name, ...own } = benchmark
  const told = withSet(own, set)
  const { format, output, timeout, env, statistics, thresholds, budgets } = told
  const work = workOf(told, services, place)
  return {
    name,
    ...work,
    ...companyOf(told, work, services, place),
    format: format ?? DEFAULTS.format,
    ...(output === undefined ? {} : { output }),
    ...((told.profile ?? profiled) ? { profile: true as const } : {}),
    timeout: timeout ?? parseDuration(DEFAULTS.timeout),
    env: env ?? {},
    ...(statistics === undefined ? {} : { statistics: [...new Set(statistics)] }),
    thresholds,
    budgets: budgets ?? [],
    place,
    line,
  }
}

/** `sides` without a word on `compare` says enough. */
function compareOf(layers: readonly Layer[]): CompareMode {
  return lastOf(layers, 'compare') ?? (lastOf(layers, 'sides') === undefined ? DEFAULTS.compare : 'sides')
}

/** Of two bounds that exclude each other the one told later holds and the other gives way; told together, they are a mistake. */
function roundsOf(layers: readonly Layer[], compare: CompareMode): Plan['rounds'] {
  const standard = compare === 'none' ? ROUNDS_OF_NONE : DEFAULTS.rounds
  const { min: least, max: most, warmup } = mergedOf(layers, 'rounds')
  const told = (key: 'min' | 'max') =>
    layers.findLastIndex(({ settings }) => settings.rounds?.[key] !== undefined)
  if (least !== undefined && most !== undefined && least > most && told('min') === told('max'))
    throw new UserError(`rounds.min is ${least} but rounds.max is ${most}`, {
      place: layers[told('min')]!.placeOf('rounds'),
      remedy: `raise max, or lower min to ${most}`,
    })
  const byMin = told('min') > told('max')
  const min = least === undefined || !byMin ? Math.min(least ?? standard.min, most ?? Infinity) : least
  const max = Math.max(most ?? (compare === 'none' ? min : DEFAULTS.rounds.max), min)
  return { min, max, warmup: warmup ?? standard.warmup }
}

function baselineOf(layers: readonly Layer[]): BaselinePlan {
  const { store, branch, keep, release } = { ...DEFAULTS.baseline, ...mergedOf(layers, 'baseline') }
  return { store, keep, release, ...(branch === undefined ? {} : { branch }) }
}

function readinessPlanOf(layers: readonly Layer[]): Pick<Plan, 'readiness'> {
  const told = lastOf(layers, 'readiness')
  return told === undefined ? {} : { readiness: { ...told, weights: told.weights ?? {} } }
}

function sidesOf(layers: readonly Layer[], compare: CompareMode): Pick<Plan, 'sides'> {
  const sides = lastOf(layers, 'sides')
  if (sides !== undefined) return { sides: { base: sides.base?.env ?? {}, head: sides.head?.env ?? {} } }
  if (compare !== 'sides') return {}
  throw new UserError('`compare: sides` needs the key `sides`', {
    place: layerOf(layers, 'compare')!.placeOf('compare'),
    remedy: 'write sides: { base: { env: {} }, head: { env: { FAST: 1 } } }',
  })
}
