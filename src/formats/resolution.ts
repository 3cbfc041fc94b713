import type { Resolution } from '../core/result.ts'

/** A step below a thousandth of its figure is finer than any threshold. */
const FINE = 1e-3

/**
 * How finely a printed figure is told: `0.53` ns to 0.01 ns. `unit` is what was printed, `factor` takes it to its base
 * unit. Undefined where the step does not matter, or the figure is written with an exponent.
 */
export function printedTo(text: string, unit: string, factor: number): Resolution | undefined {
  const found = /^[\d,]+(?:\.(\d+))?$/.exec(text)
  if (found === null) return undefined
  const decimals = found[1]?.length ?? 0
  const step = 10 ** -decimals
  if (step <= FINE * Number(text.replaceAll(',', ''))) return undefined
  const because = decimals === 0 ? `whole ${unit}` : `${decimals} decimals of ${unit}`
  return { absolute: step * factor, because }
}

/** The coarsest of several, if any. */
export function coarsest(resolutions: readonly (Resolution | undefined)[]): Resolution | undefined {
  return resolutions
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (b.absolute ?? 0) - (a.absolute ?? 0))[0]
}
