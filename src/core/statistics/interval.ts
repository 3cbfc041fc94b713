/** A claim that holds from some shift on: `rejected(shift)` is true on the far side of the wanted end. */
type Rejected = (shift: number) => boolean

const STEPS = 14
const DOUBLINGS = 12

/**
 * The end of the set of shifts that are not rejected, going from `inside` in the direction of `sign`. `anchors` are the
 * shifts that verdicts are made of: the end never lies on the wrong side of one. Undefined: nothing is rejected that far.
 */
function end(
  rejected: Rejected,
  inside: number,
  sign: 1 | -1,
  step: number,
  anchors: readonly number[],
): number | undefined {
  let near = inside
  let far: number | undefined
  const ahead = anchors.filter((a) => (a - inside) * sign > 0).sort((a, b) => (a - b) * sign)
  for (const anchor of ahead) {
    if (rejected(anchor)) {
      far = anchor
      break
    }
    near = anchor
  }
  for (let k = 0, reach = step; k < DOUBLINGS && far === undefined; k++, reach *= 2) {
    const shift: number = near + sign * reach
    if (rejected(shift)) far = shift
    else near = shift
  }
  return far === undefined ? undefined : bisected(rejected, near, far, step)
}

/** The last shift before `far` that is not rejected. */
function bisected(rejected: Rejected, near: number, far: number, step: number): number {
  let kept = near
  let gone = far
  for (let k = 0; k < STEPS && Math.abs(gone - kept) > step * 0.01; k++) {
    const middle = (kept + gone) / 2
    if (rejected(middle)) gone = middle
    else kept = middle
  }
  return kept
}

/** Inversion of the two one-sided tests around `inside`, in steps of about `step`. */
export function inversion(told: {
  readonly below: Rejected
  readonly above: Rejected
  readonly inside: number
  readonly step: number
  readonly anchors: readonly number[]
}): { readonly low: number | undefined; readonly high: number | undefined } {
  return {
    low: end(told.below, told.inside, -1, told.step, told.anchors),
    high: end(told.above, told.inside, 1, told.step, told.anchors),
  }
}
