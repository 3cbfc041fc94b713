import type { Resolution } from '../result.ts'
import type { Threshold } from '../threshold.ts'

/**
 * Why a threshold is finer than the tool's figures: undefined if it is not. `typical` is the statistic's usual value in
 * its base unit. A step wider than the threshold lets a change of the threshold's size vanish or appear from nothing.
 */
export function resolutionRefusal(
  resolution: Resolution | undefined,
  threshold: Threshold,
  typical: number,
): string | undefined {
  if (resolution === undefined) return undefined
  const size = Math.abs(typical)
  const step = Math.max(resolution.absolute ?? 0, (resolution.relative ?? 0) * size)
  const tolerated = threshold.kind === 'relative' ? threshold.value * size : threshold.value
  if (step <= tolerated * (1 + 1e-9)) return undefined
  const because = `the tool tells ${resolution.because}`
  if (threshold.kind === 'absolute' || size === 0) return `${because}: steps wider than the threshold`
  return `${because}: steps of ${percent(step / size)} cannot carry a threshold of ${percent(threshold.value)}`
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}
