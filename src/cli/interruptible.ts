import type { World } from '../gate.ts'
import { INTERRUPT_CODES, listenForInterrupts } from '../measure/interrupts.ts'
import type { Loudness } from './progress.ts'
import { progressOn } from './progress.ts'

/** Runs `work` with progress on standard error; a signal ends it in order, and its number decides the exit code. */
export async function interruptible(
  loudness: Loudness,
  work: (world: World) => Promise<number>,
): Promise<number> {
  const interrupts = listenForInterrupts()
  const codeOf = (code: number): number => {
    const cause = interrupts.cause()
    return cause === undefined ? code : INTERRUPT_CODES[cause]
  }
  try {
    return codeOf(await work({ progress: progressOn(process.stderr, loudness), signal: interrupts.signal }))
  } catch (error) {
    if (interrupts.cause() === undefined) throw error
    return codeOf(2)
  } finally {
    interrupts.stop()
  }
}
