/** Settings of a config file with those of branch, suite and flags put over them. */
import { matchesBranch } from '../core/glob.ts'
import type { Thresholds } from '../core/plan.ts'
import type { Config, Measured, Settings, Suite, ToldThresholds } from './schema.ts'

/** The config, then each matching branch in the order of the file, then the suite, then flags: the later wins. */
export function layersOf(
  config: Config,
  {
    branch,
    suite,
    flags,
  }: { branch?: string | undefined; suite?: Suite | undefined; flags?: Settings | undefined },
): readonly Settings[] {
  const branches = Object.entries(config.branches ?? {})
    .filter(([pattern]) => branch !== undefined && matchesBranch(pattern, branch))
    .map(([, settings]) => settings)
  return [
    config,
    ...branches,
    ...(suite === undefined ? [] : [suite]),
    ...(flags === undefined ? [] : [flags]),
  ]
}

/** What the last layer that says anything of a key says. */
export function lastOf<Key extends keyof Settings>(
  layers: readonly Settings[],
  key: Key,
): Settings[Key] | undefined {
  return layers.findLast((layer) => layer[key] !== undefined)?.[key]
}

/** Maps are put together key by key. */
export function mergedOf<Key extends 'rounds' | 'baseline' | 'sides'>(
  layers: readonly Settings[],
  key: Key,
): NonNullable<Settings[Key]> {
  return Object.assign({}, ...layers.map((layer) => layer[key] ?? {})) as NonNullable<Settings[Key]>
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
  return { ...own, ...set, env, thresholds }
}
