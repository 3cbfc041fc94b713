/** Which of two thresholds or sets of budgets overlooks more. */
import type { Budget } from '../core/budget.ts'
import type { Threshold } from '../core/threshold.ts'

const STEPS: Readonly<Record<string, readonly (readonly [factor: number, unit: string])[]>> = {
  ns: [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ],
  B: [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ],
}

/** `5 %`, `5 MB`, `0.1 percentage points`. */
export function thresholdText(threshold: Threshold): string {
  const { value } = threshold
  if (threshold.kind === 'relative') return `${plain(value * 100)} %`
  const { unit } = threshold
  if (unit === 'ratio') return `${plain(value * 100)} percentage points`
  const step = STEPS[unit]?.find(([factor]) => value >= factor)
  if (step !== undefined) return `${plain(value / step[0])} ${step[1]}`
  return unit === 'count' ? plain(value) : `${plain(value)} ${unit}`
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** How a threshold became looser, in words; undefined if it did not. A share and an amount cannot be put in order. */
export function looserThreshold(before: Threshold, now: Threshold): string | undefined {
  const comparable =
    before.kind === now.kind &&
    (before.kind === 'relative' || (now.kind === 'absolute' && before.unit === now.unit))
  if (comparable && now.value <= before.value) return undefined
  return `went from ${thresholdText(before)} to ${thresholdText(now)}`
}

/** Budgets of `before` that nothing in `now` is as strict as. */
export function looserBudgets(before: readonly Budget[], now: readonly Budget[]): readonly string[] {
  return before.flatMap((budget) => {
    const same = now.filter(
      ({ metric, statistic }) => metric === budget.metric && statistic === budget.statistic,
    )
    if (same.some((other) => isAsStrict(other, budget))) return []
    const facing = same.find(({ operator }) => operator.charAt(0) === budget.operator.charAt(0))
    return facing === undefined
      ? [`the budget "${budget.expression}" was removed`]
      : [`the budget "${budget.expression}" became "${facing.expression}"`]
  })
}

/** Whether everything that meets `now` meets `before`. */
function isAsStrict(now: Budget, before: Budget): boolean {
  if (now.unit !== before.unit || (now.bare === undefined) !== (before.bare === undefined)) return false
  if (now.operator === before.operator && now.limit === before.limit) return true
  const [way, limit] = [before.operator.charAt(0), before.limit]
  if (now.operator === '==') return way === '<' ? now.limit < limit : way === '>' ? now.limit > limit : false
  if (now.operator.charAt(0) !== way || way === '=' || way === '!') return false
  if (now.limit === limit) return now.operator.length <= before.operator.length
  return way === '<' ? now.limit < limit : now.limit > limit
}
