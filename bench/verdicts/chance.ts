import { generator } from '../../test/statistics/generator.ts'
import type { Trial } from './trial.ts'

/**
 * The same rounds with their coins drawn again. Where nothing changed it is as likely a recording as the one that was
 * made, so few recorded rounds give many trials of false alarms.
 */
export function tossed(trial: Trial, seed: number): Trial {
  const random = generator(seed)
  return {
    pairs: trial.pairs.map(({ base, head }) =>
      random.uniform() < 0.5 ? { base, head } : { base: head, head: base },
    ),
  }
}
