import { keyOf } from './result.ts'
import type { Run, Series } from './run.ts'

/** One metric of one benchmark as it is in base and in head. */
export type Pair =
  | { readonly kind: 'both'; readonly base: Series; readonly head: Series }
  | { readonly kind: 'missing'; readonly base: Series; readonly reason?: string }
  | { readonly kind: 'new'; readonly head: Series }

/** Every metric of either run, in head's order and then what only base has. A changed unit or direction is a metric gone. */
export function pairUp(base: Run, head: Run): Pair[] {
  const ofBase = new Map(base.series.map((series) => [keyOf(series), series]))
  const pairs: Pair[] = head.series.map((series) => {
    const before = ofBase.get(keyOf(series))
    ofBase.delete(keyOf(series))
    if (before === undefined) return { kind: 'new', head: series }
    const changed = whatChanged(before, series)
    return changed === undefined
      ? { kind: 'both', base: before, head: series }
      : { kind: 'missing', base: before, reason: changed }
  })
  for (const series of ofBase.values()) pairs.push({ kind: 'missing', base: series })
  return pairs
}

function whatChanged(base: Series, head: Series): string | undefined {
  if (base.unit !== head.unit) return `its unit changed from ${base.unit} to ${head.unit}: not comparable`
  if (base.better !== undefined && head.better !== undefined && base.better !== head.better)
    return `better was ${base.better} and is ${head.better}: not comparable`
  return undefined
}
