/** Settings of a config file with those of branch, suite and flags put over them. */
import { matchesBranch } from '../core/glob.ts'
import type { Thresholds } from '../core/plan.ts'
import type { Path } from './read.ts'
import type { Config, Measured, Settings } from './schema.ts'
import type { ToldThresholds } from './values.ts'

/** Settings from one source, and where its keys stand. */
export interface Layer {
  readonly settings: Settings
  readonly placeOf: (key: keyof Settings) => string
}

export interface Sources {
  readonly config: Config
  readonly suite?: string | undefined
  /** The branch that the change goes to. */
  readonly branch?: string | undefined
  readonly flags: Layer
  /** Place of a path of the config. */
  readonly at: (path: Path) => string
}

/** The config, then each matching branch in the order of the file, then the suite, then flags: the later wins. */
export function layersOf({ config, suite, branch, flags, at }: Sources): readonly Layer[] {
  const from = (settings: Settings, path: Path): Layer => ({ settings, placeOf: (key) => at([...path, key]) })
  const branches = Object.entries(config.branches ?? {})
    .filter(([pattern]) => branch !== undefined && matchesBranch(pattern, branch))
    .map(([pattern, settings]) => from(settings, ['branches', pattern]))
  const suites = suite === undefined ? [] : [from(config.suites![suite]!, ['suites', suite])]
  return [from(config, []), ...branches, ...suites, flags]
}

/** The last layer that says anything of a key. */
export function layerOf(layers: readonly Layer[], key: keyof Settings): Layer | undefined {
  return layers.findLast(({ settings }) => settings[key] !== undefined)
}

export function lastOf<Key extends keyof Settings>(
  layers: readonly Layer[],
  key: Key,
): Settings[Key] | undefined {
  return layerOf(layers, key)?.settings[key]
}

/** Maps are put together key by key. */
export function mergedOf<Key extends 'rounds' | 'baseline'>(
  layers: readonly Layer[],
  key: Key,
): NonNullable<Settings[Key]> {
  return Object.assign({}, ...layers.map(({ settings }) => settings[key] ?? {})) as NonNullable<Settings[Key]>
}

/** A single value clears what stood before it, a map adds to it. */
export function thresholdsOf(told: readonly (ToldThresholds | undefined)[]): Thresholds {
  let thresholds: Thresholds = {}
  for (const layer of told)
    if (layer !== undefined)
      thresholds = layer.replaces ? layer.thresholds : { ...thresholds, ...layer.thresholds }
  return thresholds
}

/** A benchmark's own keys with those that the suite sets for it. */
export function withSet(
  own: Measured,
  set: Partial<Measured> | undefined,
): Measured & { thresholds: Thresholds } {
  const thresholds = thresholdsOf([own.threshold, set?.threshold])
  const env = { ...own.env, ...set?.env }
  const load = { ...own.load, ...set?.load }
  return { ...own, ...set, env, thresholds, ...(Object.keys(load).length === 0 ? {} : { load }) }
}
