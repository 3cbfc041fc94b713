/** The fair coins that order the two sides of each round: the false-alarm bound of the verdict rests on them alone. */
import { createHash, randomBytes } from 'node:crypto'

/** A seed that nobody could have chosen: 16 hexadecimal digits. */
export function newSeed(): string {
  return randomBytes(8).toString('hex')
}

/**
 * Whether base goes first in this round of this benchmark: the lowest bit of the first byte of
 * SHA-256(`seed` LF `round` LF `benchmark`), a coin of its own for each pair, whichever others are measured.
 */
export function baseGoesFirst(seed: string, benchmark: string, round: number): boolean {
  const digest = createHash('sha256').update(`${seed}\n${round}\n${benchmark}`).digest()
  return (digest[0]! & 1) === 0
}
