/** A claim that holds from some shift on: `rejected(shift)` is true on the far side of the wanted end. */
type Rejected = (shift: number) => boolean

/** How finely an end is searched for, in steps. */
const FINE = 0.06
const WIDENINGS = 40

/**
 * The end of the set of shifts that are not rejected, going from `inside` in the direction of `sign`; about `reach` away
 * by a normal law. `anchors` are the shifts that verdicts are made of: the end never lies on the wrong side of one.
 * Undefined: nothing is rejected that far.
 */
function end(rejected: Rejected, told: Search, sign: 1 | -1): number | undefined {
  const { inside, step, reach } = told
  let near = inside
  let far: number | undefined
  const ahead = told.anchors.filter((a) => (a - inside) * sign > 0).sort((a, b) => (a - b) * sign)
  for (const anchor of ahead) {
    if (rejected(anchor)) {
      far = anchor
      break
    }
    near = anchor
  }
  let distance = reach
  for (let k = 0; far === undefined && k < WIDENINGS; k++, distance *= k < 6 ? 1.25 : 2) {
    const shift: number = inside + sign * distance
    if ((shift - near) * sign <= 0) continue
    if (rejected(shift)) far = shift
    else near = shift
  }
  if (far === undefined) return undefined
  for (let inner = reach * 0.8; near === inside && inner > step; inner *= 0.8) {
    const shift: number = inside + sign * inner
    if ((far - shift) * sign <= 0) continue
    if (rejected(shift)) far = shift
    else near = shift
  }
  return bisected(rejected, near, far, step)
}

/** The last shift before `far` that is not rejected. */
function bisected(rejected: Rejected, near: number, far: number, step: number): number {
  let kept = near
  let gone = far
  while (Math.abs(gone - kept) > step * FINE) {
    const middle = (kept + gone) / 2
    if (middle === kept || middle === gone) break
    if (rejected(middle)) gone = middle
    else kept = middle
  }
  return kept
}

interface Search {
  /** A shift that is not rejected: the estimate. */
  readonly inside: number
  /** About a standard error. */
  readonly step: number
  /** How far away the end is expected. */
  readonly reach: number
  readonly anchors: readonly number[]
}

/** Inversion of the two one-sided tests: the shifts around the estimate that neither rejects. */
export function inversion(told: {
  readonly below: Rejected
  readonly above: Rejected
  readonly inside: number
  readonly step: number
  readonly reach: { readonly below: number; readonly above: number }
  readonly anchors: readonly number[]
}): { readonly low: number | undefined; readonly high: number | undefined } {
  return {
    low: end(told.below, { ...told, reach: told.reach.below }, -1),
    high: end(told.above, { ...told, reach: told.reach.above }, 1),
  }
}
