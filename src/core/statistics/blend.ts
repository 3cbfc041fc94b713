import { median } from './centre.ts'

/** One statistic of both sides in every round. */
export interface Pairs {
  readonly base: readonly number[]
  readonly head: readonly number[]
}

/** A weighted sum of several statistics of the same rounds. */
export interface Blend extends Pairs {
  /** head − base of the sum, each statistic's own differences pulled in to 2.5 robust deviations. */
  readonly differences: readonly number[]
}

/** How far what the statistics have in common is believed: few rounds tell it badly. */
const TRUST = 0.65

export function differencesOf({ base, head }: Pairs): number[] {
  return head.map((h, i) => h - base[i]!)
}

/**
 * The sum of statistics in which a change that moves them by `direction` stands out most from what their rounds have
 * in common (generalised least squares: weights C⁻¹·direction, with the second moments C of the differences drawn
 * towards independence). Where a slow process lifts median and tail alike, the median is so taken out of the tail.
 *
 * Swapping base and head of any round leaves C as it is and only turns the sign of that round's difference: so a
 * sign-flip test of the sum stays exact although its weights come from the same rounds.
 */
export function blend(parts: readonly Pairs[], direction: readonly number[]): Blend {
  const rounds = parts[0]?.base.length ?? 0
  const pulled = parts.map((pairs) => pulledIn(differencesOf(pairs)))
  const size = pulled.map((d) => Math.sqrt(product(d, d) / Math.max(1, rounds)))
  const live = parts.map((_, k) => k).filter((k) => size[k]! > 0)
  const moments = live.map((a) =>
    live.map((b) => {
      const shared = product(pulled[a]!, pulled[b]!) / (rounds * size[a]! * size[b]!)
      return a === b ? 1 : TRUST * shared
    }),
  )
  const solved = solution(
    moments,
    live.map((k) => direction[k]! / size[k]!),
  )
  const weights = live.map((k, i) => solved[i]! / size[k]!)
  const sum = (rows: readonly (readonly number[])[]) => {
    const total = new Array<number>(rounds).fill(0)
    live.forEach((k, i) => {
      for (let r = 0; r < rounds; r++) total[r]! += weights[i]! * rows[k]![r]!
    })
    return total
  }
  return {
    base: sum(parts.map(({ base }) => base)),
    head: sum(parts.map(({ head }) => head)),
    differences: sum(pulled),
  }
}

function pulledIn(differences: readonly number[]): number[] {
  const reach = 2.5 * 1.4826 * median(differences.map(Math.abs))
  if (reach === 0) return differences.map(Math.sign)
  return differences.map((d) => Math.min(Math.max(d, -reach), reach))
}

function product(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** x of A·x = b for a symmetric positive definite A, by elimination. */
function solution(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i]!])
  const n = a.length
  for (let p = 0; p < n; p++)
    for (let r = p + 1; r < n; r++) {
      const factor = a[r]![p]! / a[p]![p]!
      for (let c = p; c <= n; c++) a[r]![c]! -= factor * a[p]![c]!
    }
  const x = new Array<number>(n).fill(0)
  for (let p = n - 1; p >= 0; p--) {
    let rest = a[p]![n]!
    for (let c = p + 1; c < n; c++) rest -= a[p]![c]! * x[c]!
    x[p] = rest / a[p]![p]!
  }
  return x
}
