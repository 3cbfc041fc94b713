/** Asks one question over and over until it is stopped. */
import { setTimeout as wait } from 'node:timers/promises'

/** On the clock of `performance.now()`. */
export interface Answer {
  readonly asked: number
  readonly answered: number
  readonly yes: boolean
}

export interface Watch {
  /** So far. */
  readonly answers: readonly Answer[]
  /** Lets a question that is under way have its answer, and tells all. */
  stop(): Promise<readonly Answer[]>
}

/** A question that takes longer than `every` milliseconds puts off the next one. */
export function watch(question: () => Promise<boolean>, every: number): Watch {
  const over = new AbortController()
  const answers: Answer[] = []
  const asking = (async () => {
    while (!over.signal.aborted) {
      const asked = performance.now()
      const yes = await question()
      answers.push({ asked, answered: performance.now(), yes })
      const pause = asked + every - performance.now()
      await wait(Math.max(0, pause), undefined, { signal: over.signal }).catch(() => {})
    }
  })()
  return {
    answers,
    stop: async () => {
      over.abort()
      await asking
      return answers
    },
  }
}
