/** The answers of a poll over time, in slots like those of a load. */
import type { LoadSlot } from './timeline.ts'
import type { Poll } from './watch-results.ts'

/** `width` in milliseconds. Contiguous from 0 to the last answer; what was answered before 0 is left out. */
export function pollSlots(polls: readonly Poll[], width: number): LoadSlot[] {
  const answers = polls.map(({ at, took, yes }) => ({ slot: Math.floor((at + took) / width), took, yes }))
  const last = answers.reduce((most, { slot }) => Math.max(most, slot), -1)
  const kept = Array.from({ length: last + 1 }, (): { good: number[]; failed: number } => ({
    good: [],
    failed: 0,
  }))
  for (const { slot, took, yes } of answers) {
    const one = kept[slot]
    if (yes) one?.good.push(took * 1e6)
    else if (one !== undefined) one.failed += 1
  }
  return kept.map(({ good, failed }, i) => {
    const sorted = good.sort((a, b) => a - b)
    const [p50, p99] = [0.5, 0.99].map((share) => sorted[Math.ceil(share * sorted.length) - 1])
    return {
      at: i * width,
      width,
      answered: good.length,
      failed,
      ...(p50 === undefined ? {} : { p50 }),
      ...(p99 === undefined ? {} : { p99 }),
    }
  })
}
