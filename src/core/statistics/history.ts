import { median, winsorisedDeviation } from './centre.ts'
import type { Evidence } from './evidence.ts'
import { upperStudent } from './student.ts'

/** The assumed spread counts as if it had been seen in so many runs. */
const ASSUMED_RUNS = 8

/**
 * Head's rounds, taken in one job, against stored runs of other jobs, one value a run: is the new job outside of what
 * jobs differ by? A prediction interval (Student's t, √(1 + 1/H)), drawn both with the spread seen between the runs and
 * with the one to assume at least, of which the wider holds.
 */
export function historyEvidence(
  base: readonly number[],
  head: readonly number[],
  spreadFloor: number,
): Evidence {
  const runs = Math.max(1, base.length)
  const within = winsorisedDeviation(head) ** 2 / Math.max(1, head.length)
  const seen = Math.sqrt(winsorisedDeviation(base) ** 2 * (1 + 1 / runs) + within)
  const assumed = Math.sqrt(spreadFloor ** 2 * (1 + 1 / runs) + within)
  const estimate = median(head) - median(base)
  const tail = (distance: number): number => {
    const bySeen =
      runs < 2 ? 0 : seen === 0 ? (distance > 0 ? 0 : 1) : upperStudent(distance / seen, runs - 1)
    const byAssumed =
      assumed === 0 ? (distance > 0 ? 0 : 1) : upperStudent(distance / assumed, ASSUMED_RUNS - 1)
    return Math.max(bySeen, byAssumed)
  }
  return {
    exceeds: (shift) => tail(estimate - shift),
    trails: (shift) => tail(shift - estimate),
    within: (shift) => tail(shift - estimate),
    centred: (shift) => tail(shift),
    estimate,
    error: Math.max(seen, assumed),
  }
}
